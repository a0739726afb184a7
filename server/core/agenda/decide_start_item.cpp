// StartItem: one item is current in a room, starting one ends the other (S2). An item that has run
// gets another run (S8). What waits stays or goes as the command says (Q6), and what was inscribed
// ahead for it is now the room's (Q17).
#include "core/agenda/commands.hpp"
#include "core/agenda/runs.hpp"
#include "core/limits.hpp"
#include "core/phase.hpp"
#include "core/queue/acts.hpp"
#include "core/queue/order.hpp"
#include "core/rights.hpp"
#include "core/time/floor.hpp"

namespace plenary::core {
namespace {

Allowed check(const State& state, const v1::AgendaItem& item, const v1::StartItem& command) {
  const v1::Room& room = *state.room(item.room_id());
  if (auto allowed = need_live(state); !allowed) return allowed;
  if (room.current_run_id() != command.seen_run_id()) {
    return refuse(v1::REFUSAL_CODE_STALE, "seen_run_id");
  }
  if (room.current_item_id() == item.id()) return refuse(v1::REFUSAL_CODE_ALREADY, "item_id");
  if (!v1::StartItem::Waiting_IsValid(command.waiting())) {
    return refuse_field("waiting", "keep or clear");
  }
  if (static_cast<std::size_t>(item.runs_size()) >= kMaxRunsOfItem) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, "runs", kMaxRunsOfItem);
  }
  return {};
}

// What Undo needs to take the start back (Q15).
v1::Act act_of(const v1::Room& room, const v1::AgendaItem& item, const Context& context) {
  v1::Act act;
  act.set_room_id(room.id());
  act.set_kind(v1::ACT_KIND_START_ITEM);
  act.set_by_person_id(context.actor.person_id());
  act.set_at_ms(context.now_ms);
  act.set_item_id(item.id());
  act.set_item_before_id(room.current_item_id());
  act.set_speech_before_id(room.current_speech_id());
  act.set_queue_open_before(room.queue_open());
  act.set_topic_before_id(room.topic_speech_id());
  act.set_subject(item.title().text());
  act.add_touches(run_of(room.id()));
  act.add_touches(floor_of(room.id()));
  return act;
}

}  // namespace

std::expected<Decision, v1::Refusal> decide_start_item(const State& state,
                                                       const v1::StartItem& command,
                                                       const Context& context) {
  const v1::AgendaItem* item = state.item(command.item_id());
  if (item == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "item_id");
  const v1::Room& before = *state.room(item->room_id());
  if (auto allowed = need_moderator(state, context, before.id()); !allowed) {
    return Refused(allowed.error());
  }
  if (auto allowed = check(state, *item, command); !allowed) return Refused(allowed.error());
  Draft draft(state, context);
  v1::Act act = act_of(before, *item, context);
  note_speeches(state, before, *act.mutable_stopped());
  end_current_run(draft, before.id());
  std::vector<v1::Request> changed;
  if (command.waiting() == v1::StartItem::WAITING_CLEAR) {
    changed = clear_queue(draft, state, before.id());
  }
  for (auto& inscribed : activate_inscriptions(draft, state, before.id(), item->id())) {
    changed.push_back(std::move(inscribed));
  }
  if (!changed.empty()) act.add_touches(queue_of(before.id()));
  for (auto& request : changed)
    *act.add_requests_before() = std::move(request);

  v1::Run run;
  run.set_id(draft.fresh_id());
  run.set_started_at_ms(context.now_ms);
  run.add_intervals()->set_from_ms(context.now_ms);
  auto& room = draft.edit<v1::Room>(before.id());
  room.set_current_item_id(item->id());
  room.set_current_run_id(run.id());
  room.set_queue_open(!item->queue_starts_closed());
  room.clear_topic_speech_id();  // one from before any item is no topic of this run either (Q7)
  const std::string run_id = run.id();
  *draft.edit<v1::AgendaItem>(item->id()).add_runs() = std::move(run);
  remember_act(draft, state, std::move(act));
  return draft.finish(run_id);
}

}  // namespace plenary::core
