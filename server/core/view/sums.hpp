// Speaking time (T5): per person, delegation, kind, room and item, over the speeches that count.
#pragma once

#include <cstdint>

#include "core/state.hpp"
#include "plenary/v1/views.pb.h"

namespace plenary::core {

// A void speech counts nowhere, and one that has not started is none yet; a running one counts to
// now. The most first. A free-text delegation goes by its text.
v1::SpeakingTimes sum_speaking_times(const State& state, std::int64_t now_ms);

}  // namespace plenary::core
