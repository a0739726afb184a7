// ResumeSpeech: the clock of a paused speech goes on (T3).
#include "core/time/commands.hpp"
#include "core/time/let_run.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_resume_speech(const State& state,
                                                          const v1::ResumeSpeech& command,
                                                          const Context& context) {
  return let_run(state, context, command.speech_id(), v1::SPEECH_STATE_PAUSED, "a paused speech");
}

}  // namespace plenary::core
