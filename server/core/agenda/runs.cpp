#include "core/agenda/runs.hpp"

#include <algorithm>

#include "core/phase.hpp"
#include "core/time/floor.hpp"

namespace plenary::core {

void end_current_run(Draft& draft, std::string_view room_id) {
  stop_speeches_of_room(draft, draft.state(), room_id, draft.now_ms());
  const v1::Room* room = draft.get<v1::Room>(room_id);
  if (room->current_run_id().empty()) return;
  auto& item = draft.edit<v1::AgendaItem>(room->current_item_id());
  for (auto& run : *item.mutable_runs()) {
    if (run.id() != room->current_run_id()) continue;
    run.set_ended_at_ms(draft.now_ms());
    stop_clock(*run.mutable_intervals(), draft.now_ms());
  }
  auto& changed = draft.edit<v1::Room>(room_id);
  changed.clear_current_item_id();
  changed.clear_current_run_id();
  changed.clear_topic_speech_id();
}

void reopen_run(Draft& draft, v1::Room& room, const std::string& item_id) {
  room.set_current_item_id(item_id);
  room.clear_current_run_id();
  if (item_id.empty() || draft.get<v1::AgendaItem>(item_id) == nullptr) {
    room.clear_current_item_id();
    return;
  }
  v1::AgendaItem& item = draft.edit<v1::AgendaItem>(item_id);
  if (item.runs().empty()) return;
  v1::Run& run = *item.mutable_runs()->rbegin();
  run.set_ended_at_ms(0);
  if (is_live(draft)) {
    start_clock(*run.mutable_intervals(), draft.now_ms());
  }
  room.set_current_run_id(run.id());
}

void forget_acts(Draft& draft, std::string_view room_id,
                 std::initializer_list<std::string_view> things) {
  for (const auto& [at_ms, id] : draft.state().acts_of_room(room_id)) {
    const v1::Act* act = draft.get<v1::Act>(id);
    if (act == nullptr) continue;
    const bool touched =
        std::any_of(act->touches().begin(), act->touches().end(), [&](const auto& thing) {
          return std::find(things.begin(), things.end(), thing) != things.end();
        });
    if (touched) draft.remove<v1::Act>(id);
  }
}

}  // namespace plenary::core
