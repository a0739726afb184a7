// HoldRequest: an entry keeps its place and is not called (Q8), or can be called again.
#include "core/queue/commands.hpp"
#include "core/queue/entry.hpp"
#include "core/rights.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_hold_request(const State& state,
                                                         const v1::HoldRequest& command,
                                                         const Context& context) {
  const auto request = find_waiting(state, command.request_id());
  if (!request) return Refused(request.error());
  if (auto allowed = need_moderator(state, context, (*request)->room_id()); !allowed) {
    return Refused(allowed.error());
  }
  Draft draft(state, context);
  draft.edit<v1::Request>(command.request_id()).set_held(command.held());
  return draft.finish();
}

}  // namespace plenary::core
