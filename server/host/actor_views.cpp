// What readers see: the net changes of a flush, the values of their own, who is here.
#include <boost/asio/post.hpp>
#include <functional>
#include <utility>

#include "host/actor.hpp"
#include "host/limits.hpp"

namespace plenary::host {

// Both logs begin with the first reader: nobody asks for a session that nobody looks at.
void Actor::start_logs() {
  if (logs_[0].started()) return;
  for (ViewLog& view : logs_)
    view.start(sequencer_.state(), sequencer_.head());
  dirty_parts_.clear();
}

void Actor::schedule_flush(Outgoing& outgoing) {
  if (flush_timer_) return;
  const std::int64_t delay_us = pacer_.delay_us(surroundings_->timers->now_us());
  if (delay_us == 0) {
    flush(outgoing);
    return;
  }
  flush_timer_ = surroundings_->timers->after(home_, delay_us, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->flush_timer_ = nullptr;
    Outgoing later(self->shards_);
    self->flush(later);
  });
}

void Actor::flush(Outgoing& outgoing) {
  if (!logs_[0].started()) {
    dirty_parts_.clear();
    dirty_people_.clear();
    new_dirty_rooms_.clear();
    advance_ = {};
    return;
  }
  const std::int64_t begin_us = surroundings_->timers->now_us();
  for (const Feed feed : fanout::kAllFeeds) {
    ViewLog& view = logs_[index_of(feed)];
    const auto frame = view.flush(dirty_parts_, sequencer_.state(), sequencer_.head(),
                                  std::exchange(advance_[index_of(feed)], false));
    if (!frame) continue;
    count(metrics().view_changes);
    count(metrics().view_bytes, (*frame)->size());
    outgoing.change(feed, *frame);
  }
  dirty_parts_.clear();
  for (const std::string& person_id : std::exchange(dirty_people_, {})) {
    offer_personal(person_id, outgoing);
  }
  offer_first_in_line(outgoing);
  const std::int64_t end_us = surroundings_->timers->now_us();
  pacer_.worked(end_us - begin_us, end_us);
}

// ---- values of one's own

// The first change at once, a later one after the rest of the second; but who gets the floor or has
// it no more is told when everybody sees it.
void Actor::offer_personal(Reader& reader, Outgoing& outgoing) {
  const bool floor_moved =
      reader.told_floor != core::has_floor(sequencer_.state(), reader.person_id);
  if (floor_moved || (!reader.personal_due && steady_ms() >= reader.personal_next_ms)) {
    take_from_personal_queue(reader);
    send_personal(reader, outgoing);
    return;
  }
  if (reader.personal_due) return;
  reader.personal_due = true;
  personal_queue_.emplace(reader.personal_next_ms, reader.number);
  arm_personal();
}

void Actor::take_from_personal_queue(Reader& reader) {
  if (!std::exchange(reader.personal_due, false)) return;
  personal_queue_.erase({reader.personal_next_ms, reader.number});
}

void Actor::send_personal(Reader& reader, Outgoing& outgoing) {
  v1::ServerMessage message;
  v1::PersonalView& view = *message.mutable_personal();
  view = core::project_person(sequencer_.state(), reader.person_id, now_ms());
  view.clear_position();
  reader.told_floor = !view.floors().empty();
  const std::size_t hash = std::hash<std::string>()(view.SerializeAsString());
  if (reader.personal_sent && hash == reader.personal_hash) return;
  reader.personal_sent = true;
  reader.personal_hash = hash;
  reader.personal_next_ms = steady_ms() + kPersonalEveryMs;
  *view.mutable_position() = to_message(sequencer_.head());
  count(metrics().personal_views);
  outgoing.value(reader.subscriber, fanout::Slot::personal, fanout::make_frame(message));
}

void Actor::arm_personal() {
  if (personal_timer_ || personal_queue_.empty()) return;
  const std::int64_t wait_ms = personal_queue_.begin()->first - steady_ms();
  personal_timer_ = after(wait_ms, [](Actor& self) {
    self.personal_timer_ = nullptr;
    self.offer_due_personal();
  });
}

void Actor::offer_due_personal() {
  Outgoing outgoing(shards_);
  while (!personal_queue_.empty() && personal_queue_.begin()->first <= steady_ms()) {
    Reader& reader = *readers_by_number_.at(personal_queue_.begin()->second);
    personal_queue_.erase(personal_queue_.begin());
    reader.personal_due = false;
    send_personal(reader, outgoing);
  }
  arm_personal();
}

void Actor::offer_personal(const std::string& person_id, Outgoing& outgoing) {
  const auto found = readers_of_person_.find(person_id);
  if (found == readers_of_person_.end()) return;
  for (const std::uint64_t number : found->second) {
    offer_personal(*readers_by_number_.at(number), outgoing);
  }
}

// Who comes next is told at once, whoever was ahead.
void Actor::offer_first_in_line(Outgoing& outgoing) {
  const core::State& state = sequencer_.state();
  for (const std::string& room_id : new_dirty_rooms_) {
    std::size_t told = 0;
    for (const core::QueueKey& key : state.queue(room_id)) {
      if (told++ == kFirstInLine) break;
      const v1::Request* request = state.request(key.request_id);
      offer_personal(request->speaker_person_id(), outgoing);
    }
  }
  dirty_rooms_.merge(new_dirty_rooms_);
  new_dirty_rooms_.clear();
}

// When somebody is called, everybody behind moves up. Once a second, for those who are connected:
// not with each record for all who wait; and not for thousands in one turn.
void Actor::begin_sweep() {
  if (dirty_rooms_.empty() || !sweep_.empty()) return;
  const core::State& state = sequencer_.state();
  for (const auto& [person_id, readers] : readers_of_person_) {
    if (core::waits_in(state, person_id, dirty_rooms_)) sweep_.push_back(person_id);
  }
  dirty_rooms_.clear();
  if (!sweep_.empty()) sweep();
}

void Actor::sweep() {
  Outgoing outgoing(shards_);
  for (std::size_t n = 0; n < kSweepInTurn && !sweep_.empty(); ++n) {
    offer_personal(sweep_.back(), outgoing);
    sweep_.pop_back();
  }
  if (sweep_.empty()) return;
  asio::post(home_, [self = shared_from_this()] { self->sweep(); });
}

// ---- presence

void Actor::owe_presence() {
  presence_owed_ = true;
  presence_.touch();
}

void Actor::send_presence(Outgoing& outgoing) {
  presence_.expire(now_ms());
  if (steady_ms() < presence_next_ms_ || !presence_.take_changed()) return;
  presence_next_ms_ = steady_ms() + kPresenceEveryMs;
  const bool owed = std::exchange(presence_owed_, false);
  for (const Feed feed : fanout::kAllFeeds) {
    if (feed == Feed::waiting) continue;  // who is not in yet is not told who is
    v1::ServerMessage message;
    const v1::Audience audience = logs_[index_of(feed)].audience();
    *message.mutable_presence() = presence_.view(audience, sequencer_.state());
    std::string bytes = message.SerializeAsString();
    if (!owed && bytes == presence_sent_[index_of(feed)])
      continue;  // what was touched looks the same
    presence_sent_[index_of(feed)] = std::move(bytes);
    count(metrics().presence_views);
    outgoing.presence(feed, fanout::make_frame(message));
  }
}

}  // namespace plenary::host
