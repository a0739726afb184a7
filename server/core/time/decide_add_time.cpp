// AddTime: the limit of a speech grows, or shrinks and stays above 0 (T3).
#include "core/limits.hpp"
#include "core/rights.hpp"
#include "core/time/commands.hpp"
#include "core/time/floor.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_add_time(const State& state, const v1::AddTime& command,
                                                     const Context& context) {
  const auto speech = find_unended(state, command.speech_id());
  if (!speech) return Refused(speech.error());
  if (auto allowed = need_moderator(state, context, (*speech)->room_id()); !allowed) {
    return Refused(allowed.error());
  }
  const std::int64_t limit_ms = (*speech)->limit_ms();
  if (limit_ms <= 0) return refuse(v1::REFUSAL_CODE_NO_LIMIT, "speech_id");
  // Both ends are bounded before the sum is made, so that it cannot overflow.
  if (command.add_ms() == 0 || command.add_ms() > kMaxLimitMs || command.add_ms() <= -limit_ms) {
    return refuse_field("add_ms", "a length of time that leaves a limit above 0");
  }
  if (limit_ms + command.add_ms() > kMaxLimitMs) {
    return refuse_limit(v1::REFUSAL_CODE_BAD_FIELD, "add_ms", kMaxLimitMs);
  }
  Draft draft(state, context);
  draft.edit<v1::Speech>(command.speech_id()).set_limit_ms(limit_ms + command.add_ms());
  return draft.finish();
}

}  // namespace plenary::core
