#include "core/queue/take_off.hpp"

#include "core/queue/acts.hpp"
#include "core/queue/entry.hpp"
#include "core/queue/order.hpp"

namespace plenary::core {

Decision take_off(const State& state, const Context& context, const v1::Request& request,
                  v1::ActKind kind, std::int64_t undo_within_ms) {
  Draft draft(state, context);
  v1::Act act;
  act.set_room_id(request.room_id());
  act.set_kind(kind);
  act.set_by_person_id(context.actor.person_id());
  act.set_at_ms(context.now_ms);
  if (undo_within_ms != 0) act.set_expires_at_ms(context.now_ms + undo_within_ms);
  act.add_touches(thing_of_request(request.id()));
  *act.add_requests_before() = request;
  act.set_subject(speaker_name(state, request));
  draft.remove<v1::Request>(request.id());
  remember_act(draft, state, std::move(act));
  return draft.finish();
}

}  // namespace plenary::core
