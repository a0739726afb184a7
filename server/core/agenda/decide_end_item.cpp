// EndItem: nothing is current in the room. No act to undo, as the item can be reopened (S8).
#include "core/agenda/commands.hpp"
#include "core/agenda/runs.hpp"
#include "core/phase.hpp"
#include "core/queue/acts.hpp"
#include "core/rights.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_end_item(const State& state, const v1::EndItem& command,
                                                     const Context& context) {
  const v1::Room* room = state.room(command.room_id());
  if (room == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "room_id");
  if (auto allowed = need_moderator(state, context, room->id()); !allowed) {
    return Refused(allowed.error());
  }
  if (auto allowed = need_open(state); !allowed) return Refused(allowed.error());
  if (room->current_run_id() != command.seen_run_id()) {
    return refuse(v1::REFUSAL_CODE_STALE, "seen_run_id");
  }
  if (room->current_run_id().empty()) return refuse(v1::REFUSAL_CODE_ALREADY, "seen_run_id");
  Draft draft(state, context);
  end_current_run(draft, room->id());
  forget_acts(draft, room->id(), {floor_of(room->id()), run_of(room->id())});
  return draft.finish();
}

}  // namespace plenary::core
