// What time does: ticks while somebody is here, deadlines of the session, snapshots, and the end.
#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <utility>

#include "core/apply.hpp"
#include "host/actor.hpp"
#include "host/limits.hpp"
#include "host/spawn.hpp"

namespace plenary::host {

namespace {

constexpr std::int64_t kTickMs = 1'000;
// Timers follow a steady clock and deadlines the server's time: so they are looked at again now and
// then.
constexpr std::int64_t kLookAgainMs = 60'000;

std::uint64_t fnv(std::string_view text, std::uint64_t hash) {
  for (const char byte : text)
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  return hash;
}

v1::Actor system_actor() {
  v1::Actor actor;
  actor.set_kind(v1::ACTOR_KIND_SYSTEM);
  return actor;
}

}  // namespace

std::string deadline_command_id(const v1::Command& command, std::int64_t at_ms) {
  const std::string text = command.SerializeAsString() + '@' + std::to_string(at_ms);
  std::string id;
  for (const std::uint64_t start : {0xcbf29ce484222325u, 0x6c62272e07bb0142u}) {
    const std::uint64_t hash = fnv(text, start);
    for (int i = 0; i < 8; ++i)
      id.push_back(static_cast<char>((hash >> (8 * i)) & 0xFF));
  }
  return id;
}

fanout::Timers::Handle Actor::after(std::int64_t delay_ms, void (*step)(Actor&)) {
  const std::int64_t delay_us = std::max<std::int64_t>(delay_ms, 0) * 1'000;
  return surroundings_->timers->after(home_, delay_us, [weak = weak_from_this(), step] {
    if (const auto self = weak.lock()) step(*self);
  });
}

void Actor::arm_tick() {
  if (tick_timer_ || phase_ != Phase::running) return;
  tick_timer_ = after(kTickMs, [](Actor& self) {
    self.tick_timer_ = nullptr;
    self.tick();
  });
}

void Actor::tick() {
  {
    Outgoing outgoing(shards_);
    begin_sweep();
    send_presence(outgoing);
  }
  note_seen();
  save_if_due();
  if (!readers_.empty()) {
    want_read_ = true;  // hints may be lost; the head is not
    kick();
  }
  if (!readers_.empty() || presence_.has_leaving()) arm_tick();
}

// Attendance is a record, presence is none: at most one a minute.
void Actor::note_seen() {
  if (steady_ms() < seen_next_ms_) return;
  v1::Command command;
  const auto seen =
      presence_.take_seen(sequencer_.state(), now_ms() - kSeenStaleMs, kMaxSeenInRecord);
  if (seen.empty()) return;
  seen_next_ms_ = steady_ms() + kNoteSeenEveryMs;
  for (const std::string& person_id : seen)
    command.mutable_note_seen()->add_person_ids(person_id);
  const auto id = surroundings_->ports.ids.next();
  take(system_actor(), std::string(id.begin(), id.end()), std::move(command), false, {});
}

// ---- deadlines

void Actor::arm_deadline() {
  const core::Deadline deadline = core::next_deadline(sequencer_.state());
  deadline_ms_ = deadline.at_ms;
  deadline_timer_ = nullptr;
  if (deadline.at_ms == 0) return;
  const std::int64_t wait_ms = std::min(deadline.at_ms - now_ms(), kLookAgainMs);
  deadline_timer_ = after(wait_ms, [](Actor& self) { self.on_deadline(); });
}

void Actor::on_deadline() {
  const core::Deadline deadline = core::next_deadline(sequencer_.state());
  if (phase_ != Phase::running) return;
  if (deadline.at_ms == 0 || deadline.at_ms > now_ms()) return arm_deadline();
  if (deadline.remove) {
    // If the log is away it is tried again; once it is done there is nobody here to be called.
    deadline_timer_ = after(kLookAgainMs, [](Actor& self) { self.on_deadline(); });
    surroundings_->remove(session_id_);
    return;
  }
  // One that was refused, or met a log that was away, is tried again, but not in a circle.
  take(system_actor(), deadline_command_id(deadline.command, deadline.at_ms), deadline.command,
       false, {});
  deadline_timer_ = after(kLookAgainMs, [](Actor& self) { self.on_deadline(); });
}

asio::awaitable<std::int64_t> Actor::deadline_ms() {
  return spawn_at(home_, [self = shared_from_this()]() -> asio::awaitable<std::int64_t> {
    co_return self->deadline_ms_;
  });
}

// ---- snapshots of the state

void Actor::save_if_due() {
  const std::uint64_t records = sequencer_.head().seq - snapshot_seq_;
  const std::int64_t since_ms = steady_ms() - snapshot_at_ms_;
  const bool many = records >= kSnapshotAfterRecords && since_ms >= kSnapshotEveryMs;
  if (saving_ || records == 0 || (!many && since_ms < kSnapshotAfterMs)) return;
  asio::co_spawn(
      home_, [self = shared_from_this()] { return self->save_snapshot(); }, asio::detached);
}

v1::Snapshot Actor::make_snapshot() const {
  v1::Snapshot snapshot;
  *snapshot.mutable_position() = to_message(sequencer_.head());
  snapshot.set_at_ms(sequencer_.head_at_ms());
  snapshot.set_reader_version(core::kReaderVersion);
  core::append_entities(sequencer_.state(), snapshot);
  sequencer_.repeats().save(snapshot);
  return snapshot;
}

asio::awaitable<void> Actor::save_snapshot() {
  const auto self = shared_from_this();
  if (saving_ || sequencer_.head().seq == snapshot_seq_) co_return;
  saving_ = true;
  const ports::Position position = sequencer_.head();
  auto saved =
      co_await log().save_snapshot(stream_, {position, make_snapshot().SerializeAsString()});
  saving_ = false;
  snapshot_at_ms_ = steady_ms();
  if (std::get_if<ports::Unavailable>(&saved) != nullptr) co_return;  // with the next records
  snapshot_seq_ = position.seq;
  count(metrics().snapshots_saved);
}

asio::awaitable<void> Actor::save() {
  return spawn_at(home_, [self = shared_from_this()]() -> asio::awaitable<void> {
    if (self->phase_ == Phase::running || self->phase_ == Phase::draining) {
      co_await self->save_snapshot();
    }
  });
}

// ---- the end

bool Actor::is_idle_since(std::int64_t steady) const {
  return reader_count_ == 0 && active_at_ms_ <= steady;
}

asio::awaitable<void> Actor::drain(std::int64_t spread_ms) {
  return spawn_at(home_, [self = shared_from_this(), spread_ms]() -> asio::awaitable<void> {
    if (self->phase_ != Phase::running) co_return;
    self->phase_ = Phase::draining;  // what comes now is refused; what waits is carried out
    if (self->pumping_) {
      auto idle = std::make_shared<Event>(self->home_);
      self->idle_waiters_.push_back(idle);
      co_await idle->wait();
    }
    if (self->phase_ != Phase::draining) co_return;
    {
      Outgoing outgoing(self->shards_);
      self->flush(outgoing);
    }
    self->close_all(CloseCode::restarting, spread_ms);
    co_await self->save_snapshot();
    self->end(CloseCode::restarting);
  });
}

}  // namespace plenary::host
