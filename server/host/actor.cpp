#include "host/actor.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <utility>

#include "host/limits.hpp"
#include "host/spawn.hpp"

// GCC 12, optimising, sees awaitable's operator delete and not its operator new, which are a pair.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace plenary::host {

std::shared_ptr<Actor> make_actor(std::shared_ptr<const Surroundings> surroundings,
                                  std::string session_id) {
  CoreSet& cores = surroundings->cores;
  asio::io_context& home = cores.at(cores.home_of(session_id));
  auto actor = std::make_unique<Actor>(std::move(surroundings), std::move(session_id));
  return std::shared_ptr<Actor>(actor.release(), [&home](Actor* last) {
    // Its timers and events belong to the home's thread.
    asio::post(home, [ended = std::unique_ptr<Actor>(last)] {});
  });
}

Actor::Actor(std::shared_ptr<const Surroundings> surroundings, std::string session_id)
    : surroundings_(std::move(surroundings)),
      session_id_(std::move(session_id)),
      stream_("session/" + session_id_),
      home_(surroundings_->cores.at(surroundings_->cores.home_of(session_id_))),
      load_done_(home_),
      sequencer_(surroundings_->ports.ids, surroundings_->ports.zones),
      shards_(surroundings_->cores, *surroundings_->timers) {
  active_at_ms_ = steady_ms();
  move(metrics().sessions_loaded, 1);
}

Actor::~Actor() {
  move(metrics().sessions_loaded, -1);
  move(metrics().commands_waiting, -static_cast<std::int64_t>(waiting_counted_));
  move(metrics().readers, -static_cast<std::int64_t>(readers_.size()));
}

// ---- effects

void Actor::kick() {
  if (pumping_ || phase_ == Phase::fresh || phase_ == Phase::loading || phase_ == Phase::ended) {
    return;
  }
  pumping_ = true;
  // In a later turn, so that what comes in this one makes one batch.
  asio::post(home_, [self = shared_from_this()] {
    asio::co_spawn(self->home_, self->pump(), asio::detached);
  });
}

asio::awaitable<void> Actor::pump() {
  const auto self = shared_from_this();
  while (phase_ != Phase::ended) {
    if (std::exchange(want_read_, false)) {
      Effects look;
      look.read = true;
      co_await carry_out(std::move(look));
      for (Joining& joining : std::exchange(joining_, {}))
        on_join(std::move(joining), true);
    } else if (sequencer_.has_waiting()) {
      co_await carry_out(sequencer_.begin(now_ms()));
    } else {
      break;
    }
  }
  pumping_ = false;
  for (const auto& waiter : std::exchange(idle_waiters_, {}))
    waiter->set();
}

// The one place where effects are ordered.
asio::awaitable<void> Actor::carry_out(Effects effects) {
  for (;;) {
    std::optional<ToAppend> to_append = std::move(effects.append);
    const bool read_on = effects.read;
    const Lost lost = effects.lost;
    absorb(std::move(effects));
    if (lost != Lost::none || phase_ == Phase::ended) co_return;
    if (to_append) {
      effects = co_await append(std::move(*to_append));
    } else if (read_on) {
      effects = co_await read();
    } else {
      co_return;
    }
  }
}

asio::awaitable<Effects> Actor::append(ToAppend to_append) {
  if (sequencer_.in_doubt()) co_await pause_in_doubt();
  const std::int64_t begin_us = surroundings_->timers->now_us();
  const std::size_t records = to_append.records.size();
  auto outcome =
      co_await log().append(stream_, std::move(to_append.expected), std::move(to_append.records));
  const std::int64_t took_us = surroundings_->timers->now_us() - begin_us;
  count(metrics().append_us, static_cast<std::uint64_t>(took_us));
  if (std::get_if<ports::Appended>(&outcome) != nullptr) {
    count(metrics().records_appended, records);
  }
  co_return sequencer_.appended(std::move(outcome), now_ms());
}

// In doubt: until it is known. Else once; a log that can't be read now is asked again with the next
// tick.
asio::awaitable<Effects> Actor::read() {
  if (sequencer_.in_doubt() && doubt_since_ms_ == 0) {
    doubt_since_ms_ = std::max<std::int64_t>(steady_ms(), 1);
    doubt_pause_ms_ = kProbeFirstMs;
  }
  while (phase_ != Phase::ended) {
    auto page = co_await log().read(stream_, sequencer_.head().seq, kReadRecords);
    if (auto* found = std::get_if<ports::Page>(&page)) {
      co_return sequencer_.read_page(std::move(*found), now_ms());
    }
    if (!sequencer_.in_doubt()) break;
    co_await pause_in_doubt();
  }
  co_return Effects{};
}

// A log that leaves us in doubt is not pressed; and who waits is not left without an answer for
// ever.
asio::awaitable<void> Actor::pause_in_doubt() {
  co_await sleep(doubt_pause_ms_);
  doubt_pause_ms_ = std::min(doubt_pause_ms_ * 2, kProbeMaxMs);
  if (steady_ms() - doubt_since_ms_ <= kDoubtPatienceMs) co_return;
  Outgoing outgoing(shards_);
  answer(sequencer_.give_up(), outgoing);
}

void Actor::absorb(Effects effects) {
  if (!sequencer_.in_doubt()) doubt_since_ms_ = 0;
  Outgoing outgoing(shards_);
  dirty_parts_.merge(effects.parts);
  dirty_people_.merge(effects.touched.people);
  new_dirty_rooms_.merge(effects.touched.rooms);
  answer(std::move(effects.answers), outgoing);
  note_counts();
  if (effects.lost != Lost::none) {
    outgoing.send();
    lose(effects.lost);
    return;
  }
  if (!effects.committed.empty()) {
    schedule_flush(outgoing);
    check_access(effects.committed, outgoing);
    presence_.touch();
    arm_deadline();
    save_if_due();
  } else if (std::ranges::any_of(advance_, std::identity())) {
    schedule_flush(outgoing);
  }
}

void Actor::answer(std::vector<Answered> answers, Outgoing& outgoing) {
  std::map<std::uint64_t, v1::ServerBatch> batches;  // by reader: one frame each
  for (Answered& answered : answers) {
    const auto found = askers_.find(answered.ticket);
    if (found == askers_.end()) continue;
    const Asker asker = std::move(found->second);
    askers_.erase(found);
    if (asker.completion) {
      asker.completion->reply = std::move(answered.reply);
      asker.completion->done.set();
      continue;
    }
    const Reader* reader = find(asker.subscriber);
    if (reader == nullptr) continue;
    const std::size_t feed = index_of(reader->feed);
    // The page shows "pending" until its view is there; so its log has to go there.
    if (answered.reply.position().seq() > logs_[feed].position().seq) advance_[feed] = true;
    *batches[reader->number].add_messages()->mutable_reply() = std::move(answered.reply);
  }
  for (const auto& [number, batch] : batches) {
    outgoing.own(readers_by_number_.at(number)->subscriber, fanout::make_frame(batch));
  }
}

void Actor::note_counts() {
  const SequencerCounts now = sequencer_.counts();
  const SequencerCounts& before = counted_;
  count(metrics().commands_accepted, now.accepted - before.accepted);
  count(metrics().commands_unchanged, now.unchanged - before.unchanged);
  count(metrics().commands_refused, now.refused - before.refused);
  count(metrics().commands_repeated, now.repeated - before.repeated);
  count(metrics().batches, now.batches - before.batches);
  count(metrics().conflicts, now.conflicts - before.conflicts);
  count(metrics().unknown, now.unknown - before.unknown);
  count(metrics().unavailable, now.unavailable - before.unavailable);
  count(metrics().records_read, now.records_read - before.records_read);
  counted_ = now;
  const std::size_t waiting = sequencer_.waiting();
  move(metrics().commands_waiting,
       static_cast<std::int64_t>(waiting) - static_cast<std::int64_t>(waiting_counted_));
  waiting_counted_ = waiting;
}

void Actor::lose(Lost lost) {
  count(metrics().sessions_lost);
  switch (lost) {
    case Lost::gone:
      return end(CloseCode::session_gone);
    case Lost::too_new:
      return end(CloseCode::unavailable);
    default:
      return end(CloseCode::moved);
  }
}

void Actor::end(CloseCode code) {
  if (phase_ == Phase::ended) return;
  phase_ = Phase::ended;
  {
    Outgoing outgoing(shards_);
    answer(sequencer_.give_up(), outgoing);
  }
  close_all(code, 0);
  for (Joining& joining : std::exchange(joining_, {})) {
    shards_.close(joining.subscriber, connection::make_bye(code));
  }
  follow_ = nullptr;
  flush_timer_ = personal_timer_ = tick_timer_ = deadline_timer_ = nullptr;
  surroundings_->forget(session_id_, this);
}

asio::awaitable<void> Actor::sleep(std::int64_t delay_ms) {
  auto over = std::make_shared<Event>(home_);
  const auto timer = surroundings_->timers->after(home_, delay_ms * 1'000, [over] { over->set(); });
  co_await over->wait();
}

}  // namespace plenary::host
