// RemoveRequest: the chair takes an entry off the queue (Q8), and can take that back (Q15).
#include "core/queue/acts.hpp"
#include "core/queue/commands.hpp"
#include "core/queue/entry.hpp"
#include "core/queue/order.hpp"
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
  Draft draft(state, context);
  v1::Act act;
  act.set_room_id((*request)->room_id());
  act.set_kind(v1::ACT_KIND_REMOVE);
  act.set_by_person_id(context.actor.person_id());
  act.set_at_ms(context.now_ms);
  act.add_touches(thing_of_request((*request)->id()));
  *act.add_requests_before() = **request;
  act.set_subject(speaker_name(state, **request));
  draft.remove<v1::Request>((*request)->id());
  remember_act(draft, state, std::move(act));
  return draft.finish();
}

}  // namespace plenary::core
