// Random ids from the kernel (getrandom), fetched a page at a time. Threading: any. Errors: a
// kernel without randomness ends the process, since ids that can be guessed would be worse.
#pragma once

#include <cstddef>
#include <mutex>

#include "ports/id_source.hpp"

namespace plenary::adapters {

class SystemIdSource final : public ports::IdSource {
 public:
  std::array<std::uint8_t, 16> next() override;

 private:
  std::mutex mutex_;
  std::array<std::uint8_t, 4096> pool_{};
  std::size_t used_ = sizeof(pool_);
};

}  // namespace plenary::adapters
