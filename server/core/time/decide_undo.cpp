// Undo: the last act on a thing is taken back, until the next act on the same thing; a withdrawal
// by its owner, for a while (Q15).
#include "core/queue/acts.hpp"
#include "core/queue/entry.hpp"
#include "core/rights.hpp"
#include "core/time/commands.hpp"
#include "core/time/undo.hpp"

namespace plenary::core {
namespace {

// A withdrawal belongs to who withdrew it and whose it was; the rest to the chair.
Allowed check_right(const State& state, const Context& context, const v1::Act& act) {
  if (act.kind() != v1::ACT_KIND_WITHDRAW) return need_moderator(state, context, act.room_id());
  if (is_actor(context, act.by_person_id())) return {};
  return need_owner(state, context, act.requests_before(0));
}

Allowed undo(Draft& draft, const v1::Act& act) {
  switch (act.kind()) {
    case v1::ACT_KIND_GRANT:
      return undo_grant(draft, act);
    case v1::ACT_KIND_END:
      return undo_end(draft, act);
    case v1::ACT_KIND_START_ITEM:
      return undo_start_item(draft, act);
    case v1::ACT_KIND_MOVE:
      return undo_move(draft, act);
    default:
      return undo_departure(draft, act);
  }
}

}  // namespace

std::expected<Decision, v1::Refusal> decide_undo(const State& state, const v1::Undo& command,
                                                 const Context& context) {
  const v1::Act* act = state.act(command.act_id());
  if (act == nullptr) {
    return refuse(v1::REFUSAL_CODE_STALE, "act_id", "the last act on its thing");
  }
  if (auto allowed = check_right(state, context, *act); !allowed) return Refused(allowed.error());
  if (act->expires_at_ms() != 0 && act->expires_at_ms() <= context.now_ms) {
    return refuse(v1::REFUSAL_CODE_TOO_LATE, "act_id");
  }
  Draft draft(state, context);
  if (auto undone = undo(draft, *act); !undone) return Refused(undone.error());
  draft.remove<v1::Act>(command.act_id());
  return draft.finish();
}

}  // namespace plenary::core
