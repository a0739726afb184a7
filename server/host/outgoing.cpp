#include "host/outgoing.hpp"

#include <boost/asio/post.hpp>
#include <utility>

namespace plenary::host {

using fanout::Feed;
using fanout::Frame;
using fanout::SubscriberPointer;

Shards::Shards(CoreSet& cores, fanout::Timers& timers)
    : cores_(cores), timers_(timers), slots_(cores.size()) {}

template <typename Task>
void Shards::post(std::size_t core, Task task) {
  // The task holds the shard, so that the last one lets go of it on its own core.
  boost::asio::post(cores_.at(core),
                    [shard = shard_of(core), task = std::move(task)]() mutable { task(*shard); });
}

Shards::~Shards() {
  for (std::size_t core = 0; core < slots_.size(); ++core) {
    if (slots_[core].shard) post(core, [](fanout::Shard&) {});
  }
}

const std::shared_ptr<fanout::Shard>& Shards::shard_of(std::size_t core) {
  Slot& slot = slots_[core];
  if (!slot.shard) slot.shard = std::make_shared<fanout::Shard>(cores_.at(core), timers_);
  return slot.shard;
}

bool Shards::add_reader(std::size_t core) {
  return slots_[core].readers++ == 0;
}

void Shards::restart(std::size_t core, Feed feed, const fanout::Window& window) {
  post(core, [feed, first = window.first(), frames = window.frames()](
                 fanout::Shard& shard) mutable { shard.restart(feed, first, std::move(frames)); });
}

void Shards::deliver(std::size_t core, fanout::Delivery delivery) {
  post(core, [delivery = std::move(delivery)](fanout::Shard& shard) mutable {
    shard.deliver(std::move(delivery));
  });
}

void Shards::attach(fanout::Attachment attachment) {
  const std::size_t core = attachment.subscriber->core();
  post(core,
       [attachment = std::move(attachment)](fanout::Shard& shard) { shard.attach(attachment); });
}

void Shards::detach(const SubscriberPointer& subscriber) {
  post(subscriber->core(), [subscriber](fanout::Shard& shard) { shard.detach(subscriber); });
}

void Shards::close(const SubscriberPointer& subscriber, v1::Bye bye) {
  post(subscriber->core(),
       [subscriber, bye = std::move(bye)](fanout::Shard& shard) { shard.close(subscriber, bye); });
}

void Outgoing::own(const SubscriberPointer& subscriber, Frame frame) {
  deliveries_[subscriber->core()].own.push_back({subscriber, std::move(frame)});
}

void Outgoing::value(const SubscriberPointer& subscriber, fanout::Slot slot, Frame frame) {
  deliveries_[subscriber->core()].values.push_back({subscriber, slot, std::move(frame)});
}

void Outgoing::change(Feed feed, const Frame& frame) {
  for (std::size_t core = 0; core < deliveries_.size(); ++core) {
    if (shards_.has_readers(core)) deliveries_[core].changes[index_of(feed)].push_back(frame);
  }
}

void Outgoing::snapshot(Feed feed, const Frame& frame) {
  for (std::size_t core = 0; core < deliveries_.size(); ++core) {
    if (shards_.has_readers(core)) deliveries_[core].snapshots[index_of(feed)] = frame;
  }
}

void Outgoing::presence(Feed feed, const Frame& frame) {
  for (std::size_t core = 0; core < deliveries_.size(); ++core) {
    if (shards_.has_readers(core)) deliveries_[core].presence[index_of(feed)] = frame;
  }
}

void Outgoing::send() {
  for (std::size_t core = 0; core < deliveries_.size(); ++core) {
    if (deliveries_[core].empty()) continue;
    shards_.deliver(core, std::exchange(deliveries_[core], {}));
  }
}

}  // namespace plenary::host
