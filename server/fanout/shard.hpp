// One session on one core: the windows of its two feeds, and the subscribers that read them. The
// session's home posts here what it made, one task per core; the shard hands it out.
//
// Flushes:   append, then wake every subscriber that has something to send; a flush that took t is
//            followed by the next no sooner than t later (limits.hpp), so a burst coalesces in the
//            windows.
// Slow:      a reader that still holds a snapshot when two newer ones exist is closed (4002):
//            otherwise each slow reader would keep a whole view alive (C4).
// Ownership: shared by the home's tasks; holds subscribers from attach to detach.
// Threading: every member runs on the shard's io_context. Frames and indexes are the home's: all
//            shards of a session number them alike.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <deque>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fanout/frame.hpp"
#include "fanout/outbox.hpp"
#include "fanout/subscriber.hpp"
#include "fanout/timers.hpp"
#include "fanout/window.hpp"

namespace plenary::fanout {

// What a subscriber reads: the view of everyone, or that of staff.
enum class Feed : std::uint8_t { everyone, staff, waiting };
inline constexpr std::array kAllFeeds = {Feed::everyone, Feed::staff, Feed::waiting};
inline constexpr std::size_t kFeeds = kAllFeeds.size();
constexpr std::size_t index_of(Feed feed) {
  return static_cast<std::size_t>(feed);
}

using SubscriberPointer = std::shared_ptr<Subscriber>;

// What goes to one core at once.
struct Delivery {
  struct Own {
    SubscriberPointer subscriber;
    Frame frame;
  };
  struct Value {
    SubscriberPointer subscriber;
    Slot slot = Slot::personal;
    Frame frame;
  };
  std::array<std::vector<Frame>, kFeeds> changes;  // for the windows
  std::array<Frame, kFeeds> snapshots;  // made just now: counts those alive; sent by attach()
  std::array<Frame, kFeeds> presence;   // for the slot of every reader of the feed
  std::vector<Own> own;
  std::vector<Value> values;
  bool empty() const;
};

// How a subscriber begins to read, or begins again.
struct Attachment {
  SubscriberPointer subscriber;
  Feed feed = Feed::everyone;
  std::uint64_t index = 0;  // the first frame of the window that it gets
  Frame before;             // the welcome, if any: goes out first
  Frame snapshot;  // the shared one, if its view does not stand; then `index` is where that ends
  bool again = false;  // it reads already; nothing happens if it was closed meanwhile
};

class Shard : public std::enable_shared_from_this<Shard> {
 public:
  Shard(boost::asio::io_context& context, Timers& timers);

  // The windows as the home has them, for a core whose first reader comes now.
  void restart(Feed feed, std::uint64_t first, std::deque<Frame> frames);
  void deliver(Delivery delivery);
  void attach(const Attachment& attachment);
  void detach(const SubscriberPointer& subscriber);
  // Detaches, forgets what it had still to get, and closes.
  void close(const SubscriberPointer& subscriber, const plenary::v1::Bye& bye);

  std::size_t subscribers() const { return members_.size(); }

 private:
  struct Member {
    SubscriberPointer subscriber;
    Feed feed = Feed::everyone;
    std::vector<Frame> snapshots;  // that it was given; may be out long since
  };
  Member* find(const SubscriberPointer& subscriber);
  void forget(std::size_t at);
  void prefetch(std::size_t at) const;
  void note_snapshot(Feed feed, const Frame& snapshot);
  void close_readers_of_old_snapshots(Feed feed);
  void need_flush();
  void flush();

  boost::asio::io_context& context_;
  Timers& timers_;
  std::array<Window, kFeeds> windows_;
  std::array<std::deque<Frame>, kFeeds> snapshots_;  // the newest last, at most kMaxSnapshotsAlive
  std::vector<Member> members_;
  std::unordered_map<const Subscriber*, std::size_t> places_;  // in members_

  Pacer pacer_;
  Timers::Handle timer_;
  bool flush_due_ = false;    // a flush will begin
  bool flushing_ = false;     // one is going on, in several turns
  std::size_t next_ = 0;      // of the flush going on: members before it are woken
  std::int64_t took_us_ = 0;  // of the flush going on, so far
};

}  // namespace plenary::fanout
