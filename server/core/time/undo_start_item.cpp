// Undoing the start of an item (Q15). What StartItem changed stands in its act: the item, the one
// before with its speeches, the topic, whether the queue was open, and every entry that came into
// the present queue or left it, as it was.
#include <algorithm>
#include <string>
#include <vector>

#include "core/agenda/runs.hpp"
#include "core/queue/entry.hpp"
#include "core/time/floor.hpp"
#include "core/time/undo.hpp"

namespace plenary::core {
namespace {

// The run that the start began has never been.
void drop_run(v1::AgendaItem& item, const std::string& run_id) {
  auto& runs = *item.mutable_runs();
  runs.erase(std::remove_if(runs.begin(), runs.end(),
                            [&](const v1::Run& run) { return run.id() == run_id; }),
             runs.end());
}

// An act of an earlier build doesn't name what was suspended: those ended with the speech that had
// the floor, at the same instant, and were granted before it.
Stopped speeches_of(const Draft& draft, const v1::Room& room, const v1::Act& act) {
  Stopped stopped = act.stopped();
  const v1::Speech* current = draft.get<v1::Speech>(act.speech_before_id());
  if (!stopped.empty() || current == nullptr) return stopped;
  for (const auto& [granted_at_ms, id] : draft.state().speeches_of_room(room.id())) {
    const v1::Speech* other = draft.get<v1::Speech>(id);
    if (id == current->id() || granted_at_ms > current->granted_at_ms()) break;
    if (other->state() != v1::SPEECH_STATE_ENDED) continue;
    if (other->ended_at_ms() != current->ended_at_ms()) continue;
    v1::StoppedSpeech& suspended = *stopped.Add();
    suspended.set_speech_id(id);
    suspended.set_state(other->intervals().empty() ? v1::SPEECH_STATE_AWAITING_START
                                                   : v1::SPEECH_STATE_SUSPENDED);
  }
  return stopped;
}

// An inscription that the start made a request of the present queue goes back to its item, unless
// its owner has withdrawn it since. One that the start dropped, as its holder waited already in the
// present queue, comes back as long as that other one still waits.
void restore_inscription(Draft& draft, const v1::Request& inscribed) {
  if (draft.get<v1::Request>(inscribed.id()) != nullptr) {
    v1::Request& request = draft.edit<v1::Request>(inscribed.id());
    request.set_item_id(inscribed.item_id());
    return;
  }
  v1::Request active = inscribed;
  active.clear_item_id();
  const v1::Request* alike = waiting_alike(draft, active);
  if (alike != nullptr && queue_key(*alike) < queue_key(active)) draft.put(inscribed);
}

}  // namespace

Allowed undo_start_item(Draft& draft, const v1::Act& act) {
  v1::Room& room = draft.edit<v1::Room>(act.room_id());
  if (room.current_item_id() != act.item_id() || !room.current_speech_id().empty() ||
      draft.get<v1::AgendaItem>(act.item_id()) == nullptr) {
    return refuse(v1::REFUSAL_CODE_STALE, "act_id", "the last act on its thing");
  }
  drop_run(draft.edit<v1::AgendaItem>(act.item_id()), room.current_run_id());
  reopen_run(draft, room, act.item_before_id());
  room.set_queue_open(act.queue_open_before());
  room.set_topic_speech_id(act.topic_before_id());
  reopen_speeches(draft, room, act.speech_before_id(), speeches_of(draft, room, act));
  // Inscriptions first: what the present queue gets back may stand in their stead there.
  for (const v1::Request& request : act.requests_before()) {
    if (request.item_id() == act.item_id()) restore_inscription(draft, request);
  }
  for (const v1::Request& request : act.requests_before()) {
    if (request.item_id() != act.item_id()) restore_request(draft, request);
  }
  return {};
}

}  // namespace plenary::core
