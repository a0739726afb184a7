// Bounds that every log keeps, with what happens at them.
#pragma once

#include <cstddef>

namespace plenary::ports {

// A Conflict brings at most this many missed records, the oldest; whoever applies them and appends
// again is told the next ones.
inline constexpr std::size_t kMaxMissedRecords = 1'000;

// A page of read() holds at most this many records, whatever limit was asked for.
inline constexpr std::size_t kMaxPageRecords = 10'000;

}  // namespace plenary::ports
