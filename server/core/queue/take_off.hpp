// An entry leaves the queue without having spoken, and can be put back (Q15).
#pragma once

#include <cstdint>

#include "core/decide.hpp"

namespace plenary::core {

// undo_within_ms: how long that can be taken back; 0 until the next act on the same entry.
Decision take_off(const State& state, const Context& context, const v1::Request& request,
                  v1::ActKind kind, std::int64_t undo_within_ms = 0);

}  // namespace plenary::core
