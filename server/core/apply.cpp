#include "core/apply.hpp"

#include "core/entities.hpp"

namespace plenary::core {

void apply(State& state, const v1::Changes& changes) {
  for (const auto& entity : changes.put())
    state.put(entity);
  for (const auto& ref : changes.removed())
    state.remove(ref.kind(), ref.id());
}

v1::Changes inverse(const State& state, const v1::Changes& changes) {
  v1::Changes back;
  const auto take_back = [&](const v1::EntityRef& ref) {
    v1::Entity before;
    if (copy_entity(state, ref, before)) {
      *back.add_put() = std::move(before);
    } else {
      *back.add_removed() = ref;
    }
  };
  for (const auto& entity : changes.put())
    take_back(entity_ref(entity));
  for (const auto& ref : changes.removed())
    take_back(ref);
  return back;
}

void append_entities(const State& state, v1::Snapshot& snapshot) {
  if (!state.exists()) return;
  *snapshot.add_entities()->mutable_session() = *state.session();
  for (const auto& [id, room] : state.rooms())
    *snapshot.add_entities()->mutable_room() = *room;
  for (const auto& [id, item] : state.items())
    *snapshot.add_entities()->mutable_item() = *item;
  for (const auto& [id, delegation] : state.delegations()) {
    *snapshot.add_entities()->mutable_delegation() = *delegation;
  }
  for (const auto& [id, person] : state.people()) {
    *snapshot.add_entities()->mutable_person() = *person;
  }
  for (const auto& [id, request] : state.requests()) {
    *snapshot.add_entities()->mutable_request() = *request;
  }
  for (const auto& [id, speech] : state.speeches()) {
    *snapshot.add_entities()->mutable_speech() = *speech;
  }
  for (const auto& [id, announcement] : state.announcements()) {
    *snapshot.add_entities()->mutable_announcement() = *announcement;
  }
  for (const auto& [id, invitation] : state.invitations()) {
    *snapshot.add_entities()->mutable_invitation() = *invitation;
  }
  for (const auto& [id, act] : state.acts())
    *snapshot.add_entities()->mutable_act() = *act;
  for (const auto& [id, seen] : state.seen())
    *snapshot.add_entities()->mutable_seen() = *seen;
}

}  // namespace plenary::core
