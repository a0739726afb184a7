// EnterSession (P1, P5): by the edge, after it has checked the code or the signature of a token.
// The person's id follows from a key that the browser made, so that entering twice is one person.
#include <optional>

#include "core/limits.hpp"
#include "core/people/come_back.hpp"
#include "core/people/commands.hpp"
#include "core/people/members.hpp"
#include "core/phase.hpp"
#include "core/text.hpp"

namespace plenary::core {
namespace {

// The invitation, if one is named and still good. UNKNOWN_TOKEN tells nothing about why it is not.
std::expected<const v1::Invitation*, v1::Refusal> find_invitation(const State& state,
                                                                  const v1::EnterSession& command,
                                                                  const Context& context) {
  if (command.invitation_id().empty()) return nullptr;
  const v1::Invitation* invitation = state.invitation(command.invitation_id());
  if (invitation == nullptr || invitation->revoked() || invitation->role() == v1::ROLE_DISPLAY ||
      (invitation->expires_at_ms() != 0 && invitation->expires_at_ms() <= context.now_ms)) {
    return refuse(v1::REFUSAL_CODE_UNKNOWN_TOKEN, "invitation_id");
  }
  const std::string& used_by = invitation->person_id();
  if (invitation->personal() && !used_by.empty() && used_by != command.person_id()) {
    return refuse(v1::REFUSAL_CODE_IN_USE, "invitation_id", "an invitation that nobody has used");
  }
  return invitation;
}

bool is_staff_role(v1::Role role) {
  return role == v1::ROLE_MODERATOR || role == v1::ROLE_NOTE_TAKER;
}

// What the invitation, or an outside issuer, grants; nothing for a participant.
std::optional<v1::Grant> grant_of(const v1::EnterSession& command,
                                  const v1::Invitation* invitation) {
  v1::Grant grant;
  if (invitation != nullptr) {
    grant.set_role(invitation->role());
    grant.set_room_id(invitation->room_id());
    grant.set_invitation_id(invitation->id());
  } else if (command.has_vouched()) {
    grant.set_role(command.vouched().role());
    grant.set_room_id(command.vouched().room_id());
  }
  if (!is_staff_role(grant.role())) return std::nullopt;
  return grant;
}

// The name that somebody vouches for goes before the one that the form says.
const std::string& name_of(const v1::EnterSession& command, const v1::Invitation* invitation) {
  if (invitation != nullptr && !invitation->name().empty()) return invitation->name();
  return command.vouched_name().empty() ? command.name() : command.vouched_name();
}

// Likewise the delegation. `vouched` says whether somebody who may know it has said it (P5).
struct Belongs {
  Claim claim;
  bool vouched = false;
};
std::expected<Belongs, v1::Refusal> check_belongs(const State& state,
                                                  const v1::EnterSession& command,
                                                  const v1::Invitation* invitation) {
  const bool carried = invitation != nullptr && !invitation->delegation_id().empty();
  const bool vouched =
      !command.vouched_delegation_id().empty() || !command.vouched_delegation_text().empty();
  auto claim = carried   ? check_claim(state, invitation->delegation_id(), {})
               : vouched ? check_claim(state, command.vouched_delegation_id(),
                                       command.vouched_delegation_text())
                         : check_claim(state, command.delegation_id(), command.delegation_text());
  if (!claim) return Refused(claim.error());
  return Belongs{*std::move(claim), carried || vouched};
}

Allowed check_way_in(const State& state, const v1::EnterSession& command,
                     const v1::Invitation* invitation) {
  const bool trusted = invitation != nullptr || command.has_vouched();
  if (!command.vouched().room_id().empty() && state.room(command.vouched().room_id()) == nullptr) {
    return refuse(v1::REFUSAL_CODE_NOT_FOUND, "vouched.room_id");
  }
  if (!trusted && state.session()->entry() == v1::ENTRY_POLICY_INVITED) {
    return refuse(v1::REFUSAL_CODE_INVITED_ONLY);
  }
  // Nobody new comes to a meeting that is over; its staff still come for the record.
  if (phase(state) == v1::SESSION_PHASE_CLOSED && !grant_of(command, invitation)) {
    return refuse(v1::REFUSAL_CODE_CLOSED);
  }
  if (state.people().size() >= kMaxPeople) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, "people", kMaxPeople);
  }
  return {};
}

std::expected<v1::Person, v1::Refusal> make_person(const State& state,
                                                   const v1::EnterSession& command,
                                                   const v1::Invitation* invitation,
                                                   const Context& context) {
  if (auto allowed = check_id(command.person_id(), "person_id"); !allowed) {
    return Refused(allowed.error());
  }
  auto name = check_text(name_of(command, invitation), {.max_length = kMaxNameLength}, "name");
  if (!name) return Refused(name.error());
  const auto belongs = check_belongs(state, command, invitation);
  if (!belongs) return Refused(belongs.error());
  const bool trusted = invitation != nullptr || command.has_vouched();
  v1::Person person;
  person.set_id(command.person_id());
  person.set_name(std::move(*name));
  set_claim(person, belongs->claim);
  // P5: staff confirm what somebody claims. To vouch for a role is to say nothing of a delegation.
  person.set_delegation_confirmed(state.session()->entry() != v1::ENTRY_POLICY_CONFIRMED ||
                                  belongs->claim.empty() || belongs->vouched);
  person.set_admitted(trusted || !state.session()->admission_required());
  person.set_entered_at_ms(context.now_ms);
  person.set_last_seen_at_ms(context.now_ms);
  const std::string& invited_to =
      invitation != nullptr ? invitation->room_id() : command.vouched().room_id();
  person.set_room_id(invited_to.empty() ? state.plenary()->id() : invited_to);
  if (invitation != nullptr) person.set_invitation_id(invitation->id());
  return person;
}

// A key whose devices were revoked opens nothing (P7). Whom an outside issuer names has no key.
Allowed need_open_key(const v1::Person* key, const v1::EnterSession& command) {
  if (key == nullptr || !key->key_revoked() || command.has_vouched()) return {};
  return refuse(v1::REFUSAL_CODE_UNKNOWN_TOKEN, "person_id");
}

std::expected<Decision, v1::Refusal> enter(const State& state, const v1::EnterSession& command,
                                           const Context& context) {
  const v1::Person* before = state.person(command.person_id());
  if (before != nullptr && before->removed()) return refuse(v1::REFUSAL_CODE_REMOVED);
  // A person whom staff wrote down has no device (P6), so nobody enters as one.
  if (before != nullptr && before->without_device()) return refuse(v1::REFUSAL_CODE_UNKNOWN_TOKEN);
  auto invitation = find_invitation(state, command, context);
  if (!invitation) return Refused(invitation.error());
  Draft draft(state, context);
  if (before == nullptr) {
    if (auto allowed = check_way_in(state, command, *invitation); !allowed) {
      return Refused(allowed.error());
    }
    auto person = make_person(state, command, *invitation, context);
    if (!person) return Refused(person.error());
    draft.put(std::move(*person));
  } else if (*invitation != nullptr && !before->admitted()) {
    // Who comes by an invitation need not wait for admission.
    draft.edit<v1::Person>(before->id()).set_admitted(true);
  }
  // Who is here already and opens an invitation gets its role, and stays the same person. A role
  // that was taken stays taken (P2).
  auto grant = grant_of(command, *invitation);
  if (grant && may_get(*draft.get<v1::Person>(command.person_id()), *grant)) {
    auto& person = draft.edit<v1::Person>(command.person_id());
    if (static_cast<std::size_t>(person.grants_size()) >= kMaxGrantsOfPerson) {
      return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, "grants", kMaxGrantsOfPerson);
    }
    *person.add_grants() = std::move(*grant);
  }
  if (*invitation != nullptr && (*invitation)->personal()) {
    draft.edit<v1::Invitation>((*invitation)->id()).set_person_id(command.person_id());
  }
  return draft.finish(command.person_id());
}

}  // namespace

std::expected<Decision, v1::Refusal> decide_enter_session(const State& state,
                                                          const v1::EnterSession& command,
                                                          const Context& context) {
  if (context.actor.kind() != v1::ACTOR_KIND_EDGE) return refuse(v1::REFUSAL_CODE_FORBIDDEN);
  if (!command.return_id().empty()) return come_back(state, command, context);
  const v1::Person* key = state.person(command.person_id());
  if (auto open = need_open_key(key, command); !open) return Refused(open.error());
  const v1::Person* who = state.who_is(command.person_id());
  if (who == key) return enter(state, command, context);
  // The key leads to somebody whom its person was merged into.
  v1::EnterSession as_who = command;
  as_who.set_person_id(who->id());
  return enter(state, as_who, context);
}

}  // namespace plenary::core
