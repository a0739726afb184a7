// StartSpeech: the clock of a speech that waited for Start begins (T6).
#include "core/time/commands.hpp"
#include "core/time/let_run.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_start_speech(const State& state,
                                                         const v1::StartSpeech& command,
                                                         const Context& context) {
  return let_run(state, context, command.speech_id(), v1::SPEECH_STATE_AWAITING_START,
                 "a speech that waits for its start");
}

}  // namespace plenary::core
