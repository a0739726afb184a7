// Order keys (Q1). A hand gets its sequence, spaced widely; a move finds a number between its new
// neighbours, and where there is none left, the band is spaced anew.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/changes.hpp"

namespace plenary::core {

// Room for 24 moves in a row between the same two neighbours before a band is spaced anew.
inline constexpr std::int64_t kKeyStep = std::int64_t{1} << 24;

// The key of a hand that is raised with this sequence.
constexpr std::int64_t first_key(std::int64_t sequence) {
  return sequence * kKeyStep;
}

// Gives the entry the band of `before_id` and a key just before it. Both wait in the same queue.
// Returns the entry as it stood before, for the act that can undo it.
v1::Request place_before(Draft& draft, std::string_view request_id, std::string_view before_id);
// Likewise just behind `behind_id`, in its band.
v1::Request place_behind(Draft& draft, std::string_view request_id, std::string_view behind_id);

}  // namespace plenary::core
