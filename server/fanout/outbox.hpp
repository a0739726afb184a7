// All that one connection has still to send, in the order in which it goes out, one whole frame at a time. No I/O:
// the frame gate writes what gather() shows and says with consumed() how much the socket took.
//
// Sources, at every frame boundary in this order:
//   1. frames of its own: welcome, snapshot, replies, answers, Bye            (a queue; see limits.hpp)
//   2. slots, each holding the newest value only: personal view, presence, heartbeat
//   3. the shared window, from its cursor to the end
// A frame of which a part is out is held until it is out whole, even if the window has moved on.
//
// Memory:    nothing per message that waits in the window: a slow reader costs its cursor (C4).
// Threading: belongs to its connection's io_context.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>

#include "fanout/frame.hpp"
#include "fanout/window.hpp"

namespace plenary::fanout {

enum class Slot : std::uint8_t { personal, presence, heartbeat };

class Outbox {
 public:
  void push(Frame frame);
  void set(Slot slot, Frame frame);

  // From now on frames of `window` from `index` on follow. The window must outlive the outbox or detach().
  void attach(const Window& window, std::uint64_t index);
  void detach();
  bool attached() const { return window_ != nullptr; }

  // The window has moved past the cursor: what was missed is gone, and a snapshot is needed.
  bool fell_behind() const;

  bool empty() const;         // nothing to write now
  bool inside_frame() const;  // a part of a frame is out, the rest not
  std::size_t frames_waiting() const { return queue_.size(); }

  // Shows what to write next, in at most buffers.size() pieces; returns how many. Does not change what is sent,
  // but fixes the order of what it showed until consumed() is called.
  std::size_t gather(std::span<boost::asio::const_buffer> buffers);
  void consumed(std::size_t bytes);

 private:
  // (the owner of this file chooses the representation)
  const Window* window_ = nullptr;
  std::uint64_t cursor_ = 0;
  std::deque<Frame> queue_;
  std::array<Frame, 3> slots_;
};

}  // namespace plenary::fanout
