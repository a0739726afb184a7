// Time that never goes back: an even clock, drawn slowly towards the wall clock.
//
// Why: clocks and deadlines of a meeting must not jump when somebody sets the machine's time or NTP
// steps it. So the wall clock is read once, at the start; from then on the even clock counts, and
// one hundredth of its advance at most corrects the difference to the wall clock (600 ms a minute).
// Purpose: pure, so that it can be tested without waiting. Units: microseconds. Threading: guard
// it.
#pragma once

#include <algorithm>
#include <cstdint>

namespace plenary::adapters {

class SlewedTime {
 public:
  SlewedTime(std::int64_t wall_us, std::int64_t even_us) : even_us_(even_us), now_us_(wall_us) {}

  std::int64_t advance(std::int64_t wall_us, std::int64_t even_us) {
    const std::int64_t elapsed = std::max<std::int64_t>(0, even_us - even_us_);
    even_us_ += elapsed;
    now_us_ += elapsed;
    // What does not make a whole microsecond is carried, or calls in quick succession would never
    // slew.
    allowance_ += elapsed;
    const std::int64_t most = allowance_ / kSlewDivisor;
    allowance_ %= kSlewDivisor;
    now_us_ += std::clamp(wall_us - now_us_, -most, most);
    return now_us_;
  }

 private:
  static constexpr std::int64_t kSlewDivisor = 100;
  std::int64_t even_us_;
  std::int64_t now_us_;
  std::int64_t allowance_ = 0;
};

}  // namespace plenary::adapters
