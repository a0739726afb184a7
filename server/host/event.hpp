// Something that happens once, and that coroutines wait for. Threading: its context's thread alone.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace plenary::host {

class Event {
 public:
  explicit Event(boost::asio::io_context& context);
  bool is_set() const { return set_; }
  void set();
  boost::asio::awaitable<void> wait();

 private:
  boost::asio::steady_timer timer_;  // never expires; its cancellation is the signal
  bool set_ = false;
};

}  // namespace plenary::host
