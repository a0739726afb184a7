// Giving the floor to an entry: what NextSpeaker and GrantFloor have in common (Q5, Q7, T2, T4,
// T6).
#pragma once

#include <expected>
#include <string_view>

#include "core/decide.hpp"

namespace plenary::core {

// Who moderates the room, in a session that runs, and saw who has the floor (Q5); else refused.
std::expected<void, v1::Refusal> check_grant(const State& state, const v1::Room& room,
                                             std::string_view seen_speech_id,
                                             const Context& context);

// Gives the floor to an entry of the room's present queue that isn't held; or to a request without
// an id, which never stood in it. `limit_ms` is this speech's, as the chair says; 0: the request's,
// else as the room has it (T2).
std::expected<Decision, v1::Refusal> grant(const State& state, const v1::Room& room,
                                           const v1::Request& request, std::int64_t limit_ms,
                                           const Context& context);

}  // namespace plenary::core
