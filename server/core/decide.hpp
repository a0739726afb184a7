// decide(): may this be done, and what would it change? The one entry to all rules of the product.
//
// Pure: the same state, command and context give the same answer. Neither throws nor blocks; memory
// is bounded by the command, which the gateway has limited in size, and by core/limits.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <set>
#include <string>

#include "core/state.hpp"
#include "plenary/v1/commands.pb.h"
#include "plenary/v1/wire.pb.h"

namespace plenary::core {

// Everything that a decision may depend on beside the state.
struct Context {
  std::int64_t now_ms = 0;  // server time; never before that of the last record
  v1::Actor actor;
  // Ids of what the command makes follow from this (the record's own random id), so that a decision
  // repeats.
  std::array<std::uint8_t, 16> seed{};
  // The IANA zone names that this machine knows; not owned. nullptr: any well-formed name is taken.
  const std::set<std::string, std::less<>>* zones = nullptr;
};

struct Decision {
  v1::Changes changes;
  std::string created_id;  // the one thing that the command made; else ""
};

// An accepted command that changes nothing (a repeat of what is so already, where that is no error)
// has empty changes, and gets no record.
std::expected<Decision, v1::Refusal> decide(const State& state, const v1::Command& command,
                                            const Context& context);

}  // namespace plenary::core
