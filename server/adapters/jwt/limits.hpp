// Bounds of tokens, with what happens at them.
#pragma once

#include <cstddef>

namespace plenary::adapters {

inline constexpr std::size_t kMaxTokenBytes = 4 * 1024;  // longer is refused before it is decoded
inline constexpr std::size_t kMaxClaimBytes = 512;       // of one claim; longer is refused

}  // namespace plenary::adapters
