#include "core/time/floor.hpp"

#include <algorithm>

#include "core/phase.hpp"
#include "core/queue/acts.hpp"
#include "core/queue/order.hpp"

namespace plenary::core {
namespace {

bool is_suspended(const v1::Room& room, std::string_view speech_id) {
  const auto& ids = room.suspended_speech_ids();
  return std::find(ids.begin(), ids.end(), speech_id) != ids.end();
}

// How it stood when it ended: as noted, else as its clock tells.
v1::SpeechState state_before(const v1::Speech& speech, const Stopped& stopped, bool suspended) {
  for (const v1::StoppedSpeech& one : stopped) {
    if (one.speech_id() != speech.id()) continue;
    // The session stopped it, and takes it along again when it goes on.
    return one.stopped_by_session() ? v1::SPEECH_STATE_RUNNING : one.state();
  }
  if (speech.intervals().empty()) return v1::SPEECH_STATE_AWAITING_START;
  if (suspended) return v1::SPEECH_STATE_SUSPENDED;
  const bool ran = speech.intervals().rbegin()->to_ms() == speech.ended_at_ms();
  return ran ? v1::SPEECH_STATE_RUNNING : v1::SPEECH_STATE_PAUSED;
}

bool is_speaker_here(const Draft& draft, std::string_view speech_id) {
  const v1::Speech* speech = draft.get<v1::Speech>(speech_id);
  if (speech == nullptr) return false;
  const v1::Person* speaker = draft.get<v1::Person>(speech->person_id());
  return speaker != nullptr && !speaker->removed();
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

Refused stale_speech() {
  return refuse(v1::REFUSAL_CODE_STALE, "speech_id", "the speech that has the floor");
}

}  // namespace

std::expected<const v1::Speech*, v1::Refusal> find_on_floor(const State& state,
                                                            std::string_view speech_id) {
  const v1::Speech* speech = state.speech(speech_id);
  if (speech == nullptr) return stale_speech();
  const v1::Room* room = state.room(speech->room_id());
  if (room == nullptr || room->current_speech_id() != speech_id) return stale_speech();
  return speech;
}

std::expected<const v1::Speech*, v1::Refusal> find_unended(const State& state,
                                                           std::string_view speech_id) {
  const v1::Speech* speech = state.speech(speech_id);
  if (speech != nullptr) {
    const v1::Room* room = state.room(speech->room_id());
    if (room != nullptr && is_suspended(*room, speech_id)) return speech;
  }
  return find_on_floor(state, speech_id);
}

void close_speech(v1::Speech& speech, std::int64_t now_ms) {
  stop_clock(*speech.mutable_intervals(), now_ms);
  speech.set_state(v1::SPEECH_STATE_ENDED);
  speech.set_stopped_by_session(false);
  speech.set_ended_at_ms(now_ms);
}

void run_speech(const Draft& draft, v1::Speech& speech) {
  if (is_live(draft)) {
    start_clock(*speech.mutable_intervals(), draft.now_ms());
    speech.set_state(v1::SPEECH_STATE_RUNNING);
  } else {
    speech.set_state(v1::SPEECH_STATE_PAUSED);
    speech.set_stopped_by_session(true);
  }
}

void suspend_speech(Draft& draft, v1::Room& room) {
  v1::Speech& speech = draft.edit<v1::Speech>(room.current_speech_id());
  if (speech.state() == v1::SPEECH_STATE_RUNNING || speech.stopped_by_session()) {
    stop_clock(*speech.mutable_intervals(), draft.now_ms());
    speech.set_state(v1::SPEECH_STATE_SUSPENDED);
    speech.set_stopped_by_session(false);
  }
  room.add_suspended_speech_ids(room.current_speech_id());
  room.clear_current_speech_id();
}

void bring_back(Draft& draft, v1::Room& room) {
  auto& suspended = *room.mutable_suspended_speech_ids();
  room.set_current_speech_id(*suspended.rbegin());
  suspended.RemoveLast();
  v1::Speech& speech = draft.edit<v1::Speech>(room.current_speech_id());
  if (speech.state() == v1::SPEECH_STATE_SUSPENDED) run_speech(draft, speech);
}

std::string end_speech(Draft& draft, std::string_view speech_id) {
  v1::Speech& speech = draft.edit<v1::Speech>(speech_id);
  close_speech(speech, draft.now_ms());
  v1::Room& room = draft.edit<v1::Room>(speech.room_id());
  if (room.current_speech_id() != speech_id) {
    auto& suspended = *room.mutable_suspended_speech_ids();
    suspended.erase(std::remove(suspended.begin(), suspended.end(), speech_id), suspended.end());
    return {};
  }
  room.clear_current_speech_id();
  if (room.suspended_speech_ids().empty()) return {};
  bring_back(draft, room);
  return room.current_speech_id();
}

void note_speech(const v1::Speech& speech, Stopped& stopped) {
  v1::StoppedSpeech& one = *stopped.Add();
  one.set_speech_id(speech.id());
  one.set_state(speech.state());
  one.set_stopped_by_session(speech.stopped_by_session());
}

void note_speeches(const State& state, const v1::Room& room, Stopped& stopped) {
  for (const std::string& id : room.suspended_speech_ids()) {
    if (const v1::Speech* speech = state.speech(id)) note_speech(*speech, stopped);
  }
  if (const v1::Speech* current = state.speech(room.current_speech_id())) {
    note_speech(*current, stopped);
  }
}

bool reopen_speech(Draft& draft, v1::Room& room, const std::string& speech_id,
                   const Stopped& stopped) {
  if (!is_speaker_here(draft, speech_id)) return false;
  v1::Speech& speech = draft.edit<v1::Speech>(speech_id);
  const v1::SpeechState before = state_before(speech, stopped, false);
  speech.set_ended_at_ms(0);
  if (before == v1::SPEECH_STATE_RUNNING) {
    run_speech(draft, speech);
  } else {
    speech.set_state(before);
  }
  room.set_current_speech_id(speech_id);
  return true;
}

bool reopen_suspended(Draft& draft, v1::Room& room, const std::string& speech_id,
                      const Stopped& stopped) {
  if (!is_speaker_here(draft, speech_id)) return false;
  v1::Speech& speech = draft.edit<v1::Speech>(speech_id);
  speech.set_state(state_before(speech, stopped, true));
  speech.set_ended_at_ms(0);
  insert_suspended(draft, room, speech_id);
  return true;
}

void reopen_speeches(Draft& draft, v1::Room& room, const std::string& current_speech_id,
                     const Stopped& stopped) {
  for (const v1::StoppedSpeech& one : stopped) {
    if (one.speech_id() != current_speech_id) {
      reopen_suspended(draft, room, one.speech_id(), stopped);
    }
  }
  const bool has_floor =
      !current_speech_id.empty() && reopen_speech(draft, room, current_speech_id, stopped);
  if (!has_floor && !room.suspended_speech_ids().empty()) bring_back(draft, room);
}

Decision end_and_remember(const State& state, const Context& context, const v1::Speech& speech) {
  Draft draft(state, context);
  v1::Act act;
  act.set_room_id(speech.room_id());
  act.set_kind(v1::ACT_KIND_END);
  act.set_by_person_id(context.actor.person_id());
  act.set_at_ms(context.now_ms);
  act.add_touches(floor_of(speech.room_id()));
  act.set_speech_id(speech.id());
  act.set_subject(speech.name());
  note_speech(speech, *act.mutable_stopped());
  // What was suspended itself when it ended goes back there.
  const bool had_floor = state.room(speech.room_id())->current_speech_id() == speech.id();
  act.set_speech_before_id(end_speech(draft, speech.id()));
  act.set_speech_before_suspended(!had_floor || !act.speech_before_id().empty());
  remember_act(draft, state, std::move(act));
  return draft.finish();
}

}  // namespace plenary::core
