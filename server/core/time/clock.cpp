#include "core/time/clock.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "core/limits.hpp"
#include "core/time/floor.hpp"

namespace plenary::core {
namespace {

// The run that is current in a room, as drafted; nullptr if there is none.
v1::Run* edit_current_run(Draft& draft, const v1::Room& room) {
  if (room.current_item_id().empty()) return nullptr;
  if (draft.get<v1::AgendaItem>(room.current_item_id()) == nullptr) return nullptr;
  auto& runs = *draft.edit<v1::AgendaItem>(room.current_item_id()).mutable_runs();
  const auto found = std::find_if(runs.begin(), runs.end(), [&](const v1::Run& run) {
    return run.id() == room.current_run_id() && run.ended_at_ms() == 0;
  });
  return found == runs.end() ? nullptr : &*found;
}

}  // namespace

std::int64_t running_ms(const Intervals& intervals, std::int64_t now_ms) {
  std::int64_t sum = 0;
  for (const v1::Interval& interval : intervals) {
    const std::int64_t to_ms = interval.to_ms() == 0 ? now_ms : interval.to_ms();
    sum += std::max<std::int64_t>(0, to_ms - interval.from_ms());
  }
  return sum;
}

std::int64_t counted_ms(const v1::Speech& speech, std::int64_t now_ms) {
  if (speech.state() == v1::SPEECH_STATE_VOID) return 0;
  return std::max<std::int64_t>(0, running_ms(speech.intervals(), now_ms) - speech.deducted_ms());
}

void stop_clock(Intervals& intervals, std::int64_t now_ms) {
  if (intervals.empty()) return;
  v1::Interval& last = *intervals.rbegin();
  if (last.to_ms() == 0) last.set_to_ms(std::max(last.from_ms(), now_ms));
}

void start_clock(Intervals& intervals, std::int64_t now_ms) {
  if (!intervals.empty() && intervals.rbegin()->to_ms() == 0) return;
  if (static_cast<std::size_t>(intervals.size()) >= kMaxIntervals) {
    const std::int64_t first_ms = intervals[0].to_ms() - intervals[0].from_ms();
    intervals[1].set_from_ms(intervals[1].from_ms() - first_ms);
    intervals.DeleteSubrange(0, 1);
  }
  intervals.Add()->set_from_ms(now_ms);
}

std::int64_t limit_of(const v1::RoomSettings& settings, const v1::AgendaItem* item,
                      v1::RequestKind kind) {
  if (item != nullptr && item->speech_limit_ms() > 0) return item->speech_limit_ms();
  for (const v1::KindLimit& limit : settings.kind_limits()) {
    if (limit.kind() == kind && limit.limit_ms() > 0) return limit.limit_ms();
  }
  return settings.speech_limit_ms();
}

std::int64_t limit_of_request(const State& state, const v1::Room& room,
                              const v1::Request& request) {
  if (request.limit_ms() > 0) return request.limit_ms();
  return limit_of(room.settings(), state.item(room.current_item_id()), request.kind());
}

std::int64_t median_speech_ms(const State& state, std::string_view room_id) {
  constexpr std::size_t kLooked = 50;
  const auto& ids = state.speeches_of_room(room_id);
  std::vector<std::int64_t> lengths;
  lengths.reserve(kLooked);
  for (auto at = ids.rbegin(); at != ids.rend() && lengths.size() < kLooked; ++at) {
    const v1::Speech* speech = state.speech(at->second);
    if (speech == nullptr || speech->state() != v1::SPEECH_STATE_ENDED) continue;
    if (const auto length = counted_ms(*speech, speech->ended_at_ms()); length > 0) {
      lengths.push_back(length);
    }
  }
  if (lengths.empty()) return 0;
  const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
  std::nth_element(lengths.begin(), middle, lengths.end());
  return *middle;
}

void stop_speeches_of_room(Draft& draft, const State& state, std::string_view room_id,
                           std::int64_t now_ms) {
  const v1::Room* room = draft.get<v1::Room>(room_id);
  if (room == nullptr ||
      (room->current_speech_id().empty() && room->suspended_speech_ids().empty())) {
    return;
  }
  v1::Room& edited = draft.edit<v1::Room>(room_id);
  for (const std::string& id : edited.suspended_speech_ids()) {
    if (state.speech(id) != nullptr) close_speech(draft.edit<v1::Speech>(id), now_ms);
  }
  edited.clear_suspended_speech_ids();
  if (draft.get<v1::Speech>(edited.current_speech_id()) != nullptr) {
    close_speech(draft.edit<v1::Speech>(edited.current_speech_id()), now_ms);
  }
  edited.clear_current_speech_id();
}

void pause_clocks(Draft& draft, const State& state, std::int64_t now_ms) {
  for (const auto& [id, unused] : state.rooms()) {
    const v1::Room* room = draft.get<v1::Room>(id);
    if (room == nullptr) continue;
    if (v1::Run* run = edit_current_run(draft, *room)) {
      stop_clock(*run->mutable_intervals(), now_ms);
    }
    const v1::Speech* speech = draft.get<v1::Speech>(room->current_speech_id());
    if (speech == nullptr || speech->state() != v1::SPEECH_STATE_RUNNING) continue;
    v1::Speech& stopped = draft.edit<v1::Speech>(room->current_speech_id());
    stop_clock(*stopped.mutable_intervals(), now_ms);
    stopped.set_state(v1::SPEECH_STATE_PAUSED);
    stopped.set_stopped_by_session(true);
  }
}

void resume_clocks(Draft& draft, const State& state, std::int64_t now_ms) {
  for (const auto& [id, unused] : state.rooms()) {
    const v1::Room* room = draft.get<v1::Room>(id);
    if (room == nullptr) continue;
    if (v1::Run* run = edit_current_run(draft, *room)) {
      start_clock(*run->mutable_intervals(), now_ms);
    }
    const v1::Speech* speech = draft.get<v1::Speech>(room->current_speech_id());
    if (speech == nullptr || !speech->stopped_by_session()) continue;
    v1::Speech& going_on = draft.edit<v1::Speech>(room->current_speech_id());
    start_clock(*going_on.mutable_intervals(), now_ms);
    going_on.set_state(v1::SPEECH_STATE_RUNNING);
    going_on.set_stopped_by_session(false);
  }
}

}  // namespace plenary::core
