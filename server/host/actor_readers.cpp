// Readers: who may read, what they get first, and what ends it.
#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "connection/limits.hpp"
#include "host/actor.hpp"
#include "host/limits.hpp"

namespace plenary::host {

using connection::make_bye;

namespace {

Feed feed_of(v1::Audience audience) {
  switch (audience) {
    case v1::AUDIENCE_STAFF:
      return Feed::staff;
    case v1::AUDIENCE_WAITING:
      return Feed::waiting;
    default:
      return Feed::everyone;
  }
}

}  // namespace

Actor::Reader* Actor::find(const SubscriberPointer& subscriber) {
  const auto found = readers_.find(subscriber.get());
  return found == readers_.end() ? nullptr : &found->second;
}

void Actor::join(Joining joining) {
  asio::post(home_, [self = shared_from_this(), joining = std::move(joining)]() mutable {
    self->on_join(std::move(joining), false);
  });
}

// Another instance may have let the person in, or shown the page more than is known here.
bool Actor::must_catch_up(const Joining& joining) const {
  if (joining.hello.position().seq() > sequencer_.head().seq) return true;
  const core::State& state = sequencer_.state();
  if (joining.claims.person_id.empty()) {
    return state.invitation(joining.claims.invitation_id) == nullptr;
  }
  return state.person(joining.claims.person_id) == nullptr;
}

void Actor::on_join(Joining joining, bool caught_up) {
  active_at_ms_ = steady_ms();
  if (phase_ != Phase::running) {
    const bool draining = phase_ == Phase::draining;
    shards_.close(joining.subscriber,
                  make_bye(draining ? CloseCode::restarting : CloseCode::unavailable));
    return;
  }
  if (!caught_up && must_catch_up(joining)) {
    joining_.push_back(std::move(joining));
    want_read_ = true;
    kick();
    return;
  }
  if (find(joining.subscriber) != nullptr) return;
  if (const auto code = check_claims(joining.claims)) {
    count(metrics().closed);
    shards_.close(joining.subscriber, make_bye(*code));
    return;
  }
  admit(std::move(joining));
}

std::optional<CloseCode> Actor::check_claims(const ports::Claims& claims) const {
  const core::State& state = sequencer_.state();
  if (!state.exists()) return CloseCode::session_gone;
  if (claims.session_id != session_id_) return CloseCode::unknown_token;
  if (!claims.person_id.empty()) {
    // The token counts as what it was signed for; its person may have been merged since (P7).
    const v1::Person* signed_for = state.person(claims.person_id);
    const v1::Person* person = state.who_is(claims.person_id);
    if (person == nullptr) return CloseCode::unknown_token;
    if (person->removed()) return CloseCode::removed;
    if (claims.token_generation < signed_for->token_generation()) {
      return CloseCode::revoked;
    }
    return std::nullopt;
  }
  if (claims.role != v1::ROLE_DISPLAY) return CloseCode::unknown_token;
  const v1::Invitation* invitation = state.invitation(claims.invitation_id);
  if (invitation == nullptr) return CloseCode::unknown_token;
  const bool over = invitation->expires_at_ms() != 0 && invitation->expires_at_ms() <= now_ms();
  if (invitation->role() != v1::ROLE_DISPLAY || invitation->revoked() || over) {
    return CloseCode::revoked;
  }
  return std::nullopt;
}

void Actor::admit(Joining joining) {
  const SubscriberPointer& subscriber = joining.subscriber;
  Reader& reader = readers_[subscriber.get()];
  reader.subscriber = subscriber;
  reader.claims = std::move(joining.claims);
  reader.number = next_reader_++;
  if (const v1::Person* person = sequencer_.state().who_is(reader.claims.person_id)) {
    reader.person_id = person->id();
    reader.feed = feed_of(core::audience_of(sequencer_.state(), reader.person_id));
    readers_of_person_[reader.person_id].insert(reader.number);
    presence_.connected(reader.person_id);
  }
  readers_by_number_[reader.number] = &reader;
  reader_count_ = readers_.size();
  move(metrics().readers, 1);
  count(metrics().joined);

  Outgoing outgoing(shards_);
  start_logs();
  if (shards_.add_reader(subscriber->core())) {
    for (const Feed feed : fanout::kAllFeeds) {
      shards_.restart(subscriber->core(), feed, logs_[index_of(feed)].window());
    }
  }
  attach(reader, joining.hello, outgoing);
  if (!reader.person_id.empty()) send_personal(reader, outgoing);
  owe_presence();
  outgoing.send();
  arm_tick();

  const std::set<std::uint64_t>* connections = nullptr;
  if (!reader.person_id.empty()) connections = &readers_of_person_[reader.person_id];
  if (connections != nullptr && connections->size() > kMaxConnectionsOfPerson) {
    close(*readers_by_number_[*connections->begin()], CloseCode::replaced);
  }
}

fanout::Frame Actor::welcome(const Reader& reader, bool resumed) const {
  v1::ServerMessage message;
  v1::Welcome& welcome = *message.mutable_welcome();
  welcome.set_server_time_ms(now_ms());
  welcome.set_heartbeat_ms(connection::kHeartbeatMs);
  welcome.set_person_id(reader.person_id);
  welcome.set_audience(logs_[index_of(reader.feed)].audience());
  welcome.set_resumed(resumed);
  welcome.set_build(surroundings_->ports.build);
  welcome.set_session_id(session_id_);
  if (const auto* invitation = sequencer_.state().invitation(reader.claims.invitation_id);
      invitation != nullptr && reader.person_id.empty()) {
    welcome.set_room_id(invitation->room_id());
  }
  return fanout::make_frame(message);
}

void Actor::attach(Reader& reader, const v1::Hello& hello, Outgoing& outgoing) {
  const ViewLog& view = logs_[index_of(reader.feed)];
  const bool same = hello.has_position() && hello.audience() == view.audience();
  if (const auto index = same ? view.find(hello.position()) : std::nullopt) {
    count(metrics().resumed);
    shards_.attach({reader.subscriber, reader.feed, *index, welcome(reader, true), nullptr});
    return;
  }
  send_snapshot(reader, welcome(reader, false), outgoing);
}

void Actor::send_snapshot(Reader& reader, fanout::Frame before, Outgoing& outgoing) {
  flush(outgoing);  // a snapshot stands at a boundary
  const ViewLog::Snapshot snapshot = logs_[index_of(reader.feed)].snapshot(sequencer_.state());
  if (snapshot.made_now) {
    count(metrics().view_snapshots);
    outgoing.snapshot(reader.feed, snapshot.frame);
  }
  outgoing.send();  // before the attachment, which counts on the window's being there
  const bool again = before == nullptr;
  shards_.attach(
      {reader.subscriber, reader.feed, snapshot.index, std::move(before), snapshot.frame, again});
}

void Actor::needs_view(SubscriberPointer subscriber) {
  on_home_of(std::move(subscriber), &Actor::on_needs_view);
}

void Actor::leave(SubscriberPointer subscriber) {
  on_home_of(std::move(subscriber), &Actor::on_leave);
}

void Actor::on_needs_view(const SubscriberPointer& subscriber) {
  Reader* reader = find(subscriber);
  if (reader == nullptr) return;
  count(metrics().fell_behind);
  Outgoing outgoing(shards_);
  send_snapshot(*reader, nullptr, outgoing);
}

void Actor::on_leave(const SubscriberPointer& subscriber) {
  std::erase_if(joining_, [&](const Joining& joining) { return joining.subscriber == subscriber; });
  if (Reader* reader = find(subscriber)) {
    shards_.detach(subscriber);
    forget(*reader);
  }
}

void Actor::forget(Reader& reader) {
  if (!reader.person_id.empty()) {
    const auto connections = readers_of_person_.find(reader.person_id);
    connections->second.erase(reader.number);
    if (connections->second.empty()) readers_of_person_.erase(connections);
    presence_.disconnected(reader.person_id, now_ms());
  }
  take_from_personal_queue(reader);
  shards_.remove_reader(reader.subscriber->core());
  readers_by_number_.erase(reader.number);
  move(metrics().readers, -1);
  active_at_ms_ = steady_ms();
  const fanout::Subscriber* key = reader.subscriber.get();
  readers_.erase(key);
  reader_count_ = readers_.size();
}

void Actor::close(Reader& reader, CloseCode code, std::int64_t retry_after_ms) {
  count(metrics().closed);
  shards_.close(reader.subscriber, make_bye(code, "", retry_after_ms));
  forget(reader);
}

void Actor::close_all(CloseCode code, std::int64_t spread_ms) {
  const auto total = static_cast<std::int64_t>(readers_.size());
  for (std::int64_t n = 0; !readers_.empty(); ++n) {
    // Evenly over the time given, so that ten thousand do not come back in one second.
    close(*readers_by_number_.begin()->second, code, spread_ms * (n + 1) / std::max(total, 1L));
  }
}

// What a record changes about who may read, takes effect at once (P2, P4).
void Actor::check_access(const std::vector<v1::Record>& committed, Outgoing& outgoing) {
  if (readers_.empty()) return;
  for (const v1::Record& record : committed) {
    for (const v1::Entity& entity : record.changes().put()) {
      if (entity.has_person()) check_person(entity.person(), outgoing);
      if (!entity.has_invitation() || !entity.invitation().revoked()) continue;
      std::vector<Reader*> displays;
      for (const auto& [number, reader] : readers_by_number_) {
        const bool reads =
            reader->person_id.empty() && reader->claims.invitation_id == entity.invitation().id();
        if (reads) displays.push_back(reader);
      }
      for (Reader* reader : displays)
        close(*reader, CloseCode::revoked);
    }
  }
}

// The connections of somebody who was merged into another are the other's from now on (P7).
void Actor::hand_over(const std::string& from_id, const std::string& into_id, Outgoing& outgoing) {
  const auto found = readers_of_person_.find(from_id);
  if (found == readers_of_person_.end()) return;
  const std::set<std::uint64_t> numbers = std::move(found->second);
  readers_of_person_.erase(found);
  for (const std::uint64_t number : numbers) {
    Reader& reader = *readers_by_number_.at(number);
    reader.person_id = into_id;
    readers_of_person_[into_id].insert(number);
    presence_.connected(into_id);
    presence_.disconnected(from_id, now_ms());
    offer_personal(reader, outgoing);
  }
}

void Actor::check_person(const v1::Person& person, Outgoing& outgoing) {
  if (!person.merged_into().empty()) hand_over(person.id(), person.merged_into(), outgoing);
  const std::string& person_id = person.merged_into().empty() ? person.id() : person.merged_into();
  const auto found = readers_of_person_.find(person_id);
  if (found == readers_of_person_.end()) return;
  const Feed feed = feed_of(core::audience_of(sequencer_.state(), person_id));
  const std::set<std::uint64_t> numbers = found->second;
  for (const std::uint64_t number : numbers) {
    Reader& reader = *readers_by_number_.at(number);
    if (const auto code = check_claims(reader.claims)) {
      close(reader, *code);
    } else if (reader.feed != feed) {
      reader.feed = feed;
      send_snapshot(reader, nullptr, outgoing);
      owe_presence();
    }
  }
}

}  // namespace plenary::host
