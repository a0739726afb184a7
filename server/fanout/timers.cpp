#include "fanout/timers.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <utility>

#include "fanout/limits.hpp"

namespace plenary::fanout {

namespace {

struct Waiting {
  explicit Waiting(boost::asio::io_context& context) : timer(context) {}
  boost::asio::steady_timer timer;
  std::function<void()> action;  // empty once cancelled or run
};

}  // namespace

Timers::Handle AsioTimers::after(boost::asio::io_context& context, std::int64_t delay_us,
                                 std::function<void()> action) {
  auto waiting = std::make_shared<Waiting>(context);
  waiting->action = std::move(action);
  waiting->timer.expires_after(std::chrono::microseconds(std::max<std::int64_t>(delay_us, 0)));
  waiting->timer.async_wait([waiting](const boost::system::error_code&) {
    // An expiry may already have been on its way when the handle was dropped: then it is empty.
    if (auto run = std::exchange(waiting->action, nullptr)) run();
  });
  return Handle(waiting.get(), [waiting](void*) {
    waiting->action = nullptr;
    waiting->timer.cancel();
  });
}

std::int64_t AsioTimers::now_us() const {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(since).count();
}

std::int64_t Pacer::delay_us(std::int64_t now_us) const {
  return std::max<std::int64_t>(next_us_ - now_us, 0);
}

void Pacer::worked(std::int64_t took_us, std::int64_t ended_us) {
  next_us_ = ended_us + std::min(took_us, kMaxPauseUs);
}

}  // namespace plenary::fanout
