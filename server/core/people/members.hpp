// What the commands on people share: who is meant, the delegation that a person claims, the last
// moderator.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

#include "core/changes.hpp"
#include "core/refusal.hpp"

namespace plenary::core {

// Somebody who is here: NOT_FOUND for an unknown and for a removed person. Never nullptr.
std::expected<const v1::Person*, v1::Refusal> find_person(const State& state,
                                                          std::string_view person_id);

// Whose return pass this is (P7), used or not, expired or not; nullptr if nobody's who is here.
const v1::Person* find_return(const State& state, std::string_view return_id);
// What stands where an id means somebody else from now on.
v1::Person make_alias(std::string_view id, std::string_view person_id);

// The delegation that is claimed (P5): of the session's list; free text only if that is empty; or
// none.
struct Claim {
  std::string delegation_id;
  std::string delegation_text;
  bool empty() const { return delegation_id.empty() && delegation_text.empty(); }
  bool operator==(const Claim&) const = default;
};
std::expected<Claim, v1::Refusal> check_claim(const State& state, std::string_view delegation_id,
                                              std::string_view delegation_text);
Claim claim_of(const v1::Person& person);
void set_claim(v1::Person& person, const Claim& claim);

// Somebody else who may speak for a delegation; "" if nobody is left.
std::string another_member(const State& state, std::string_view delegation_id,
                           std::string_view without_person_id);
// Places that delegations hold, but for `delegation_id`, are not this person's to speak from any
// more (Q16): another member has them, as long as there is one.
void leave_places(Draft& draft, std::string_view person_id, std::string_view delegation_id = {});

// Whether a moderator gave the role.
bool has_grant(const v1::Person& person, const v1::Grant& grant);
// Whether this grant would be new, and has not been taken from the person. One role may be held by
// several grants, and goes with the last of them.
bool may_get(const v1::Person& person, const v1::Grant& grant);
// Takes a role away, whoever gave it, and notes what gave it: an invitation that is still good, or
// an outside issuer, does not give it again (P2).
void take_role(Draft& draft, std::string_view person_id, const v1::Grant& grant);
// A moderator gives the role again: what was noted counts no more.
void forget_taken(v1::Person& person, const v1::Grant& grant);
// What an invitation gave, and taking it away.
bool has_grant_of(const v1::Person& person, std::string_view invitation_id);
void take_grants_of(v1::Person& person, std::string_view invitation_id);

// IN_USE if the draft leaves the session, which has a moderator, without one. The organizer may do
// that, as only the organizer can then help.
Allowed need_a_moderator_left(const Draft& draft);

}  // namespace plenary::core
