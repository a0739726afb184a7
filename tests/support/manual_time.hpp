// Time that stands until a test moves it: the clock and the timers of hosts under test.
// One thread; contexts are polled by the test.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include "fanout/timers.hpp"
#include "ports/clock.hpp"

namespace plenary::test {

class ManualTime final : public ports::Clock, public fanout::Timers {
 public:
  static constexpr std::int64_t kStartMs = 1'800'000'000'000;

  std::int64_t server_now_ms() const override { return kStartMs + now_us_ / 1'000; }
  std::int64_t steady_ms() const override { return 1'000'000 + now_us_ / 1'000; }
  std::int64_t now_us() const override { return now_us_; }

  Handle after(boost::asio::io_context& context, std::int64_t delay_us,
               std::function<void()> action) override {
    auto waiting = std::make_shared<Waiting>(Waiting{&context, std::move(action)});
    waiting_.emplace(now_us_ + delay_us, waiting);
    return Handle(waiting.get(), [waiting](void*) { waiting->action = nullptr; });
  }

  // Moves on, and in between runs what becomes due, in order. `settle` runs what is ready.
  template <typename Settle>
  void advance(std::int64_t by_ms, Settle settle) {
    const std::int64_t until_us = now_us_ + by_ms * 1'000;
    settle();
    while (!waiting_.empty() && waiting_.begin()->first <= until_us) {
      now_us_ = std::max(now_us_, waiting_.begin()->first);
      fire();
      settle();
    }
    now_us_ = until_us;
  }

  // The work of a flush takes time by this: makes pacing visible.
  void spend_us(std::int64_t us) { now_us_ += us; }

 private:
  struct Waiting {
    boost::asio::io_context* context;
    std::function<void()> action;  // empty once cancelled
  };

  void fire() {
    const auto waiting = waiting_.begin()->second;
    waiting_.erase(waiting_.begin());
    if (!waiting->action) return;
    boost::asio::post(*waiting->context, [waiting] {
      if (auto action = std::exchange(waiting->action, nullptr)) action();
    });
  }

  std::int64_t now_us_ = 0;
  std::multimap<std::int64_t, std::shared_ptr<Waiting>> waiting_;
};

}  // namespace plenary::test
