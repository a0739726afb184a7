// WithdrawRequest: a hand goes down (Q2, Q8, Q16); its owner can take that back for a while (Q15).
#include "core/limits.hpp"
#include "core/queue/acts.hpp"
#include "core/queue/commands.hpp"
#include "core/queue/entry.hpp"
#include "core/queue/order.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_withdraw_request(const State& state,
                                                             const v1::WithdrawRequest& command,
                                                             const Context& context) {
  const auto request = find_waiting(state, command.request_id());
  if (!request) return Refused(request.error());
  if (auto owner = need_owner(state, context, **request); !owner) return Refused(owner.error());

  Draft draft(state, context);
  v1::Act act;
  act.set_room_id((*request)->room_id());
  act.set_kind(v1::ACT_KIND_WITHDRAW);
  act.set_by_person_id(context.actor.person_id());
  act.set_at_ms(context.now_ms);
  act.set_expires_at_ms(context.now_ms + kUndoWithdrawalMs);
  act.add_touches(thing_of_request((*request)->id()));
  *act.add_requests_before() = **request;
  act.set_subject(speaker_name(state, **request));
  draft.remove<v1::Request>((*request)->id());
  remember_act(draft, state, std::move(act));
  return draft.finish();
}

}  // namespace plenary::core
