#include "core/people/members.hpp"

#include <algorithm>

#include "core/limits.hpp"
#include "core/queue/entry.hpp"
#include "core/rights.hpp"
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
void take(google::protobuf::RepeatedPtrField<v1::Grant>& grants, Matches matches) {
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
    if (id != without_person_id && is_member(*state.person(id), delegation_id)) return id;
  }
  return {};
}

void leave_places(Draft& draft, std::string_view person_id, std::string_view delegation_id) {
  const State& state = draft.state();
  for (const auto& id : state.requests_of_person(person_id)) {
    const std::string& holder_id = state.request(id)->holder_delegation_id();
    if (holder_id.empty() || holder_id == delegation_id) continue;
    const std::string other = another_member(state, holder_id, person_id);
    if (other.empty()) {
      draft.remove<v1::Request>(id);
    } else {
      name_speaker(draft.edit<v1::Request>(id), other);
    }
  }
}

bool has_grant(const v1::Person& person, const v1::Grant& grant) {
  return std::any_of(person.grants().begin(), person.grants().end(), [&](const auto& held) {
    return same_role(held, grant) && held.invitation_id().empty();
  });
}

bool may_get(const v1::Person& person, const v1::Grant& grant) {
  const auto same = [&](const v1::Grant& other) {
    return same_role(other, grant) && other.invitation_id() == grant.invitation_id();
  };
  return std::none_of(person.grants().begin(), person.grants().end(), same) &&
         std::none_of(person.taken_grants().begin(), person.taken_grants().end(), same);
}

void take_role(Draft& draft, std::string_view person_id, const v1::Grant& grant) {
  v1::Person& person = draft.edit<v1::Person>(person_id);
  for (const v1::Grant& held : person.grants()) {
    if (same_role(held, grant)) *person.add_taken_grants() = held;
  }
  take(*person.mutable_grants(), [&](const auto& held) { return same_role(held, grant); });
  // What gives nothing any more need not be remembered.
  take(*person.mutable_taken_grants(), [&](const v1::Grant& taken) {
    const v1::Invitation* invitation = draft.get<v1::Invitation>(taken.invitation_id());
    return !taken.invitation_id().empty() && (invitation == nullptr || invitation->revoked());
  });
}

void forget_taken(v1::Person& person, const v1::Grant& grant) {
  take(*person.mutable_taken_grants(), [&](const auto& taken) { return same_role(taken, grant); });
}

bool has_grant_of(const v1::Person& person, std::string_view invitation_id) {
  return std::any_of(person.grants().begin(), person.grants().end(),
                     [&](const auto& held) { return held.invitation_id() == invitation_id; });
}

void take_grants_of(v1::Person& person, std::string_view invitation_id) {
  take(*person.mutable_grants(),
       [&](const v1::Grant& held) { return held.invitation_id() == invitation_id; });
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
