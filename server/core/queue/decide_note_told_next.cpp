// NoteToldNext: the speaker's page has said "you are next"; no other page of theirs says it again,
// nor this one after a reload (Q14). What another member of the delegation was shown is not theirs.
#include "core/queue/commands.hpp"
#include "core/queue/entry.hpp"
#include "core/rights.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_note_told_next(const State& state,
                                                           const v1::NoteToldNext& command,
                                                           const Context& context) {
  const auto request = find_waiting(state, command.request_id());
  if (!request) return Refused(request.error());
  if (!is_actor(context, (*request)->speaker_person_id())) {
    return refuse(v1::REFUSAL_CODE_FORBIDDEN, {}, "the speaker");
  }
  Draft draft(state, context);
  draft.edit<v1::Request>(command.request_id()).set_told_next(true);
  return draft.finish();
}

}  // namespace plenary::core
