// YieldFloor: the speaker has finished, or staff say so for a person without a device (T3, P6).
#include "core/rights.hpp"
#include "core/time/commands.hpp"
#include "core/time/floor.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_yield_floor(const State& state,
                                                        const v1::YieldFloor& command,
                                                        const Context& context) {
  const auto speech = find_unended(state, command.speech_id());
  if (!speech) return Refused(speech.error());
  const v1::Person* speaker = state.person((*speech)->person_id());
  const bool for_somebody = speaker != nullptr && speaker->without_device() &&
                            may_staff(state, context.actor, (*speech)->room_id());
  if (!for_somebody && !is_actor(context, (*speech)->person_id())) {
    return refuse(v1::REFUSAL_CODE_FORBIDDEN, {}, "the speaker");
  }
  return end_and_remember(state, context, **speech);
}

}  // namespace plenary::core
