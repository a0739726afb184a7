#include "core/time/undo.hpp"

#include <algorithm>

#include "core/limits.hpp"
#include "core/queue/entry.hpp"
#include "core/time/floor.hpp"

namespace plenary::core {
namespace {

Refused moved_on() {
  return refuse(v1::REFUSAL_CODE_STALE, "act_id", "the last act on its thing");
}

// Puts a speech among the suspended: these stand in the order of their grants.
void insert_suspended(const Draft& draft, v1::Room& room, const std::string& speech_id) {
  auto& ids = *room.mutable_suspended_speech_ids();
  const auto granted = [&](const std::string& id) {
    return draft.get<v1::Speech>(id)->granted_at_ms();
  };
  ids.Add(std::string(speech_id));
  for (int at = ids.size() - 1; at > 0 && granted(ids[at - 1]) > granted(ids[at]); --at) {
    ids.SwapElements(at - 1, at);
  }
}

}  // namespace

void reopen_speech(Draft& draft, v1::Speech& speech) {
  const auto& intervals = speech.intervals();
  const bool never_ran = intervals.empty();
  const bool ran = !never_ran && intervals.rbegin()->to_ms() == speech.ended_at_ms();
  speech.set_ended_at_ms(0);
  if (never_ran) {
    speech.set_state(v1::SPEECH_STATE_AWAITING_START);
  } else if (ran) {
    run_speech(draft, speech);
  } else {
    speech.set_state(v1::SPEECH_STATE_PAUSED);
  }
}

Allowed undo_grant(Draft& draft, const v1::Act& act) {
  v1::Room& room = draft.edit<v1::Room>(act.room_id());
  if (room.current_speech_id() != act.speech_id()) return moved_on();
  v1::Speech& speech = draft.edit<v1::Speech>(act.speech_id());
  close_speech(speech, draft.now_ms());
  speech.set_state(v1::SPEECH_STATE_VOID);
  if (room.topic_speech_id() == act.speech_id()) {
    room.set_topic_speech_id(act.topic_before_id());
  }
  for (const v1::Request& request : act.requests_before())
    restore_request(draft, request);
  room.clear_current_speech_id();
  if (act.speech_before_id().empty()) return {};
  if (act.speech_before_suspended()) {
    const auto& suspended = room.suspended_speech_ids();
    if (suspended.empty() || *suspended.rbegin() != act.speech_before_id()) return moved_on();
    bring_back(draft, room);
    return {};
  }
  if (draft.get<v1::Speech>(act.speech_before_id()) == nullptr) return moved_on();
  reopen_speech(draft, draft.edit<v1::Speech>(act.speech_before_id()));
  room.set_current_speech_id(act.speech_before_id());
  return {};
}

Allowed undo_end(Draft& draft, const v1::Act& act) {
  v1::Room& room = draft.edit<v1::Room>(act.room_id());
  const bool was_suspended = act.speech_before_suspended() && act.speech_before_id().empty();
  if (!was_suspended && room.current_speech_id() != act.speech_before_id()) return moved_on();
  if (draft.get<v1::Speech>(act.speech_id()) == nullptr) return moved_on();
  v1::Speech& speech = draft.edit<v1::Speech>(act.speech_id());
  if (was_suspended) {
    speech.set_ended_at_ms(0);
    speech.set_state(speech.intervals().empty() ? v1::SPEECH_STATE_AWAITING_START
                                                : v1::SPEECH_STATE_SUSPENDED);
    insert_suspended(draft, room, act.speech_id());
    return {};
  }
  if (!room.current_speech_id().empty()) suspend_speech(draft, room);
  reopen_speech(draft, speech);
  room.set_current_speech_id(act.speech_id());
  return {};
}

Allowed undo_move(Draft& draft, const v1::Act& act) {
  const v1::Request& before = act.requests_before(0);
  if (draft.get<v1::Request>(before.id()) == nullptr) return moved_on();
  v1::Request& request = draft.edit<v1::Request>(before.id());
  request.set_band(before.band());
  request.set_order_key(before.order_key());
  if (before.has_moved()) {
    *request.mutable_moved() = before.moved();
  } else {
    request.clear_moved();
  }
  return {};
}

Allowed undo_departure(Draft& draft, const v1::Act& act) {
  const auto waiting = draft.state().requests().size();
  if (waiting + static_cast<std::size_t>(act.requests_before_size()) > kMaxRequests) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, "requests", kMaxRequests);
  }
  for (const v1::Request& request : act.requests_before()) {
    restore_request(draft, request);
  }
  return {};
}

}  // namespace plenary::core
