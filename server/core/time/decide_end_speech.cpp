// EndSpeech: the chair ends a speech, that on the floor or a suspended one (T3).
#include "core/rights.hpp"
#include "core/time/commands.hpp"
#include "core/time/floor.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_end_speech(const State& state,
                                                       const v1::EndSpeech& command,
                                                       const Context& context) {
  const auto speech = find_unended(state, command.speech_id());
  if (!speech) return Refused(speech.error());
  if (auto allowed = need_moderator(state, context, (*speech)->room_id()); !allowed) {
    return Refused(allowed.error());
  }
  return end_and_remember(state, context, **speech);
}

}  // namespace plenary::core
