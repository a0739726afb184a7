#include "core/queue/keys.hpp"

#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plenary::core {
namespace {

using Key = std::int64_t;

// Far from both ends of the type, so that differences of two keys fit in it.
constexpr Key kLargestKey = std::numeric_limits<Key>::max() / 4;

// The neighbours of a gap in a band; nothing where the band ends. One of them is there.
struct Gap {
  std::optional<Key> low;
  std::optional<Key> high;
};

// A key within the gap. Behind the last entry it stays below what the next hand will get, so that
// who comes later stands behind.
std::optional<Key> key_in(const Gap& gap, Key next_hand) {
  if (!gap.low) {
    const Key key = *gap.high - kKeyStep;
    return key < -kLargestKey ? std::nullopt : std::optional(key);
  }
  const Key high = gap.high ? *gap.high : next_hand;
  if (high - *gap.low < 2) return std::nullopt;
  return *gap.low + (high - *gap.low) / 2;
}

// Spaces the whole band anew, keeping its order, and below what the next hand gets. What the acts
// of the room would put back is spaced with it, so that an undo finds the old place.
void respace(Draft& draft, const v1::Request& in_band) {
  const State& state = draft.state();
  std::map<std::pair<Key, std::int64_t>, Key> keys;  // (key, sequence) to the new key
  const auto is_in_band = [&](const v1::Request& request) {
    return request.room_id() == in_band.room_id() && request.item_id() == in_band.item_id() &&
           request.band() == in_band.band();
  };
  const auto place = [](const v1::Request& request) {
    return std::pair(request.order_key(), request.sequence());
  };
  std::vector<std::string> waiting;
  for (const QueueKey& key : state.queue(in_band.room_id(), in_band.item_id())) {
    const v1::Request* request = draft.get<v1::Request>(key.request_id);
    if (request == nullptr || !is_in_band(*request)) continue;
    keys[place(*request)] = 0;
    waiting.push_back(request->id());
  }
  std::vector<std::string> remembered;
  for (const auto& [at_ms, id] : state.acts_of_room(in_band.room_id())) {
    const v1::Act* act = draft.get<v1::Act>(id);
    if (act == nullptr) continue;
    for (const v1::Request& request : act->requests_before()) {
      if (!is_in_band(request)) continue;
      keys[place(request)] = 0;
      if (remembered.empty() || remembered.back() != id) remembered.push_back(id);
    }
  }
  Key next = first_key(state.session()->next_sequence()) - static_cast<Key>(keys.size()) * kKeyStep;
  for (auto& [old_place, new_key] : keys) {
    new_key = next;
    next += kKeyStep;
  }
  for (const std::string& id : waiting) {
    v1::Request& request = draft.edit<v1::Request>(id);
    request.set_order_key(keys.at(place(request)));
  }
  for (const std::string& id : remembered) {
    for (v1::Request& request : *draft.edit<v1::Act>(id).mutable_requests_before()) {
      if (is_in_band(request)) request.set_order_key(keys.at(place(request)));
    }
  }
}

// The gap beside an entry, looked at without the entry that is to go there.
Gap gap_beside(const Draft& draft, const v1::Request& beside, std::string_view moved_id,
               bool before) {
  const auto drafted_key = [&](const QueueKey& key) {
    return draft.get<v1::Request>(key.request_id)->order_key();
  };
  const Queue& queue = draft.state().queue(beside.room_id(), beside.item_id());
  const auto at = queue.find(queue_key(*draft.state().request(beside.id())));
  std::optional<Key> other;
  if (before) {
    for (auto step = at; step != queue.begin();) {
      --step;
      if (step->request_id == moved_id) continue;
      if (step->band == beside.band()) other = drafted_key(*step);
      break;
    }
    return {other, beside.order_key()};
  }
  for (auto step = std::next(at); step != queue.end(); ++step) {
    if (step->request_id == moved_id) continue;
    if (step->band == beside.band()) other = drafted_key(*step);
    break;
  }
  return {beside.order_key(), other};
}

v1::Request place_beside(Draft& draft, std::string_view request_id, std::string_view beside_id,
                         bool before) {
  const Key next_hand = first_key(draft.state().session()->next_sequence());
  const auto find_key = [&] {
    const v1::Request& beside = *draft.get<v1::Request>(beside_id);
    return key_in(gap_beside(draft, beside, request_id, before), next_hand);
  };
  std::optional<Key> key = find_key();
  if (!key) {
    respace(draft, *draft.get<v1::Request>(beside_id));
    key = find_key();
  }
  assert(key.has_value());
  v1::Request before_it_moved = *draft.get<v1::Request>(request_id);
  v1::Request& moved = draft.edit<v1::Request>(request_id);
  moved.set_band(draft.get<v1::Request>(beside_id)->band());
  moved.set_order_key(*key);
  return before_it_moved;
}

}  // namespace

v1::Request place_before(Draft& draft, std::string_view request_id, std::string_view before_id) {
  return place_beside(draft, request_id, before_id, true);
}

v1::Request place_behind(Draft& draft, std::string_view request_id, std::string_view behind_id) {
  return place_beside(draft, request_id, behind_id, false);
}

}  // namespace plenary::core
