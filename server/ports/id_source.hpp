// Randomness, passed in. Unpredictable in production (ids of sessions and invitations are hard to
// guess), seeded in tests. Threading: any thread.
#pragma once

#include <array>
#include <cstdint>

namespace plenary::ports {

using Id = std::array<std::uint8_t, 16>;

class IdSource {
 public:
  virtual ~IdSource() = default;
  virtual Id next() = 0;
};

}  // namespace plenary::ports
