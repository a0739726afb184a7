// What the session's phase allows (S1, S6).
#pragma once

#include "core/changes.hpp"
#include "core/refusal.hpp"
#include "core/state.hpp"

namespace plenary::core {

v1::SessionPhase phase(const State& state);  // of a session that exists

// The session runs: NOT_LIVE in DRAFT, PAUSED, CLOSED in CLOSING and CLOSED.
Allowed need_live(const State& state);
// The session runs or is paused: NOT_LIVE in DRAFT, CLOSED in CLOSING and CLOSED.
Allowed need_open(const State& state);
// Not closed: CLOSED in CLOSING and CLOSED. decide() asks this for every command of the
// proceedings.
Allowed need_not_closed(const State& state);
// Whether the session runs as drafted: a decision may change the phase, and clocks with it.
bool is_live(const Draft& draft);

}  // namespace plenary::core
