// How an actor begins: snapshot and records, once, however many wait for it.
#include <boost/asio/post.hpp>
#include <utility>

#include "core/apply.hpp"
#include "host/actor.hpp"
#include "host/limits.hpp"
#include "host/spawn.hpp"

namespace plenary::host {

asio::awaitable<Actor::Loaded> Actor::ready() {
  return spawn_at(home_, [self = shared_from_this()]() -> asio::awaitable<Loaded> {
    if (self->phase_ == Phase::fresh) {
      self->phase_ = Phase::loading;
      self->loaded_ = co_await self->load();
      self->begin();
      self->load_done_.set();
    } else {
      co_await self->load_done_.wait();
    }
    // A session that was not there may have been created since.
    const bool created = self->phase_ == Phase::running && self->sequencer_.state().exists();
    co_return created ? Loaded::yes : self->loaded_;
  });
}

asio::awaitable<Actor::Loaded> Actor::load() {
  // Followed before it is read: what comes in between is hinted at. The hint may come on any
  // thread.
  follow_ = log().follow(stream_, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) {
      asio::post(self->home_, [self] {
        self->want_read_ = true;
        self->kick();
      });
    }
  });
  bool use_snapshot = true;
  for (int attempt = 0; attempt < kMaxLoadAttempts; ++attempt) {
    Lost lost = Lost::none;
    const Loaded loaded = co_await load_records(use_snapshot, lost);
    if (lost == Lost::too_new) co_return Loaded::unavailable;
    if (loaded != Loaded::unavailable) co_return loaded;
    // A snapshot of another history is no help; the records are the truth.
    if (lost == Lost::foreign || lost == Lost::gone) use_snapshot = false;
    co_await sleep(kProbeFirstMs);
  }
  co_return Loaded::unavailable;
}

asio::awaitable<Actor::Loaded> Actor::load_records(bool use_snapshot, Lost& lost) {
  sequencer_ = Sequencer(surroundings_->ports.ids, surroundings_->ports.zones);
  if (use_snapshot) {
    auto stored = co_await log().load_snapshot(stream_);
    if (std::get_if<ports::Unavailable>(&stored) != nullptr) co_return Loaded::unavailable;
    const auto& found = std::get<std::optional<ports::StoredSnapshot>>(stored);
    v1::Snapshot snapshot;
    // One that can't be read, or is of a later build, only costs the time to read the records.
    if (found && snapshot.ParseFromString(found->bytes) &&
        snapshot.reader_version() <= core::kReaderVersion &&
        snapshot.position().seq() == found->position.seq &&
        snapshot.position().id() == found->position.id) {
      sequencer_.load(snapshot);
    }
  }
  snapshot_seq_ = sequencer_.head().seq;
  for (;;) {
    auto page = co_await log().read(stream_, sequencer_.head().seq, kReadRecords);
    if (std::get_if<ports::Unavailable>(&page) != nullptr) co_return Loaded::unavailable;
    const Effects effects = sequencer_.read_page(std::move(std::get<ports::Page>(page)), now_ms());
    lost = effects.lost;
    if (lost != Lost::none) co_return Loaded::unavailable;
    if (!effects.read) break;
  }
  co_return sequencer_.state().exists() ? Loaded::yes : Loaded::no_such_session;
}

void Actor::begin() {
  // A session that does not exist yet takes its creation, and nothing else: decide() sees to that.
  if (loaded_ == Loaded::unavailable || phase_ != Phase::loading) return;
  phase_ = Phase::running;
  counted_ = sequencer_.counts();
  sequencer_.track(true);
  snapshot_at_ms_ = steady_ms();
  seen_next_ms_ = steady_ms() + kNoteSeenEveryMs;
  arm_deadline();
  if (want_read_) kick();
}

}  // namespace plenary::host
