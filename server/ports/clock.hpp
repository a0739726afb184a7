// Time, passed in. server_now_ms() is the time of records, clocks and views; it never goes back
// while the process lives. steady_ms() is for time-outs and rates; its zero means nothing.
// Threading: both may be called from any thread.
#pragma once

#include <cstdint>

namespace plenary::ports {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t server_now_ms() const = 0;
  virtual std::int64_t steady_ms() const = 0;
};

}  // namespace plenary::ports
