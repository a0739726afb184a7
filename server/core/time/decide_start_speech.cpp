// StartSpeech: the clock of a speech that waited for Start begins (T6).
#include "core/phase.hpp"
#include "core/rights.hpp"
#include "core/time/commands.hpp"
#include "core/time/floor.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_start_speech(const State& state,
                                                         const v1::StartSpeech& command,
                                                         const Context& context) {
  const auto speech = find_on_floor(state, command.speech_id());
  if (!speech) return Refused(speech.error());
  if (auto allowed = need_moderator(state, context, (*speech)->room_id()); !allowed) {
    return Refused(allowed.error());
  }
  if (auto live = need_live(state); !live) return Refused(live.error());
  if ((*speech)->state() == v1::SPEECH_STATE_RUNNING) return Decision();
  if ((*speech)->state() != v1::SPEECH_STATE_AWAITING_START) {
    return refuse(v1::REFUSAL_CODE_STALE, "speech_id", "a speech that waits for its start");
  }
  Draft draft(state, context);
  run_speech(draft, draft.edit<v1::Speech>(command.speech_id()));
  return draft.finish();
}

}  // namespace plenary::core
