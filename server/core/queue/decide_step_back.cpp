// StepBack: its owner lets the next one go first; never forward (Q8).
#include <iterator>

#include "core/queue/commands.hpp"
#include "core/queue/entry.hpp"
#include "core/queue/keys.hpp"

namespace plenary::core {
namespace {

// The next one of the same band that can be called: behind one that is held nothing would be
// gained.
const v1::Request* next_one(const State& state, const v1::Request& request) {
  const Queue& queue = state.queue(request.room_id(), request.item_id());
  auto at = queue.find(queue_key(request));
  for (++at; at != queue.end() && at->band == request.band(); ++at) {
    const v1::Request* other = state.request(at->request_id);
    if (!other->held()) return other;
  }
  return nullptr;
}

}  // namespace

std::expected<Decision, v1::Refusal> decide_step_back(const State& state,
                                                      const v1::StepBack& command,
                                                      const Context& context) {
  const auto request = find_waiting(state, command.request_id());
  if (!request) return Refused(request.error());
  if (auto owner = need_owner(state, context, **request); !owner) return Refused(owner.error());
  const v1::Request* next = next_one(state, **request);
  if (next == nullptr) return refuse(v1::REFUSAL_CODE_ALREADY, {}, "an entry with one behind it");

  Draft draft(state, context);
  place_behind(draft, command.request_id(), next->id());
  v1::Move& move = *draft.edit<v1::Request>(command.request_id()).mutable_moved();
  move.set_by_person_id(context.actor.person_id());
  move.set_at_ms(context.now_ms);
  move.clear_reason();
  return draft.finish();
}

}  // namespace plenary::core
