// Bounds of what is shown and answered, with what happens at them.
#pragma once

#include <cstddef>

namespace plenary::core {

inline constexpr int kEntriesInView = 50;  // of a room's queue; the rest is a number, and asked for
inline constexpr int kDefaultPage = 50;    // rows of an answer that names no number
inline constexpr int kMaxPage = 200;       // whatever was asked for
inline constexpr std::size_t kMaxMembersInAnswer = 200;  // of a delegation; the rest isn't listed

}  // namespace plenary::core
