#include "core/queue/order.hpp"

#include <algorithm>

#include "core/queue/entry.hpp"

namespace plenary::core {
namespace {

std::vector<v1::RequestKind> kinds_of(v1::Preset preset) {
  switch (preset) {
    case v1::PRESET_WORKSHOP:
      return {v1::REQUEST_KIND_POINT_OF_ORDER, v1::REQUEST_KIND_CLARIFYING_QUESTION,
              v1::REQUEST_KIND_REPLY, v1::REQUEST_KIND_NEW_TOPIC};
    case v1::PRESET_FORMAL:
      return {v1::REQUEST_KIND_POINT_OF_ORDER, v1::REQUEST_KIND_INTERVENTION,
              v1::REQUEST_KIND_RIGHT_OF_REPLY};
    default:
      return {v1::REQUEST_KIND_HAND};
  }
}

}  // namespace

std::vector<v1::RequestKind> offered_kinds(const v1::RoomSettings& settings) {
  return kinds_of(settings.preset());
}

std::optional<std::int32_t> band_of(v1::Preset preset, v1::RequestKind kind) {
  const auto kinds = kinds_of(preset);
  const auto found = std::find(kinds.begin(), kinds.end(), kind);
  if (found == kinds.end()) return std::nullopt;
  return static_cast<std::int32_t>(found - kinds.begin());
}

std::vector<v1::Request> activate_inscriptions(Draft& draft, const State& state,
                                               std::string_view room_id, std::string_view item_id) {
  std::vector<v1::Request> before;
  for (const QueueKey& place : state.queue(room_id, item_id)) {
    const v1::Request* inscribed = draft.get<v1::Request>(place.request_id);
    if (inscribed == nullptr || inscribed->item_id() != item_id) continue;
    before.push_back(*inscribed);
    v1::Request active = *inscribed;
    active.clear_item_id();
    if (const v1::Request* waiting = waiting_alike(draft, active); waiting != nullptr) {
      if (queue_key(*waiting) < queue_key(active)) {
        draft.remove<v1::Request>(active.id());
        continue;
      }
      before.push_back(*waiting);
      draft.remove<v1::Request>(waiting->id());
    }
    draft.put(std::move(active));
  }
  return before;
}

std::vector<v1::Request> clear_queue(Draft& draft, const State& state, std::string_view room_id) {
  std::vector<v1::Request> before;
  before.reserve(state.queue(room_id).size());
  for (const QueueKey& place : state.queue(room_id)) {
    const v1::Request* waiting = draft.get<v1::Request>(place.request_id);
    if (waiting == nullptr) continue;
    before.push_back(*waiting);
    draft.remove<v1::Request>(place.request_id);
  }
  return before;
}

int place_of(const State& state, const v1::Request& request) {
  return state.place(request);
}

}  // namespace plenary::core
