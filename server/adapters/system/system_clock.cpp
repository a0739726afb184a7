#include "adapters/system/system_clock.hpp"

#include <time.h>

namespace plenary::adapters {

namespace {

std::int64_t microseconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1'000;
}

}  // namespace

SystemClock::SystemClock() : time_(microseconds(CLOCK_REALTIME), microseconds(CLOCK_BOOTTIME)) {}

std::int64_t SystemClock::server_now_ms() const {
  const std::scoped_lock lock(mutex_);
  return time_.advance(microseconds(CLOCK_REALTIME), microseconds(CLOCK_BOOTTIME)) / 1'000;
}

std::int64_t SystemClock::steady_ms() const {
  return microseconds(CLOCK_MONOTONIC) / 1'000;
}

}  // namespace plenary::adapters
