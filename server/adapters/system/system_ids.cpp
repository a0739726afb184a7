#include "adapters/system/system_ids.hpp"

#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace plenary::adapters {

namespace {

void fill(std::uint8_t* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t got = getrandom(bytes, count, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      std::fputs("getrandom failed: no randomness, no ids\n", stderr);
      std::abort();
    }
    bytes += got;
    count -= static_cast<std::size_t>(got);
  }
}

}  // namespace

std::array<std::uint8_t, 16> SystemIdSource::next() {
  const std::scoped_lock lock(mutex_);
  if (used_ + 16 > pool_.size()) {
    fill(pool_.data(), pool_.size());
    used_ = 0;
  }
  std::array<std::uint8_t, 16> id{};
  std::copy_n(pool_.begin() + static_cast<std::ptrdiff_t>(used_), id.size(), id.begin());
  std::fill_n(pool_.begin() + static_cast<std::ptrdiff_t>(used_), id.size(), std::uint8_t{0});
  used_ += id.size();
  return id;
}

}  // namespace plenary::adapters
