// Coming back with a return pass (P7): a part of EnterSession.
#pragma once

#include <expected>

#include "core/decide.hpp"

namespace plenary::core {

// The person whose pass it is has one device more, or, if the pass says so, this one alone. The
// browser's key leads to that person from now on, unless it is known to be somebody else's already.
// Using the pass again with the same key is the same return: its answer may have been lost.
std::expected<Decision, v1::Refusal> come_back(const State& state, const v1::EnterSession& command,
                                               const Context& context);

}  // namespace plenary::core
