#include "fanout/window.hpp"

#include <cassert>
#include <utility>

namespace plenary::fanout {

Window::Window(std::size_t max_frames, std::size_t max_bytes)
    : max_frames_(max_frames), max_bytes_(max_bytes) {
  assert(max_frames > 0);
}

void Window::append(Frame frame) {
  assert(frame);
  bytes_ += frame->size();
  frames_.push_back(std::move(frame));
  // The newest frame stays whatever its size: without it nobody could ever be up to date.
  while (frames_.size() > 1 && (frames_.size() > max_frames_ || bytes_ > max_bytes_)) {
    bytes_ -= frames_.front()->size();
    frames_.pop_front();
    ++first_;
  }
}

void Window::restart(std::uint64_t first, std::deque<Frame> frames) {
  first_ = first;
  bytes_ = 0;
  frames_ = std::move(frames);
  for (const Frame& frame : frames_)
    bytes_ += frame->size();
}

}  // namespace plenary::fanout
