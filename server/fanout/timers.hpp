// Waiting, passed in: what fan-out and hosts delay goes through here, so that tests drive it by
// hand.
//
// Ownership: outlives all that uses it. Dropping a handle cancels; do so on the context's own
//            thread (or when nothing runs it): then the action does not run any more.
// Threading: after() on the context's thread; now_us() on any.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>

namespace plenary::fanout {

class Timers {
 public:
  using Handle = std::shared_ptr<void>;
  virtual ~Timers() = default;
  // Runs `action` once, in a later turn of `context`, no sooner than `delay_us` from now.
  [[nodiscard]] virtual Handle after(boost::asio::io_context& context, std::int64_t delay_us,
                                     std::function<void()> action) = 0;
  // A steady clock; its zero means nothing.
  virtual std::int64_t now_us() const = 0;
};

// The real thing, over asio::steady_timer.
class AsioTimers final : public Timers {
 public:
  Handle after(boost::asio::io_context& context, std::int64_t delay_us,
               std::function<void()> action) override;
  std::int64_t now_us() const override;
};

// Paces repeated work: what took t is followed by the next no sooner than t later, at most
// kMaxPauseUs.
class Pacer {
 public:
  // How long to wait before the next piece of work may begin.
  std::int64_t delay_us(std::int64_t now_us) const;
  void worked(std::int64_t took_us, std::int64_t ended_us);

 private:
  std::int64_t next_us_ = 0;
};

}  // namespace plenary::fanout
