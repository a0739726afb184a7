#include "core/people/members.hpp"

#include <algorithm>

#include "core/limits.hpp"
#include "core/text.hpp"

namespace plenary::core {
namespace {

bool moderates_session(const v1::Person& person, const State& state) {
  if (person.removed() || !person.admitted() || person.without_device()) return false;
  const v1::Room* plenary = state.plenary();
  return std::any_of(person.grants().begin(), person.grants().end(), [&](const auto& grant) {
    return grant.role() == v1::ROLE_MODERATOR &&
           (grant.room_id().empty() || (plenary != nullptr && grant.room_id() == plenary->id()));
  });
}

template <typename Matches>
void take(v1::Person& person, Matches matches) {
  auto& grants = *person.mutable_grants();
  grants.erase(std::remove_if(grants.begin(), grants.end(), matches), grants.end());
}

bool same_role(const v1::Grant& one, const v1::Grant& other) {
  return one.role() == other.role() && one.room_id() == other.room_id();
}

}  // namespace

std::expected<const v1::Person*, v1::Refusal> find_person(const State& state,
                                                          std::string_view person_id) {
  const v1::Person* person = state.person(person_id);
  if (person == nullptr || person->removed()) {
    return refuse(v1::REFUSAL_CODE_NOT_FOUND, "person_id", "somebody who is here");
  }
  return person;
}

const v1::Person* find_return(const State& state, std::string_view return_id) {
  if (return_id.empty()) return nullptr;
  for (const auto& [id, person] : state.people()) {
    if (person->return_pass().id() == return_id && !person->removed()) return person.get();
  }
  return nullptr;
}

v1::Person make_alias(std::string_view id, std::string_view person_id) {
  v1::Person alias;
  alias.set_id(std::string(id));
  alias.set_merged_into(std::string(person_id));
  alias.set_removed(true);
  return alias;
}

std::expected<Claim, v1::Refusal> check_claim(const State& state, std::string_view delegation_id,
                                              std::string_view delegation_text) {
  Claim claim;
  if (!delegation_id.empty() && state.delegation(delegation_id) == nullptr) {
    return refuse(v1::REFUSAL_CODE_NOT_FOUND, "delegation_id", "a delegation of the list");
  }
  claim.delegation_id = std::string(delegation_id);
  auto text = check_text(delegation_text, {.max_length = kMaxNameLength, .may_be_empty = true},
                         "delegation_text");
  if (!text) return Refused(text.error());
  if (!text->empty() && !state.delegations().empty()) {
    return refuse_field("delegation_text", "a delegation of the list, in delegation_id");
  }
  claim.delegation_text = std::move(*text);
  return claim;
}

Claim claim_of(const v1::Person& person) {
  return {person.delegation_id(), person.delegation_text()};
}

void set_claim(v1::Person& person, const Claim& claim) {
  person.set_delegation_id(claim.delegation_id);
  person.set_delegation_text(claim.delegation_text);
}

std::string another_member(const State& state, std::string_view delegation_id,
                           std::string_view without_person_id) {
  for (const std::string& id : state.members(delegation_id)) {
    const v1::Person& person = *state.person(id);
    if (id != without_person_id && person.admitted() && person.delegation_confirmed()) return id;
  }
  return {};
}

bool has_grant(const v1::Person& person, const v1::Grant& grant) {
  return std::any_of(person.grants().begin(), person.grants().end(),
                     [&](const auto& held) { return same_role(held, grant); });
}

void take_grant(v1::Person& person, const v1::Grant& grant) {
  take(person, [&](const v1::Grant& held) { return same_role(held, grant); });
}

bool has_grant_of(const v1::Person& person, std::string_view invitation_id) {
  return std::any_of(person.grants().begin(), person.grants().end(),
                     [&](const auto& held) { return held.invitation_id() == invitation_id; });
}

void take_grants_of(v1::Person& person, std::string_view invitation_id) {
  take(person, [&](const v1::Grant& held) { return held.invitation_id() == invitation_id; });
}

Allowed need_a_moderator_left(const Draft& draft) {
  if (draft.context().actor.kind() == v1::ACTOR_KIND_ORGANIZER) return {};
  bool had_one = false;
  for (const auto& [id, before] : draft.state().people()) {
    had_one = had_one || moderates_session(*before, draft.state());
    const v1::Person* person = draft.get<v1::Person>(id);
    if (person != nullptr && moderates_session(*person, draft.state())) return {};
  }
  if (!had_one) return {};
  return refuse(v1::REFUSAL_CODE_IN_USE, "person_id", "another moderator of the session first");
}

}  // namespace plenary::core
