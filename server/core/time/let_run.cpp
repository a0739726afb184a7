#include "core/time/let_run.hpp"

#include "core/limits.hpp"
#include "core/phase.hpp"
#include "core/rights.hpp"
#include "core/time/floor.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> let_run(const State& state, const Context& context,
                                             std::string_view speech_id, v1::SpeechState standing,
                                             std::string_view accepted) {
  const auto speech = find_on_floor(state, speech_id);
  if (!speech) return Refused(speech.error());
  if (auto allowed = need_moderator(state, context, (*speech)->room_id()); !allowed) {
    return Refused(allowed.error());
  }
  if (auto live = need_live(state); !live) return Refused(live.error());
  if ((*speech)->state() == v1::SPEECH_STATE_RUNNING) return Decision();
  if ((*speech)->state() != standing) {
    return refuse(v1::REFUSAL_CODE_STALE, "speech_id", accepted);
  }
  if (static_cast<std::size_t>((*speech)->intervals_size()) >= kMaxIntervals) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, "intervals", kMaxIntervals);
  }
  Draft draft(state, context);
  run_speech(draft, draft.edit<v1::Speech>(speech_id));
  return draft.finish();
}

}  // namespace plenary::core
