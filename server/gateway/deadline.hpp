// A time by which what is under way on a socket must be done; else it is cancelled, and the socket
// stays open for an answer. (Beast's own stream with time-outs closes the socket, so nobody would
// learn why.)
// Ownership: beside its socket.
// Threading: the socket's io_context.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>

#include "gateway/frame_gate.hpp"

namespace plenary::gateway {

class Deadline {
 public:
  explicit Deadline(Socket& socket)
      : timer_(socket.get_executor()), state_(std::make_shared<State>(&socket)) {}
  ~Deadline() { state_->socket = nullptr; }
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  // Takes the place of the one before. expired() is false again.
  void set(std::int64_t within_ms) {
    state_->expired = false;
    const std::uint64_t number = ++state_->number;
    timer_.expires_after(std::chrono::milliseconds(within_ms));
    timer_.async_wait([state = state_, number](error_code error) {
      if (error || state->socket == nullptr || state->number != number) return;
      state->expired = true;
      error_code ignored;
      state->socket->cancel(ignored);
    });
  }
  void clear() {
    ++state_->number;
    timer_.cancel();
  }
  bool expired() const { return state_->expired; }

 private:
  struct State {
    explicit State(Socket* its_socket) : socket(its_socket) {}
    Socket* socket;
    std::uint64_t number = 0;
    bool expired = false;
  };

  boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                    boost::asio::wait_traits<std::chrono::steady_clock>,
                                    boost::asio::io_context::executor_type>
      timer_;
  std::shared_ptr<State> state_;
};

}  // namespace plenary::gateway
