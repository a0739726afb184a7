// The moderator lets the clock of a speech go on: one that was paused (T3), or waits for its start
// (T6).
#pragma once

#include <expected>
#include <string_view>

#include "core/decide.hpp"

namespace plenary::core {

// `standing`: how the speech has to stand now; `accepted` says so to who asks of another. One that
// runs already is left alone.
std::expected<Decision, v1::Refusal> let_run(const State& state, const Context& context,
                                             std::string_view speech_id, v1::SpeechState standing,
                                             std::string_view accepted);

}  // namespace plenary::core
