// A hand that would go up: whose it is, of which kind, in which queue (Q3, Q7, Q16, Q17, P6).
#pragma once

#include <expected>

#include "core/decide.hpp"

namespace plenary::core {

// The request that the command asks for, checked, without id, place and time; refused otherwise.
// Whether the queue takes anything new is not asked here.
std::expected<v1::Request, v1::Refusal> new_request(const State& state,
                                                    const v1::RequestFloor& command,
                                                    const Context& context);

}  // namespace plenary::core
