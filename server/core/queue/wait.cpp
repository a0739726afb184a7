// estimated_wait(): how long somebody who waits will wait, as a range (Q11).
//
// Source: a speech takes between what speeches of this room have taken (their median) and what it
// may take (its limit), each give or take a quarter. Before the entry stand the rest of what runs,
// and one speech per place. One estimate serves all kinds, which keeps the cost off the length of
// the queue.
#include <algorithm>
#include <optional>

#include "core/queue/order.hpp"
#include "core/time/clock.hpp"

namespace plenary::core {
namespace {

struct Length {
  std::int64_t low_ms = 0;
  std::int64_t high_ms = 0;
};

// How long one speech takes; nothing if neither a limit nor a past speech tells.
std::optional<Length> length_of(std::int64_t limit_ms, std::int64_t median_ms) {
  if (limit_ms <= 0 && median_ms <= 0) return std::nullopt;
  const std::int64_t low = limit_ms <= 0    ? median_ms
                           : median_ms <= 0 ? limit_ms
                                            : std::min(limit_ms, median_ms);
  return Length{low * 3 / 4, std::max(limit_ms, median_ms) * 5 / 4};
}

// What is left of a speech that has the floor or comes back to it.
void add_rest(const State& state, std::string_view speech_id, std::int64_t median_ms,
              std::int64_t now_ms, Length& sum) {
  const v1::Speech* speech = state.speech(speech_id);
  if (speech == nullptr) return;
  const auto length = length_of(speech->limit_ms(), median_ms);
  if (!length) return;
  const std::int64_t spoken_ms = counted_ms(*speech, now_ms);
  sum.low_ms += std::max<std::int64_t>(0, length->low_ms - spoken_ms);
  sum.high_ms += std::max<std::int64_t>(0, length->high_ms - spoken_ms);
}

}  // namespace

WaitRange estimated_wait(const State& state, const v1::Request& request, std::int64_t now_ms) {
  const v1::Room* room = state.room(request.room_id());
  const int place = state.place(request);
  // An inscription waits for its item, not for its turn alone.
  if (room == nullptr || place == 0 || !request.item_id().empty()) return {};
  const std::int64_t median_ms = median_speech_ms(state, room->id());
  const std::int64_t limit_ms =
      limit_of(room->settings(), state.item(room->current_item_id()), request.kind());
  const auto each = length_of(limit_ms, median_ms);
  if (!each) return {};
  Length rest;
  add_rest(state, room->current_speech_id(), median_ms, now_ms, rest);
  for (const std::string& id : room->suspended_speech_ids()) {
    add_rest(state, id, median_ms, now_ms, rest);
  }
  const std::int64_t before = place - 1;
  return {rest.low_ms + before * each->low_ms, rest.high_ms + before * each->high_ms};
}

}  // namespace plenary::core
