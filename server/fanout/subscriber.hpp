// What the fan-out knows of a connection. The gateway derives its WebSocket connection from it.
//
// Ownership: shards hold it by shared_ptr from attach to detach. Threading: every member is called
// on, and must be used from, the connection's own io_context.
#pragma once

#include <cstddef>
#include <string>

#include "fanout/outbox.hpp"

namespace plenary::fanout {

class Subscriber {
 public:
  virtual ~Subscriber() = default;

  // There is something to send: try one non-blocking write, and wait for writability if it did not
  // all go. Whoever finds outbox().fell_behind() (here, or after a write) asks its host once:
  // needs_view().
  virtual void wake() = 0;
  // Say Bye and close with its code, after what is already in the queue.
  virtual void close(const plenary::v1::Bye& bye) = 0;

  Outbox& outbox() { return outbox_; }
  std::size_t core() const { return core_; }  // index of its io_context in the CoreSet

 protected:
  explicit Subscriber(std::size_t core) : core_(core) {}

 private:
  Outbox outbox_;
  std::size_t core_;
};

}  // namespace plenary::fanout
