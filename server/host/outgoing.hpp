// What one step of a host sends, gathered by core, so that each core gets one task. Threading: the
// session's home.
#pragma once

#include <memory>
#include <vector>

#include "fanout/shard.hpp"
#include "host/core_set.hpp"

namespace plenary::host {

namespace v1 = ::plenary::v1;

// The shards of a session, made when a core gets its first reader.
class Shards {
 public:
  Shards(CoreSet& cores, fanout::Timers& timers);
  ~Shards();  // lets go of each on its own core
  Shards(const Shards&) = delete;
  Shards& operator=(const Shards&) = delete;

  std::size_t cores() const { return slots_.size(); }
  bool has_readers(std::size_t core) const { return slots_[core].readers > 0; }
  // Counts a reader; true if it is the first one there: its windows are to be restarted.
  bool add_reader(std::size_t core);
  void remove_reader(std::size_t core) { --slots_[core].readers; }

  void restart(std::size_t core, fanout::Feed feed, const fanout::Window& window);
  void deliver(std::size_t core, fanout::Delivery delivery);
  void attach(fanout::Attachment attachment);
  void detach(const fanout::SubscriberPointer& subscriber);
  void close(const fanout::SubscriberPointer& subscriber, v1::Bye bye);

 private:
  struct Slot {
    std::shared_ptr<fanout::Shard> shard;
    std::size_t readers = 0;
  };
  template <typename Task>
  void post(std::size_t core, Task task);
  const std::shared_ptr<fanout::Shard>& shard_of(std::size_t core);

  CoreSet& cores_;
  fanout::Timers& timers_;
  std::vector<Slot> slots_;
};

class Outgoing {
 public:
  explicit Outgoing(Shards& shards) : shards_(shards), deliveries_(shards.cores()) {}
  ~Outgoing() { send(); }
  Outgoing(const Outgoing&) = delete;
  Outgoing& operator=(const Outgoing&) = delete;

  void own(const fanout::SubscriberPointer& subscriber, fanout::Frame frame);
  void value(const fanout::SubscriberPointer& subscriber, fanout::Slot slot, fanout::Frame frame);
  // To every core that has readers.
  void change(fanout::Feed feed, const fanout::Frame& frame);
  void snapshot(fanout::Feed feed, const fanout::Frame& frame);
  void presence(fanout::Feed feed, const fanout::Frame& frame);
  void send();

 private:
  Shards& shards_;
  std::vector<fanout::Delivery> deliveries_;
};

}  // namespace plenary::host
