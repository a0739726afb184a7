// RemoveRequest: the chair takes an entry off the queue (Q8), and can take that back (Q15).
#include "core/queue/commands.hpp"
#include "core/queue/entry.hpp"
#include "core/queue/take_off.hpp"
#include "core/rights.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_remove_request(const State& state,
                                                           const v1::RemoveRequest& command,
                                                           const Context& context) {
  const auto request = find_waiting(state, command.request_id());
  if (!request) return Refused(request.error());
  if (auto allowed = need_moderator(state, context, (*request)->room_id()); !allowed) {
    return Refused(allowed.error());
  }
  return take_off(state, context, **request, v1::ACT_KIND_REMOVE);
}

}  // namespace plenary::core
