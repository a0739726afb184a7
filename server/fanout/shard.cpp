#include "fanout/shard.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <cassert>

#include "connection/close_codes.hpp"
#include "fanout/limits.hpp"

namespace plenary::fanout {

namespace {

bool wants_waking(Subscriber& subscriber) {
  return !subscriber.outbox().empty() || subscriber.outbox().fell_behind();
}

}  // namespace

bool Delivery::empty() const {
  const auto none = [](const Frame& frame) { return frame == nullptr; };
  const auto empty = [](const std::vector<Frame>& frames) { return frames.empty(); };
  return own.empty() && values.empty() && std::ranges::all_of(changes, empty) &&
         std::ranges::all_of(snapshots, none) && std::ranges::all_of(presence, none);
}

Shard::Shard(boost::asio::io_context& context, Timers& timers)
    : context_(context),
      timers_(timers),
      windows_{Window(kWindowFrames, kWindowBytes), Window(kWindowFrames, kWindowBytes),
               Window(kWindowFrames, kWindowBytes)} {}

void Shard::restart(Feed feed, std::uint64_t first, std::deque<Frame> frames) {
  assert(members_.empty());
  windows_[index_of(feed)].restart(first, std::move(frames));
}

Shard::Member* Shard::find(const SubscriberPointer& subscriber) {
  const auto found = places_.find(subscriber.get());
  return found == places_.end() ? nullptr : &members_[found->second];
}

void Shard::deliver(Delivery delivery) {
  bool flush_all = false;
  for (std::size_t feed = 0; feed < kFeeds; ++feed) {
    for (Frame& frame : delivery.changes[feed])
      windows_[feed].append(std::move(frame));
    if (!delivery.changes[feed].empty()) flush_all = true;
    if (delivery.snapshots[feed]) note_snapshot(static_cast<Feed>(feed), delivery.snapshots[feed]);
    if (!delivery.presence[feed]) continue;
    flush_all = true;
    for (const Member& member : members_) {
      if (index_of(member.feed) != feed) continue;
      member.subscriber->outbox().set(Slot::presence, delivery.presence[feed]);
    }
  }
  std::vector<SubscriberPointer> waiting;
  for (Delivery::Own& own : delivery.own) {
    if (find(own.subscriber) == nullptr) continue;  // it left meanwhile
    own.subscriber->outbox().push(std::move(own.frame));
    waiting.push_back(std::move(own.subscriber));
  }
  for (Delivery::Value& value : delivery.values) {
    if (find(value.subscriber) == nullptr) continue;
    value.subscriber->outbox().set(value.slot, std::move(value.frame));
    waiting.push_back(std::move(value.subscriber));
  }
  if (flush_all) need_flush();
  // Where a flush begins in the next turn anyway, one write carries both.
  if (flush_due_ && timer_ == nullptr) return;
  for (const SubscriberPointer& subscriber : waiting) {
    if (wants_waking(*subscriber)) subscriber->wake();
  }
}

void Shard::attach(const Attachment& attachment) {
  // First, as it may close readers, this one among them, and move the others.
  if (attachment.snapshot) note_snapshot(attachment.feed, attachment.snapshot);
  Member* member = find(attachment.subscriber);
  if (member == nullptr) {
    if (attachment.again) return;  // closed meanwhile: its Bye is on the way
    places_.emplace(attachment.subscriber.get(), members_.size());
    member = &members_.emplace_back(Member{attachment.subscriber, attachment.feed, {}});
  }
  member->feed = attachment.feed;
  Outbox& outbox = attachment.subscriber->outbox();
  if (attachment.before) outbox.push(attachment.before);
  if (attachment.snapshot) {
    member->snapshots.push_back(attachment.snapshot);
    outbox.push(attachment.snapshot);
  }
  const Window& window = windows_[index_of(attachment.feed)];
  outbox.attach(window, std::min(attachment.index, window.end()));
  attachment.subscriber->wake();
}

void Shard::detach(const SubscriberPointer& subscriber) {
  const auto found = places_.find(subscriber.get());
  if (found == places_.end()) return;
  subscriber->outbox().detach();
  forget(found->second);
}

void Shard::close(const SubscriberPointer& subscriber, const plenary::v1::Bye& bye) {
  const auto found = places_.find(subscriber.get());
  if (found != places_.end()) {
    subscriber->outbox().drop_unsent();
    forget(found->second);
  }
  subscriber->close(bye);
}

// Keeps a flush that goes on in several turns from passing anybody over: what is woken stays before
// next_.
void Shard::forget(std::size_t at) {
  const auto move = [this](std::size_t from, std::size_t to) {
    if (from == to) return;
    members_[to] = std::move(members_[from]);
    places_[members_[to].subscriber.get()] = to;
  };
  places_.erase(members_[at].subscriber.get());
  std::size_t hole = at;
  if (hole < next_) {
    move(next_ - 1, hole);
    hole = --next_;
  }
  move(members_.size() - 1, hole);
  members_.pop_back();
}

void Shard::note_snapshot(Feed feed, const Frame& snapshot) {
  std::deque<Frame>& alive = snapshots_[index_of(feed)];
  if (!alive.empty() && alive.back() == snapshot) return;
  alive.push_back(snapshot);
  if (alive.size() <= kMaxSnapshotsAlive) return;
  alive.pop_front();
  close_readers_of_old_snapshots(feed);
}

void Shard::close_readers_of_old_snapshots(Feed feed) {
  const std::deque<Frame>& alive = snapshots_[index_of(feed)];
  std::vector<SubscriberPointer> slow;
  for (Member& member : members_) {
    if (member.feed != feed) continue;
    const Outbox& outbox = member.subscriber->outbox();
    std::erase_if(member.snapshots, [&](const Frame& given) { return !outbox.holds(given); });
    const bool all_alive = std::ranges::all_of(member.snapshots, [&](const Frame& unread) {
      return std::ranges::find(alive, unread) != alive.end();
    });
    if (!all_alive) slow.push_back(member.subscriber);
  }
  for (const SubscriberPointer& subscriber : slow)
    close(subscriber, connection::make_bye(connection::CloseCode::slow));
}

void Shard::need_flush() {
  if (flush_due_) return;
  flush_due_ = true;
  if (flushing_) return;  // it starts the next one when it ends
  const std::int64_t delay_us = pacer_.delay_us(timers_.now_us());
  if (delay_us > 0) {
    timer_ = timers_.after(context_, delay_us, [weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->flush();
    });
    return;
  }
  boost::asio::post(context_, [self = shared_from_this()] { self->flush(); });
}

// Thousands of outboxes are in no cache; fetching one while others are written hides that.
void Shard::prefetch(std::size_t at) const {
  if (at >= members_.size()) return;
  const auto* lines = reinterpret_cast<const char*>(members_[at].subscriber.get());
  for (std::size_t line = 0; line < sizeof(Subscriber); line += 64)
    __builtin_prefetch(lines + line);
}

void Shard::flush() {
  if (!flushing_) {
    timer_ = nullptr;
    flush_due_ = false;
    flushing_ = true;
    next_ = 0;
    took_us_ = 0;
  }
  const std::int64_t begin_us = timers_.now_us();
  for (std::size_t woken = 0; woken < kWakesInTurn && next_ < members_.size(); ++woken) {
    prefetch(next_ + 2);
    const SubscriberPointer subscriber = members_[next_++].subscriber;
    if (wants_waking(*subscriber)) subscriber->wake();
  }
  const std::int64_t end_us = timers_.now_us();
  took_us_ += end_us - begin_us;
  if (next_ < members_.size()) {
    boost::asio::post(context_, [self = shared_from_this()] { self->flush(); });
    return;
  }
  flushing_ = false;
  next_ = 0;
  pacer_.worked(took_us_, end_us);
  if (flush_due_) {
    flush_due_ = false;
    need_flush();
  }
}

}  // namespace plenary::fanout
