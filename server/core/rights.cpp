#include "core/rights.hpp"

#include <algorithm>

namespace plenary::core {
namespace {

const v1::Person* active(const State& state, std::string_view person_id) {
  const v1::Person* person = state.person(person_id);
  return person != nullptr && !person->removed() && person->admitted() ? person : nullptr;
}

bool whole_session(const State& state, std::string_view room_id) {
  if (room_id.empty()) return true;
  const v1::Room* plenary = state.plenary();
  return plenary != nullptr && plenary->id() == room_id;
}

bool moderates(const State& state, const v1::Person& person, std::string_view room_id) {
  return std::any_of(person.grants().begin(), person.grants().end(), [&](const auto& grant) {
    return grant.role() == v1::ROLE_MODERATOR &&
           (whole_session(state, grant.room_id()) || grant.room_id() == room_id);
  });
}

bool takes_notes(const State& state, const v1::Person& person, std::string_view room_id) {
  return std::any_of(person.grants().begin(), person.grants().end(), [&](const auto& grant) {
    if (grant.role() != v1::ROLE_NOTE_TAKER) return false;
    return grant.room_id().empty() || grant.room_id() == room_id ||
           (whole_session(state, grant.room_id()) && whole_session(state, room_id));
  });
}

}  // namespace

bool is_moderator(const State& state, std::string_view person_id, std::string_view room_id) {
  const v1::Person* person = active(state, person_id);
  return person != nullptr && moderates(state, *person, room_id);
}

bool is_staff(const State& state, std::string_view person_id, std::string_view room_id) {
  const v1::Person* person = active(state, person_id);
  return person != nullptr &&
         (moderates(state, *person, room_id) || takes_notes(state, *person, room_id));
}

bool is_staff_of_any(const State& state, std::string_view person_id) {
  const v1::Person* person = active(state, person_id);
  return person != nullptr &&
         std::any_of(person->grants().begin(), person->grants().end(), [](const auto& grant) {
           return grant.role() == v1::ROLE_MODERATOR || grant.role() == v1::ROLE_NOTE_TAKER;
         });
}

bool may_moderate(const State& state, const v1::Actor& actor, std::string_view room_id) {
  if (actor.kind() == v1::ACTOR_KIND_ORGANIZER) return true;
  return actor.kind() == v1::ACTOR_KIND_PERSON && is_moderator(state, actor.person_id(), room_id);
}

bool may_staff(const State& state, const v1::Actor& actor, std::string_view room_id) {
  if (actor.kind() == v1::ACTOR_KIND_ORGANIZER) return true;
  return actor.kind() == v1::ACTOR_KIND_PERSON && is_staff(state, actor.person_id(), room_id);
}

Allowed need_moderator(const State& state, const Context& context, std::string_view room_id) {
  if (may_moderate(state, context.actor, room_id)) return {};
  return refuse(v1::REFUSAL_CODE_FORBIDDEN, {}, "a moderator of the room or of the session");
}

Allowed need_staff(const State& state, const Context& context, std::string_view room_id) {
  if (may_staff(state, context.actor, room_id)) return {};
  return refuse(v1::REFUSAL_CODE_FORBIDDEN, {}, "staff of the room or of the session");
}

bool is_actor(const Context& context, std::string_view person_id) {
  return context.actor.kind() == v1::ACTOR_KIND_PERSON && !person_id.empty() &&
         context.actor.person_id() == person_id;
}

const v1::Person* acting_person(const State& state, const Context& context) {
  if (context.actor.kind() != v1::ACTOR_KIND_PERSON) return nullptr;
  return state.person(context.actor.person_id());
}

bool is_member(const v1::Person& person, std::string_view delegation_id) {
  return !delegation_id.empty() && person.delegation_id() == delegation_id &&
         person.delegation_confirmed() && person.admitted() && !person.removed();
}

bool is_holder(const State& state, const v1::Request& request, std::string_view person_id) {
  if (person_id.empty()) return false;
  if (!request.holder_person_id().empty()) return request.holder_person_id() == person_id;
  const v1::Person* person = state.person(person_id);
  return person != nullptr && is_member(*person, request.holder_delegation_id());
}

}  // namespace plenary::core
