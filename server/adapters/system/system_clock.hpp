// The machine's time. server_now_ms() starts at the wall clock and never goes back or jumps
// (slewed_time.hpp); its even clock runs on while the machine sleeps. Threading: any.
#pragma once

#include <mutex>

#include "adapters/system/slewed_time.hpp"
#include "ports/clock.hpp"

namespace plenary::adapters {

class SystemClock final : public ports::Clock {
 public:
  SystemClock();
  std::int64_t server_now_ms() const override;
  std::int64_t steady_ms() const override;

 private:
  mutable std::mutex mutex_;
  mutable SlewedTime time_;
};

}  // namespace plenary::adapters
