#include "host/repeats.hpp"

#include <cassert>
#include <utility>

#include "host/limits.hpp"

namespace plenary::host {

namespace {

// A command id has a fixed length, so the two cannot run into each other.
std::string key(std::string_view actor, std::string_view command_id) {
  std::string joined(command_id);
  joined += '/';
  joined += actor;
  return joined;
}

}  // namespace

std::string actor_key(const v1::Actor& actor) {
  switch (actor.kind()) {
    case v1::ACTOR_KIND_SYSTEM:
      return "system";
    case v1::ACTOR_KIND_ORGANIZER:
      return "organizer";
    case v1::ACTOR_KIND_EDGE:
      return "edge";
    default:
      // A person's id cannot take one of the names above: the slash keeps them apart.
      return "person/" + actor.person_id();
  }
}

const Repeats::Done* Repeats::find(std::string_view actor, std::string_view command_id) const {
  const auto found = done_.find(key(actor, command_id));
  return found == done_.end() ? nullptr : &found->second;
}

std::size_t Repeats::of(std::string_view actor) const {
  const auto found = count_.find(std::string(actor));
  return found == count_.end() ? 0 : found->second;
}

void Repeats::note(const v1::Record& record) {
  expire(record.at_ms());
  if (record.command_id().empty()) return;
  keep({record.at_ms(), actor_key(record.actor()), record.command_id()},
       {{record.seq(), record.id()}, record.created_id()});
}

void Repeats::keep(Kept kept, Done done) {
  const bool first = done_.emplace(key(kept.actor, kept.command_id), std::move(done)).second;
  if (!first) return;  // a log that holds a command twice is answered with the first
  ++count_[kept.actor];
  order_.push_back(std::move(kept));
}

void Repeats::expire(std::int64_t now_ms) {
  while (!order_.empty() && order_.front().at_ms < now_ms - kRepeatsKeptMs) {
    const Kept& oldest = order_.front();
    done_.erase(key(oldest.actor, oldest.command_id));
    const auto count = count_.find(oldest.actor);
    assert(count != count_.end());
    if (--count->second == 0) count_.erase(count);
    order_.pop_front();
  }
}

void Repeats::save(v1::Snapshot& snapshot) const {
  for (const Kept& kept : order_) {
    const Done& done = done_.at(key(kept.actor, kept.command_id));
    v1::Repeat& repeat = *snapshot.add_repeats();
    repeat.set_actor(kept.actor);
    repeat.set_command_id(kept.command_id);
    repeat.mutable_position()->set_seq(done.position.seq);
    repeat.mutable_position()->set_id(done.position.id);
    repeat.set_at_ms(kept.at_ms);
    repeat.set_created_id(done.created_id);
  }
}

void Repeats::load(const v1::Snapshot& snapshot) {
  for (const v1::Repeat& repeat : snapshot.repeats()) {
    keep({repeat.at_ms(), repeat.actor(), repeat.command_id()},
         {{repeat.position().seq(), repeat.position().id()}, repeat.created_id()});
  }
}

}  // namespace plenary::host
