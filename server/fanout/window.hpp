// An append-only window of frames for one audience of one session on one core. A subscriber is a
// cursor in it. What falls out at the old end is gone for cursors that have not passed it: they get
// a snapshot.
//
// Bounds:    kWindowFrames frames or kWindowBytes bytes, whichever comes first (fanout/limits.hpp).
// Threading: belongs to its core's io_context.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

#include "fanout/frame.hpp"

namespace plenary::fanout {

class Window {
 public:
  Window(std::size_t max_frames, std::size_t max_bytes);

  void append(Frame frame);
  // Begins anew: these frames, numbered from `first` on. Cursors into it are to be attached again.
  void restart(std::uint64_t first, std::deque<Frame> frames);

  // Frames first() .. end()-1 are here; a cursor at end() waits for the next one.
  std::uint64_t first() const { return first_; }
  std::uint64_t end() const { return first_ + frames_.size(); }
  const Frame& at(std::uint64_t index) const { return frames_[index - first_]; }
  const std::deque<Frame>& frames() const { return frames_; }

 private:
  std::size_t max_frames_;
  std::size_t max_bytes_;
  std::size_t bytes_ = 0;
  std::uint64_t first_ = 0;
  std::deque<Frame> frames_;
};

}  // namespace plenary::fanout
