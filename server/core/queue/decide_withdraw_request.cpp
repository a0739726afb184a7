// WithdrawRequest: a hand goes down (Q2, Q8, Q16); its owner can take that back for a while (Q15).
#include "core/limits.hpp"
#include "core/queue/commands.hpp"
#include "core/queue/entry.hpp"
#include "core/queue/take_off.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_withdraw_request(const State& state,
                                                             const v1::WithdrawRequest& command,
                                                             const Context& context) {
  const auto request = find_waiting(state, command.request_id());
  if (!request) return Refused(request.error());
  if (auto owner = need_owner(state, context, **request); !owner) return Refused(owner.error());
  return take_off(state, context, **request, v1::ACT_KIND_WITHDRAW, kUndoWithdrawalMs);
}

}  // namespace plenary::core
