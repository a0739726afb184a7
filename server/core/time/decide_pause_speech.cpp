// PauseSpeech: the clock of the speech stands until it is resumed (T3).
#include "core/rights.hpp"
#include "core/time/commands.hpp"
#include "core/time/floor.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_pause_speech(const State& state,
                                                         const v1::PauseSpeech& command,
                                                         const Context& context) {
  const auto speech = find_on_floor(state, command.speech_id());
  if (!speech) return Refused(speech.error());
  if (auto allowed = need_moderator(state, context, (*speech)->room_id()); !allowed) {
    return Refused(allowed.error());
  }
  if ((*speech)->state() == v1::SPEECH_STATE_AWAITING_START) {
    return refuse(v1::REFUSAL_CODE_STALE, "speech_id", "a speech whose clock runs");
  }
  Draft draft(state, context);
  v1::Speech& paused = draft.edit<v1::Speech>(command.speech_id());
  stop_clock(*paused.mutable_intervals(), context.now_ms);
  paused.set_state(v1::SPEECH_STATE_PAUSED);
  // Paused by hand, it does not go on by itself when the session does.
  paused.set_stopped_by_session(false);
  return draft.finish();
}

}  // namespace plenary::core
