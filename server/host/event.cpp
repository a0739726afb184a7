#include "host/event.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace plenary::host {

namespace asio = boost::asio;

Event::Event(asio::io_context& context) : timer_(context, asio::steady_timer::time_point::max()) {}

void Event::set() {
  set_ = true;
  timer_.cancel();
}

asio::awaitable<void> Event::wait() {
  while (!set_) {
    boost::system::error_code cancelled;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  }
}

}  // namespace plenary::host
