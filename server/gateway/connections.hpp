// The WebSocket connections of one core, and the clock that ticks them. Each is visited once a
// second, a tenth of them every 100 ms, so that heartbeats are spread and no core writes ten
// thousand at once.
// Threading: its core's io_context.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "fanout/frame.hpp"
#include "gateway/unheard.hpp"
#include "plenary/v1/wire.pb.h"

namespace plenary::gateway {

class WsConnection;
struct Services;

class Connections {
 public:
  // `state` is what `services` refers to; connections keep it alive through this.
  Connections(boost::asio::io_context& context, std::shared_ptr<const void> state,
              const Services& services, std::size_t core);

  void start();
  void stop();  // closes the sockets of those that are left

  void add(std::shared_ptr<WsConnection> connection);
  void remove(WsConnection& connection);
  std::size_t size() const { return connections_.size(); }
  void close_all(const plenary::v1::Bye& bye);

  // A heartbeat of this tick: made once, shared by all that are due.
  const fanout::Frame& heartbeat();

  // Added up here and told with the next tick: every write of every core on one cache line would
  // be felt.
  void count_written(std::size_t bytes, std::size_t frames) {
    bytes_written_ += bytes;
    frames_written_ += frames;
  }

  // Those of this core that have sent no byte, and WebSockets that have not said Hello.
  Unheard& silent() { return silent_; }
  Unheard& before_hello() { return before_hello_; }

  std::size_t core() const { return core_; }
  const Services& services() const { return services_; }
  boost::asio::io_context& context() { return context_; }

 private:
  void arm();
  void tick();

  boost::asio::io_context& context_;
  std::shared_ptr<const void> state_;
  const Services& services_;
  std::size_t core_;
  boost::asio::steady_timer timer_;
  Unheard silent_;
  Unheard before_hello_;
  std::vector<std::shared_ptr<WsConnection>> connections_;
  std::size_t next_slice_ = 0;
  fanout::Frame heartbeat_;
  std::uint64_t bytes_written_ = 0;
  std::uint64_t frames_written_ = 0;
  bool stopped_ = false;
};

}  // namespace plenary::gateway
