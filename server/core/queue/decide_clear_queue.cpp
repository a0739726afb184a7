// ClearQueue: all that waits in the present queue of a room goes, and can be brought back (Q15).
#include "core/queue/acts.hpp"
#include "core/queue/commands.hpp"
#include "core/queue/order.hpp"
#include "core/rights.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_clear_queue(const State& state,
                                                        const v1::ClearQueue& command,
                                                        const Context& context) {
  const v1::Room* room = state.room(command.room_id());
  if (room == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "room_id");
  if (auto allowed = need_moderator(state, context, room->id()); !allowed) {
    return Refused(allowed.error());
  }
  Draft draft(state, context);
  v1::Act act;
  for (v1::Request& request : clear_queue(draft, state, room->id())) {
    *act.add_requests_before() = std::move(request);
  }
  if (act.requests_before().empty()) return Decision();
  act.set_room_id(room->id());
  act.set_kind(v1::ACT_KIND_CLEAR);
  act.set_by_person_id(context.actor.person_id());
  act.set_at_ms(context.now_ms);
  act.add_touches(queue_of(room->id()));
  act.set_subject(room->name().text());
  remember_act(draft, state, std::move(act));
  return draft.finish();
}

}  // namespace plenary::core
