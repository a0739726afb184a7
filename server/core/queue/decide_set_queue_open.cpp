// SetQueueOpen: a closed queue takes nothing new but points of order and what staff add (Q6).
#include "core/changes.hpp"
#include "core/queue/commands.hpp"
#include "core/rights.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_set_queue_open(const State& state,
                                                           const v1::SetQueueOpen& command,
                                                           const Context& context) {
  if (state.room(command.room_id()) == nullptr) {
    return refuse(v1::REFUSAL_CODE_NOT_FOUND, "room_id");
  }
  if (auto allowed = need_moderator(state, context, command.room_id()); !allowed) {
    return Refused(allowed.error());
  }
  Draft draft(state, context);
  draft.edit<v1::Room>(command.room_id()).set_queue_open(command.open());
  return draft.finish();
}

}  // namespace plenary::core
