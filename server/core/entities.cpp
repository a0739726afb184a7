#include "core/entities.hpp"

namespace plenary::core {
namespace {

v1::EntityRef ref(v1::EntityKind kind, const std::string& id) {
  v1::EntityRef made;
  made.set_kind(kind);
  made.set_id(id);
  return made;
}

template <typename T>
bool copy(const State& state, std::string_view id, v1::Entity& into) {
  const T* found = Traits<T>::find(state, id);
  if (found == nullptr) return false;
  Traits<T>::of(into) = *found;
  return true;
}

}  // namespace

v1::EntityRef entity_ref(const v1::Entity& entity) {
  switch (entity.kind_case()) {
    case v1::Entity::kSession:
      return ref(v1::ENTITY_KIND_SESSION, entity.session().id());
    case v1::Entity::kRoom:
      return ref(v1::ENTITY_KIND_ROOM, entity.room().id());
    case v1::Entity::kItem:
      return ref(v1::ENTITY_KIND_ITEM, entity.item().id());
    case v1::Entity::kDelegation:
      return ref(v1::ENTITY_KIND_DELEGATION, entity.delegation().id());
    case v1::Entity::kPerson:
      return ref(v1::ENTITY_KIND_PERSON, entity.person().id());
    case v1::Entity::kRequest:
      return ref(v1::ENTITY_KIND_REQUEST, entity.request().id());
    case v1::Entity::kSpeech:
      return ref(v1::ENTITY_KIND_SPEECH, entity.speech().id());
    case v1::Entity::kAnnouncement:
      return ref(v1::ENTITY_KIND_ANNOUNCEMENT, entity.announcement().id());
    case v1::Entity::kInvitation:
      return ref(v1::ENTITY_KIND_INVITATION, entity.invitation().id());
    case v1::Entity::kAct:
      return ref(v1::ENTITY_KIND_ACT, entity.act().id());
    case v1::Entity::kSeen:
      return ref(v1::ENTITY_KIND_SEEN, entity.seen().id());
    case v1::Entity::KIND_NOT_SET:
      break;
  }
  return {};
}

bool copy_entity(const State& state, const v1::EntityRef& of, v1::Entity& into) {
  switch (of.kind()) {
    case v1::ENTITY_KIND_SESSION:
      return copy<v1::Session>(state, of.id(), into);
    case v1::ENTITY_KIND_ROOM:
      return copy<v1::Room>(state, of.id(), into);
    case v1::ENTITY_KIND_ITEM:
      return copy<v1::AgendaItem>(state, of.id(), into);
    case v1::ENTITY_KIND_DELEGATION:
      return copy<v1::Delegation>(state, of.id(), into);
    case v1::ENTITY_KIND_PERSON:
      return copy<v1::Person>(state, of.id(), into);
    case v1::ENTITY_KIND_REQUEST:
      return copy<v1::Request>(state, of.id(), into);
    case v1::ENTITY_KIND_SPEECH:
      return copy<v1::Speech>(state, of.id(), into);
    case v1::ENTITY_KIND_ANNOUNCEMENT:
      return copy<v1::Announcement>(state, of.id(), into);
    case v1::ENTITY_KIND_INVITATION:
      return copy<v1::Invitation>(state, of.id(), into);
    case v1::ENTITY_KIND_ACT:
      return copy<v1::Act>(state, of.id(), into);
    case v1::ENTITY_KIND_SEEN:
      return copy<v1::Seen>(state, of.id(), into);
    default:
      return false;
  }
}

}  // namespace plenary::core
