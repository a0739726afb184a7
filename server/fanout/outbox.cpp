#include "fanout/outbox.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace plenary::fanout {

void Outbox::push(Frame frame) {
  assert(frame && !frame->empty());
  queue_.push_back(std::move(frame));
}

void Outbox::set(Slot slot, Frame frame) {
  assert(frame && !frame->empty());
  slots_[static_cast<std::size_t>(slot)] = std::move(frame);
}

void Outbox::attach(const Window& window, std::uint64_t index) {
  assert(index <= window.end());
  window_ = &window;
  cursor_ = index;
  ++attachment_;
}

void Outbox::detach() {
  window_ = nullptr;
  ++attachment_;
}

void Outbox::drop_unsent() {
  detach();
  // What gather() showed may be on its way: the queue's shown frames stay until consumed().
  std::size_t shown_of_queue = 0;
  for (const Shown& shown : shown_)
    shown_of_queue += shown.source == Source::queue ? 1 : 0;
  queue_.resize(std::min(queue_.size(), shown_of_queue));
  slots_ = {};
}

bool Outbox::holds(const Frame& frame) const {
  return partial_ == frame || std::find(queue_.begin(), queue_.end(), frame) != queue_.end();
}

bool Outbox::empty() const {
  if (partial_ || !queue_.empty()) return false;
  for (const Frame& slot : slots_) {
    if (slot) return false;
  }
  return window_ == nullptr || fell_behind() || cursor_ == window_->end();
}

void Outbox::plan(std::size_t limit) {
  if (partial_ && shown_.size() < limit) show(partial_, Source::partial);
  for (const Frame& frame : queue_) {
    if (shown_.size() == limit) return;
    show(frame, Source::queue);
  }
  for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
    if (shown_.size() == limit) return;
    const auto source = static_cast<Source>(static_cast<std::size_t>(Source::personal) + slot);
    if (slots_[slot]) show(slots_[slot], source);
  }
  if (window_ == nullptr || fell_behind()) return;
  for (std::uint64_t index = cursor_; index < window_->end() && shown_.size() < limit; ++index) {
    show(window_->at(index), Source::window);
  }
}

std::size_t Outbox::gather(std::span<boost::asio::const_buffer> buffers) {
  if (shown_.empty()) {
    plan(buffers.size());
    shown_attachment_ = attachment_;
  }
  const std::size_t count = std::min(buffers.size(), shown_.size());
  for (std::size_t i = 0; i < count; ++i) {
    buffers[i] = boost::asio::buffer(*shown_[i].frame);
    if (shown_[i].source == Source::partial) buffers[i] += offset_;
  }
  return count;
}

void Outbox::take(const Shown& shown) {
  switch (shown.source) {
    case Source::partial:
      break;
    case Source::queue:
      assert(!queue_.empty() && queue_.front() == shown.frame);
      queue_.erase(queue_.begin());
      break;
    case Source::personal:
    case Source::presence:
    case Source::heartbeat: {
      Frame& slot = slots_[static_cast<std::size_t>(shown.source) -
                           static_cast<std::size_t>(Source::personal)];
      if (slot == shown.frame) slot = nullptr;  // else a newer value came while this one was shown
      break;
    }
    case Source::window:
      // Where a snapshot has been put in between, the cursor is already where that one ends.
      if (shown_attachment_ == attachment_) ++cursor_;
      break;
  }
}

void Outbox::consumed(std::size_t bytes) {
  const auto shown = std::exchange(shown_, {});
  for (const Shown& each : shown) {
    if (bytes == 0) break;
    const std::size_t before = each.source == Source::partial ? offset_ : 0;
    const std::size_t left = each.frame->size() - before;
    take(each);
    if (bytes < left) {
      partial_ = each.frame;
      offset_ = before + bytes;
      bytes = 0;
      break;
    }
    bytes -= left;
    partial_ = nullptr;
    offset_ = 0;
  }
  assert(bytes == 0);  // more than was shown
  if (queue_.empty()) queue_ = {};
}

}  // namespace plenary::fanout
