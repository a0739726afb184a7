// Bounds of logs and figures, with what happens at them.
#pragma once

#include <cstddef>

namespace plenary::observe {

inline constexpr std::size_t kMaxValueBytes = 500;  // of one value in a line of the log; cut
inline constexpr std::size_t kMaxLabelValues = 64;  // of one figure; further ones are "other"

}  // namespace plenary::observe
