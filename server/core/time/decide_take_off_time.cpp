// TakeOffTime: an outage is taken off what a speech has counted (T6), also after its end, as that
// is when it is noticed.
#include "core/rights.hpp"
#include "core/time/clock.hpp"
#include "core/time/commands.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_take_off_time(const State& state,
                                                          const v1::TakeOffTime& command,
                                                          const Context& context) {
  const v1::Speech* speech = state.speech(command.speech_id());
  if (speech == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "speech_id");
  if (auto allowed = need_moderator(state, context, speech->room_id()); !allowed) {
    return Refused(allowed.error());
  }
  if (speech->state() == v1::SPEECH_STATE_VOID) {
    return refuse(v1::REFUSAL_CODE_STALE, "speech_id", "a speech that counts");
  }
  if (command.deduct_ms() <= 0) return refuse_field("deduct_ms", "a length of time above 0");
  const std::int64_t counted = counted_ms(*speech, context.now_ms);
  if (command.deduct_ms() > counted) {
    return refuse_limit(v1::REFUSAL_CODE_BAD_FIELD, "deduct_ms", counted);
  }
  Draft draft(state, context);
  draft.edit<v1::Speech>(command.speech_id())
      .set_deducted_ms(speech->deducted_ms() + command.deduct_ms());
  return draft.finish();
}

}  // namespace plenary::core
