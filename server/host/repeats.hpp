// What has been done already: (actor, command id) → where, for 10 minutes of record time. It
// follows from the records alone, so that every instance that has read the same log knows the same
// repeats.
//
// Bounds: kMaxRepeatsOfPerson, kept by whoever decides (full()); nothing is evicted before its
// time. Threading: belongs to its session's home.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "plenary/v1/records.pb.h"
#include "ports/event_log.hpp"

namespace plenary::host {

namespace v1 = ::plenary::v1;

// The scope of a command id: the person, or "system", "organizer", "edge".
std::string actor_key(const v1::Actor& actor);

class Repeats {
 public:
  struct Done {
    ports::Position position;
    std::string created_id;
  };

  const Done* find(std::string_view actor, std::string_view command_id) const;
  // How many of this actor are kept.
  std::size_t of(std::string_view actor) const;
  std::size_t size() const { return done_.size(); }

  void note(const v1::Record& record);  // in the order of the records
  void save(v1::Snapshot& snapshot) const;
  void load(const v1::Snapshot& snapshot);

 private:
  struct Kept {
    std::int64_t at_ms = 0;
    std::string actor;
    std::string command_id;
  };
  void keep(Kept kept, Done done);
  void expire(std::int64_t now_ms);

  std::unordered_map<std::string, Done> done_;  // by actor and command id
  std::unordered_map<std::string, std::size_t> count_;
  std::deque<Kept> order_;  // oldest first
};

}  // namespace plenary::host
