// NameSpeaker: a delegation says who speaks from its place (Q16).
#include "core/queue/commands.hpp"
#include "core/queue/entry.hpp"
#include "core/rights.hpp"

namespace plenary::core {
namespace {

Allowed need_member_or_staff(const State& state, const Context& context,
                             const v1::Request& request) {
  if (may_staff(state, context.actor, request.room_id())) return {};
  return need_owner(state, context, request);
}

}  // namespace

std::expected<Decision, v1::Refusal> decide_name_speaker(const State& state,
                                                         const v1::NameSpeaker& command,
                                                         const Context& context) {
  const auto request = find_waiting(state, command.request_id());
  if (!request) return Refused(request.error());
  if (auto allowed = need_member_or_staff(state, context, **request); !allowed) {
    return Refused(allowed.error());
  }
  if ((*request)->holder_delegation_id().empty()) {
    return refuse_field("request_id", "an entry that a delegation holds");
  }
  const v1::Person* person = state.person(command.person_id());
  if (person == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "person_id");
  if (person->removed()) return refuse(v1::REFUSAL_CODE_REMOVED, "person_id");
  if (!person->admitted()) return refuse(v1::REFUSAL_CODE_NOT_ADMITTED, "person_id");
  if (person->delegation_id() != (*request)->holder_delegation_id()) {
    return refuse_field("person_id", "a member of the delegation");
  }
  if (!person->delegation_confirmed()) return refuse(v1::REFUSAL_CODE_UNCONFIRMED, "person_id");

  Draft draft(state, context);
  name_speaker(draft.edit<v1::Request>(command.request_id()), person->id());
  return draft.finish();
}

}  // namespace plenary::core
