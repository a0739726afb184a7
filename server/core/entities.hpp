// One way to speak of entities of any type: kind, id, look-up in a State. Each type has a Traits.
#pragma once

#include <string>
#include <string_view>

#include "core/state.hpp"

namespace plenary::core {

// kind; of(entity) as const and mutable; find(state, id), nullptr if there is none.
template <typename T>
struct Traits;

#define PLENARY_ENTITY(Type, KIND, name)                                          \
  template <>                                                                     \
  struct Traits<v1::Type> {                                                       \
    static constexpr v1::EntityKind kind = v1::ENTITY_KIND_##KIND;                \
    static const v1::Type& of(const v1::Entity& entity) { return entity.name(); } \
    static v1::Type& of(v1::Entity& entity) { return *entity.mutable_##name(); }  \
    static const v1::Type* find(const State& state, std::string_view id) {        \
      return state.name(id);                                                      \
    }                                                                             \
  }
PLENARY_ENTITY(Room, ROOM, room);
PLENARY_ENTITY(AgendaItem, ITEM, item);
PLENARY_ENTITY(Delegation, DELEGATION, delegation);
PLENARY_ENTITY(Person, PERSON, person);
PLENARY_ENTITY(Request, REQUEST, request);
PLENARY_ENTITY(Speech, SPEECH, speech);
PLENARY_ENTITY(Announcement, ANNOUNCEMENT, announcement);
PLENARY_ENTITY(Invitation, INVITATION, invitation);
PLENARY_ENTITY(Act, ACT, act);
PLENARY_ENTITY(Seen, SEEN, seen);
#undef PLENARY_ENTITY

// The session is the only one of its type, so its look-up ignores a missing table.
template <>
struct Traits<v1::Session> {
  static constexpr v1::EntityKind kind = v1::ENTITY_KIND_SESSION;
  static const v1::Session& of(const v1::Entity& entity) { return entity.session(); }
  static v1::Session& of(v1::Entity& entity) { return *entity.mutable_session(); }
  static const v1::Session* find(const State& state, std::string_view id) {
    return state.exists() && state.session()->id() == id ? state.session() : nullptr;
  }
};

v1::EntityRef entity_ref(const v1::Entity& entity);

// Copies the state's entity of that kind and id; false if there is none.
bool copy_entity(const State& state, const v1::EntityRef& ref, v1::Entity& into);

}  // namespace plenary::core
