// All that one connection has still to send, in the order in which it goes out, one whole frame at
// a time. No I/O: the frame gate writes what gather() shows and says with consumed() how much the
// socket took.
//
// Sources, at every frame boundary in this order:
//   1. frames of its own: welcome, snapshot, replies, answers, Bye (a queue; see limits.hpp)
//   2. slots, each holding the newest value only: personal view, presence, heartbeat
//   3. the shared window, from its cursor to the end
// A frame of which a part is out is held until it is out whole, even if the window has moved on.
//
// Memory:    nothing per message that waits in the window: a slow reader costs its cursor (C4). An
//            idle outbox holds no memory beside itself.
// Threading: belongs to its connection's io_context.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "fanout/frame.hpp"
#include "fanout/window.hpp"

namespace plenary::fanout {

enum class Slot : std::uint8_t { personal, presence, heartbeat };

class Outbox {
 public:
  void push(Frame frame);
  void set(Slot slot, Frame frame);

  // From now on frames of `window` from `index` on follow. The window must outlive the outbox or
  // detach().
  void attach(const Window& window, std::uint64_t index);
  void detach();
  bool attached() const { return window_ != nullptr; }

  // The window has moved past the cursor: what was missed is gone, and a snapshot is needed.
  bool fell_behind() const { return window_ != nullptr && cursor_ < window_->first(); }

  // Forgets all that has not begun to go out: own frames, slots, and the window. For a connection
  // that is closed: its Bye is then the next whole frame.
  void drop_unsent();
  // Whether this very frame is still to be sent, or is being sent.
  bool holds(const Frame& frame) const;

  bool empty() const;                                // nothing to write now
  bool inside_frame() const { return offset_ > 0; }  // a part of a frame is out, the rest not
  std::size_t frames_waiting() const { return queue_.size(); }

  // Shows what to write next, in at most buffers.size() pieces; returns how many. Does not change
  // what is sent, but fixes the order of what it showed until consumed() is called; until then the
  // bytes shown stay where they are, whatever is pushed, set or detached.
  std::size_t gather(std::span<boost::asio::const_buffer> buffers);
  // The first `bytes` of what was shown are out; the rest is to be shown again (0: the socket took
  // nothing).
  void consumed(std::size_t bytes);

 private:
  enum class Source : std::uint8_t { partial, queue, personal, presence, heartbeat, window };
  struct Shown {
    Frame frame;
    Source source;
  };
  void show(const Frame& frame, Source source) { shown_.push_back({frame, source}); }
  void plan(std::size_t limit);
  // The frame has left its source: wholly, or into partial_.
  void take(const Shown& shown);

  const Window* window_ = nullptr;
  std::uint64_t cursor_ = 0;
  std::uint32_t attachment_ = 0;        // counts attach() and detach(): was it the same window?
  std::uint32_t shown_attachment_ = 0;  // when gather() showed
  Frame partial_;                       // its first offset_ bytes are out
  std::size_t offset_ = 0;
  std::vector<Frame> queue_;  // short (limits.hpp), so that taking from its front is cheap
  std::array<Frame, 3> slots_;
  // Between gather() and consumed(). In most writes one frame, which takes no allocation.
  boost::container::small_vector<Shown, 1> shown_;
};

}  // namespace plenary::fanout
