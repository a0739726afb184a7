#include "core/time/undo.hpp"

#include "core/limits.hpp"
#include "core/queue/entry.hpp"
#include "core/time/floor.hpp"

namespace plenary::core {
namespace {

Refused moved_on() {
  return refuse(v1::REFUSAL_CODE_STALE, "act_id", "the last act on its thing");
}

}  // namespace

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
  // Who spoke before and is not here any more does not speak on; who was suspended does.
  const bool goes_on = reopen_speech(draft, room, act.speech_before_id(), act.stopped());
  if (!goes_on && !room.suspended_speech_ids().empty()) bring_back(draft, room);
  return {};
}

Allowed undo_end(Draft& draft, const v1::Act& act) {
  v1::Room& room = draft.edit<v1::Room>(act.room_id());
  const bool was_suspended = act.speech_before_suspended() && act.speech_before_id().empty();
  if (!was_suspended && room.current_speech_id() != act.speech_before_id()) return moved_on();
  if (was_suspended) {
    if (!reopen_suspended(draft, room, act.speech_id(), act.stopped())) return moved_on();
    return {};
  }
  if (!room.current_speech_id().empty()) suspend_speech(draft, room);
  if (!reopen_speech(draft, room, act.speech_id(), act.stopped())) return moved_on();
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
