// The phases of a session (S1, S6): open, pause, resume, close, reopen, and the end of the time for
// reversal.
#include "core/agenda/runs.hpp"
#include "core/changes.hpp"
#include "core/limits.hpp"
#include "core/phase.hpp"
#include "core/rights.hpp"
#include "core/session/commands.hpp"
#include "core/time/clock.hpp"
#include "core/time/floor.hpp"

namespace plenary::core {
namespace {

// What reopening brings back (S6).
void note_room(const State& state, const v1::Room& room,
               google::protobuf::RepeatedPtrField<v1::RoomBefore>& rooms) {
  if (room.current_item_id().empty() && room.current_speech_id().empty()) return;
  v1::RoomBefore& before = *rooms.Add();
  before.set_room_id(room.id());
  before.set_item_id(room.current_item_id());
  before.set_topic_speech_id(room.topic_speech_id());
  before.set_current_speech_id(room.current_speech_id());
  note_speeches(state, room, *before.mutable_stopped());
}

void reopen_room(Draft& draft, const v1::RoomBefore& before) {
  if (draft.get<v1::Room>(before.room_id()) == nullptr) return;
  v1::Room& room = draft.edit<v1::Room>(before.room_id());
  reopen_run(draft, room, before.item_id());
  room.set_topic_speech_id(before.topic_speech_id());
  reopen_speeches(draft, room, before.current_speech_id(), before.stopped());
}

}  // namespace

std::expected<Decision, v1::Refusal> decide_open_session(const State& state,
                                                         const v1::OpenSession& /*command*/,
                                                         const Context& context) {
  if (auto allowed = need_moderator(state, context); !allowed) return Refused(allowed.error());
  if (phase(state) != v1::SESSION_PHASE_DRAFT) return refuse(v1::REFUSAL_CODE_ALREADY);
  Draft draft(state, context);
  auto& session = draft.edit_session();
  session.set_phase(v1::SESSION_PHASE_LIVE);
  session.set_opened_at_ms(context.now_ms);
  return draft.finish();
}

std::expected<Decision, v1::Refusal> decide_pause_session(const State& state,
                                                          const v1::PauseSession& /*command*/,
                                                          const Context& context) {
  if (auto allowed = need_moderator(state, context); !allowed) return Refused(allowed.error());
  if (phase(state) == v1::SESSION_PHASE_PAUSED) return refuse(v1::REFUSAL_CODE_ALREADY);
  if (auto allowed = need_live(state); !allowed) return Refused(allowed.error());
  Draft draft(state, context);
  draft.edit_session().set_phase(v1::SESSION_PHASE_PAUSED);
  pause_clocks(draft, state, context.now_ms);
  return draft.finish();
}

std::expected<Decision, v1::Refusal> decide_resume_session(const State& state,
                                                           const v1::ResumeSession& /*command*/,
                                                           const Context& context) {
  if (auto allowed = need_moderator(state, context); !allowed) return Refused(allowed.error());
  if (phase(state) == v1::SESSION_PHASE_LIVE) return refuse(v1::REFUSAL_CODE_ALREADY);
  if (auto allowed = need_open(state); !allowed) return Refused(allowed.error());
  Draft draft(state, context);
  draft.edit_session().set_phase(v1::SESSION_PHASE_LIVE);
  resume_clocks(draft, state, context.now_ms);
  return draft.finish();
}

std::expected<Decision, v1::Refusal> decide_close_session(const State& state,
                                                          const v1::CloseSession& command,
                                                          const Context& context) {
  if (auto allowed = need_moderator(state, context); !allowed) return Refused(allowed.error());
  const auto before = phase(state);
  if (before == v1::SESSION_PHASE_CLOSING || before == v1::SESSION_PHASE_CLOSED) {
    return refuse(v1::REFUSAL_CODE_ALREADY);
  }
  if (!command.confirmed()) return refuse(v1::REFUSAL_CODE_CONFIRMATION_NEEDED, "confirmed");
  Draft draft(state, context);
  auto& session = draft.edit_session();
  for (const auto& [room_id, room] : state.rooms()) {
    note_room(state, *room, *session.mutable_rooms_before_closing());
    end_current_run(draft, room_id);
  }
  // Undoing across a close would change what was closed.
  for (const auto& [act_id, act] : state.acts())
    draft.remove<v1::Act>(act_id);
  session.set_phase(v1::SESSION_PHASE_CLOSING);
  session.set_phase_before_closing(before);
  session.set_closing_since_ms(context.now_ms);
  return draft.finish();
}

std::expected<Decision, v1::Refusal> decide_reopen_session(const State& state,
                                                           const v1::ReopenSession& /*command*/,
                                                           const Context& context) {
  if (auto allowed = need_moderator(state, context); !allowed) return Refused(allowed.error());
  if (phase(state) == v1::SESSION_PHASE_CLOSED) return refuse(v1::REFUSAL_CODE_TOO_LATE);
  if (phase(state) != v1::SESSION_PHASE_CLOSING) return refuse(v1::REFUSAL_CODE_ALREADY);
  if (context.now_ms - state.session()->closing_since_ms() >= kReopenWithinMs) {
    return refuse_limit(v1::REFUSAL_CODE_TOO_LATE, {}, kReopenWithinMs);
  }
  Draft draft(state, context);
  auto& session = draft.edit_session();
  session.set_phase(session.phase_before_closing());
  session.clear_phase_before_closing();
  session.clear_closing_since_ms();
  // Nothing of the proceedings can have changed meanwhile, but for people who were removed.
  for (const v1::RoomBefore& before : session.rooms_before_closing()) {
    reopen_room(draft, before);
  }
  session.clear_rooms_before_closing();
  return draft.finish();
}

// By the system, which may say it several times and late: it means one closing only.
std::expected<Decision, v1::Refusal> decide_finish_closing(const State& state,
                                                           const v1::FinishClosing& command,
                                                           const Context& context) {
  if (context.actor.kind() != v1::ACTOR_KIND_SYSTEM) return refuse(v1::REFUSAL_CODE_FORBIDDEN);
  const v1::Session& before = *state.session();
  const bool same = before.closing_since_ms() == command.closing_since_ms();
  if (same && before.phase() == v1::SESSION_PHASE_CLOSED) return Decision();
  if (!same || before.phase() != v1::SESSION_PHASE_CLOSING ||
      context.now_ms - before.closing_since_ms() < kReopenWithinMs) {
    return refuse(v1::REFUSAL_CODE_STALE, "closing_since_ms");
  }
  Draft draft(state, context);
  auto& session = draft.edit_session();
  session.set_phase(v1::SESSION_PHASE_CLOSED);
  session.set_closed_at_ms(context.now_ms);
  session.clear_rooms_before_closing();
  return draft.finish();
}

}  // namespace plenary::core
