// Roles (P2): given and taken by a moderator of the scope, or by a signed invitation. They stand in
// the state, so that taking one counts at once, whatever tokens are about.
#include "core/limits.hpp"
#include "core/people/commands.hpp"
#include "core/people/members.hpp"
#include "core/rights.hpp"
#include "core/text.hpp"

namespace plenary::core {
namespace {

Allowed check_grant(const State& state, const v1::Grant& grant) {
  if (grant.role() != v1::ROLE_MODERATOR && grant.role() != v1::ROLE_NOTE_TAKER) {
    return refuse_field("grant.role", "moderator or note-taker");
  }
  if (!grant.room_id().empty() && state.room(grant.room_id()) == nullptr) {
    return refuse(v1::REFUSAL_CODE_NOT_FOUND, "grant.room_id");
  }
  return {};
}

std::expected<const v1::Person*, v1::Refusal> check(const State& state, const Context& context,
                                                    std::string_view person_id,
                                                    const v1::Grant& grant) {
  if (auto allowed = check_grant(state, grant); !allowed) return Refused(allowed.error());
  if (auto allowed = need_moderator(state, context, grant.room_id()); !allowed) {
    return Refused(allowed.error());
  }
  return find_person(state, person_id);
}

Allowed check_scope(const State& state, const v1::CreateInvitation& command,
                    const Context& context) {
  if (command.role() == v1::ROLE_UNSPECIFIED || !v1::Role_IsValid(command.role())) {
    return refuse_field("role", "participant, note-taker, moderator or display");
  }
  if (!command.room_id().empty() && state.room(command.room_id()) == nullptr) {
    return refuse(v1::REFUSAL_CODE_NOT_FOUND, "room_id");
  }
  // Who moderates one room invites its staff and its display (P2). Who comes in at all is the whole
  // session's matter (P4, P5), and an invitation is a way past both locks.
  const bool opens_session = command.role() == v1::ROLE_PARTICIPANT;
  const std::string_view scope = opens_session ? std::string_view() : command.room_id();
  if (auto allowed = need_moderator(state, context, scope); !allowed) return allowed;
  if (command.role() == v1::ROLE_DISPLAY && command.personal()) {
    return refuse_field("personal", "false for a display, which is no person");
  }
  if (command.expires_at_ms() != 0 && command.expires_at_ms() <= context.now_ms) {
    return refuse_field("expires_at_ms", "a later time");
  }
  if (!command.delegation_id().empty() && state.delegation(command.delegation_id()) == nullptr) {
    return refuse(v1::REFUSAL_CODE_NOT_FOUND, "delegation_id");
  }
  if (state.invitations().size() >= kMaxInvitations) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, "invitations", kMaxInvitations);
  }
  return {};
}

}  // namespace

std::expected<Decision, v1::Refusal> decide_grant_role(const State& state,
                                                       const v1::GrantRole& command,
                                                       const Context& context) {
  auto before = check(state, context, command.person_id(), command.grant());
  if (!before) return Refused(before.error());
  // A role admits: so it is for those who may admit this person.
  if (!(*before)->admitted()) {
    if (auto allowed = need_staff(state, context, (*before)->room_id()); !allowed) {
      return Refused(allowed.error());
    }
  }
  Draft draft(state, context);
  if (has_grant(**before, command.grant())) return draft.finish();
  auto& person = draft.edit<v1::Person>(command.person_id());
  if (static_cast<std::size_t>(person.grants_size()) >= kMaxGrantsOfPerson) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, "grants", kMaxGrantsOfPerson);
  }
  forget_taken(person, command.grant());
  auto* grant = person.add_grants();
  grant->set_role(command.grant().role());
  grant->set_room_id(command.grant().room_id());
  person.set_admitted(true);
  return draft.finish();
}

std::expected<Decision, v1::Refusal> decide_revoke_role(const State& state,
                                                        const v1::RevokeRole& command,
                                                        const Context& context) {
  auto before = check(state, context, command.person_id(), command.grant());
  if (!before) return Refused(before.error());
  Draft draft(state, context);
  take_role(draft, command.person_id(), command.grant());
  if (auto allowed = need_a_moderator_left(draft); !allowed) return Refused(allowed.error());
  return draft.finish();
}

std::expected<Decision, v1::Refusal> decide_create_invitation(const State& state,
                                                              const v1::CreateInvitation& command,
                                                              const Context& context) {
  if (auto allowed = check_scope(state, command, context); !allowed) {
    return Refused(allowed.error());
  }
  if (auto allowed = check_id(command.invitation_id(), "invitation_id"); !allowed) {
    return Refused(allowed.error());
  }
  if (state.invitation(command.invitation_id()) != nullptr) {
    return refuse(v1::REFUSAL_CODE_ALREADY, "invitation_id");
  }
  auto name =
      check_text(command.name(), {.max_length = kMaxNameLength, .may_be_empty = true}, "name");
  if (!name) return Refused(name.error());
  auto label =
      check_text(command.label(), {.max_length = kMaxNameLength, .may_be_empty = true}, "label");
  if (!label) return Refused(label.error());
  v1::Invitation invitation;
  invitation.set_id(command.invitation_id());
  invitation.set_role(command.role());
  invitation.set_room_id(command.room_id());
  // A display link names one room (D1).
  if (command.role() == v1::ROLE_DISPLAY && command.room_id().empty()) {
    invitation.set_room_id(state.plenary()->id());
  }
  invitation.set_name(std::move(*name));
  invitation.set_delegation_id(command.delegation_id());
  invitation.set_personal(command.personal());
  invitation.set_expires_at_ms(command.expires_at_ms());
  invitation.set_label(std::move(*label));
  Draft draft(state, context);
  draft.put(std::move(invitation));
  return draft.finish(command.invitation_id());
}

std::expected<Decision, v1::Refusal> decide_revoke_invitation(const State& state,
                                                              const v1::RevokeInvitation& command,
                                                              const Context& context) {
  const v1::Invitation* before = state.invitation(command.invitation_id());
  if (before == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "invitation_id");
  if (auto allowed = need_moderator(state, context, before->room_id()); !allowed) {
    return Refused(allowed.error());
  }
  Draft draft(state, context);
  draft.edit<v1::Invitation>(before->id()).set_revoked(true);
  for (const auto& [id, person] : state.people()) {
    if (has_grant_of(*person, before->id())) {
      take_grants_of(draft.edit<v1::Person>(id), before->id());
    }
  }
  if (auto allowed = need_a_moderator_left(draft); !allowed) return Refused(allowed.error());
  return draft.finish();
}

}  // namespace plenary::core
