// What staff do about a person: add one without a device (P6), rename, admit, confirm, mute (P4,
// P5). A moderator of one room may do it for those who are present there.
#include "core/limits.hpp"
#include "core/people/commands.hpp"
#include "core/people/members.hpp"
#include "core/rights.hpp"
#include "core/text.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_add_person(const State& state,
                                                       const v1::AddPerson& command,
                                                       const Context& context) {
  const std::string room_id = command.room_id().empty() ? state.plenary()->id() : command.room_id();
  if (state.room(room_id) == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "room_id");
  if (auto allowed = need_staff(state, context, room_id); !allowed) {
    return Refused(allowed.error());
  }
  auto name = check_text(command.name(), {.max_length = kMaxNameLength}, "name");
  if (!name) return Refused(name.error());
  auto claim = check_claim(state, command.delegation_id(), command.delegation_text());
  if (!claim) return Refused(claim.error());
  if (state.people().size() >= kMaxPeople) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, "people", kMaxPeople);
  }
  Draft draft(state, context);
  v1::Person person;
  person.set_id(draft.fresh_id());
  person.set_name(std::move(*name));
  set_claim(person, *claim);
  person.set_delegation_confirmed(true);
  person.set_admitted(true);
  person.set_without_device(true);
  person.set_room_id(room_id);
  person.set_entered_at_ms(context.now_ms);
  const std::string id = draft.put(std::move(person)).id();
  return draft.finish(id);
}

// A speech keeps the name and delegation that it was granted with, so that this counts from the
// next.
std::expected<Decision, v1::Refusal> decide_change_person(const State& state,
                                                          const v1::ChangePerson& command,
                                                          const Context& context) {
  auto before = find_person(state, command.person_id());
  if (!before) return Refused(before.error());
  if (auto allowed = need_moderator(state, context, (*before)->room_id()); !allowed) {
    return Refused(allowed.error());
  }
  auto name = check_text(command.name(), {.max_length = kMaxNameLength}, "name");
  if (!name) return Refused(name.error());
  auto claim = check_claim(state, command.delegation_id(), command.delegation_text());
  if (!claim) return Refused(claim.error());
  Draft draft(state, context);
  auto& person = draft.edit<v1::Person>(command.person_id());
  person.set_name(std::move(*name));
  if (*claim != claim_of(**before)) {
    set_claim(person, *claim);
    person.set_delegation_confirmed(true);  // the chair has said it
    leave_places(draft, command.person_id(), claim->delegation_id);
  }
  return draft.finish();
}

std::expected<Decision, v1::Refusal> decide_admit_person(const State& state,
                                                         const v1::AdmitPerson& command,
                                                         const Context& context) {
  auto before = find_person(state, command.person_id());
  if (!before) return Refused(before.error());
  if (auto allowed = need_staff(state, context, (*before)->room_id()); !allowed) {
    return Refused(allowed.error());
  }
  Draft draft(state, context);
  draft.edit<v1::Person>(command.person_id()).set_admitted(true);
  return draft.finish();
}

std::expected<Decision, v1::Refusal> decide_confirm_delegation(const State& state,
                                                               const v1::ConfirmDelegation& command,
                                                               const Context& context) {
  auto before = find_person(state, command.person_id());
  if (!before) return Refused(before.error());
  if (auto allowed = need_staff(state, context, (*before)->room_id()); !allowed) {
    return Refused(allowed.error());
  }
  Draft draft(state, context);
  draft.edit<v1::Person>(command.person_id()).set_delegation_confirmed(true);
  return draft.finish();
}

std::expected<Decision, v1::Refusal> decide_mute_person(const State& state,
                                                        const v1::MutePerson& command,
                                                        const Context& context) {
  auto before = find_person(state, command.person_id());
  if (!before) return Refused(before.error());
  if (auto allowed = need_moderator(state, context, (*before)->room_id()); !allowed) {
    return Refused(allowed.error());
  }
  Draft draft(state, context);
  draft.edit<v1::Person>(command.person_id()).set_muted(command.muted());
  return draft.finish();
}

}  // namespace plenary::core
