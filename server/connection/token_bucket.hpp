// A token bucket: `burst` at once, `per_second` in the long run. A value; time is passed in.
#pragma once

#include <algorithm>
#include <cstdint>

namespace plenary::connection {

class TokenBucket {
 public:
  TokenBucket() = default;
  TokenBucket(double burst, std::int64_t now_ms)
      : tokens_(static_cast<float>(burst)), at_ms_(now_ms) {}

  // Takes one if there is one.
  bool take(double per_second, double burst, std::int64_t now_ms) {
    refill(per_second, burst, now_ms);
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
  }

  // Nothing was taken for so long that a new bucket would be the same.
  bool full(double per_second, double burst, std::int64_t now_ms) {
    refill(per_second, burst, now_ms);
    return tokens_ >= static_cast<float>(burst);
  }

 private:
  void refill(double per_second, double burst, std::int64_t now_ms) {
    const std::int64_t passed_ms = std::max<std::int64_t>(0, now_ms - at_ms_);
    const double refilled = tokens_ + static_cast<double>(passed_ms) * per_second / 1000;
    tokens_ = static_cast<float>(std::min(burst, refilled));
    at_ms_ = now_ms;
  }

  float tokens_ = 0;
  std::int64_t at_ms_ = 0;
};

}  // namespace plenary::connection
