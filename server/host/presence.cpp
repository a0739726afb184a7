#include "host/presence.hpp"

#include <algorithm>

#include "core/queue/due.hpp"
#include "host/limits.hpp"

namespace plenary::host {

void PresenceTable::connected(const std::string& person_id) {
  ++connections_[person_id];
  leaving_.erase(person_id);
  left_.erase(person_id);
  core::Presence::Row& row = rows_.people[person_id];
  if (!row.online) changed_ = true;
  row = {true, 0};
}

void PresenceTable::disconnected(const std::string& person_id, std::int64_t now_ms) {
  const auto found = connections_.find(person_id);
  if (found == connections_.end()) return;
  if (--found->second > 0) return;
  connections_.erase(found);
  leaving_[person_id] = {now_ms};
}

std::int64_t PresenceTable::expire(std::int64_t now_ms) {
  std::int64_t next_ms = 0;
  std::erase_if(leaving_, [&](const auto& leaving) {
    const auto& [person_id, since] = leaving;
    const std::int64_t until_ms = since.since_ms + kPresenceGraceMs;
    if (until_ms > now_ms) {
      next_ms = next_ms == 0 ? until_ms : std::min(next_ms, until_ms);
      return false;
    }
    rows_.people[person_id] = {false, since.since_ms};
    left_.insert(person_id);
    changed_ = true;
    return true;
  });
  return next_ms;
}

bool PresenceTable::is_online(const std::string& person_id) const {
  const auto row = rows_.people.find(person_id);
  return row != rows_.people.end() && row->second.online;
}

bool PresenceTable::take_changed() {
  return std::exchange(changed_, false);
}

void PresenceTable::add_away(const core::State& state, v1::PresenceView& view) const {
  std::set<std::string> expected;
  for (const auto& [id, room] : state.rooms()) {
    const core::Queue& queue = state.queue(id, {});
    auto entry = queue.begin();
    for (int i = 0; i < core::kEntriesInView && entry != queue.end(); ++i, ++entry) {
      if (const v1::Request* request = state.request(entry->request_id)) {
        expected.insert(request->speaker_person_id());
      }
    }
    if (const v1::Speech* speech = state.speech(room->current_speech_id())) {
      expected.insert(speech->person_id());
    }
    for (auto& person_id : core::due_person_ids(v1::AUDIENCE_STAFF, state, *room)) {
      expected.insert(std::move(person_id));
    }
  }
  for (const std::string& person_id : expected) {
    const v1::Person* person = state.person(person_id);
    if (person == nullptr || person->without_device() || is_online(person_id)) continue;
    v1::AwayPerson& away = *view.add_away();
    away.set_person_id(person_id);
    const auto row = rows_.people.find(person_id);
    away.set_since_ms(row == rows_.people.end() ? state.last_seen_ms(person_id)
                                                : row->second.away_since_ms);
  }
}

v1::PresenceView PresenceTable::view(v1::Audience audience, const core::State& state) const {
  v1::PresenceView view;
  std::map<std::string, int> rooms;
  int online = 0;
  for (const auto& [person_id, row] : rows_.people) {
    const v1::Person* person = row.online ? state.person(person_id) : nullptr;
    if (person == nullptr || person->removed()) continue;
    ++online;
    if (!person->room_id().empty()) ++rooms[person->room_id()];
  }
  view.set_online(online);
  for (const auto& [room_id, count] : rooms) {
    v1::RoomCount& room = *view.add_rooms();
    room.set_room_id(room_id);
    room.set_online(count);
  }
  if (audience == v1::AUDIENCE_STAFF) add_away(state, view);
  return view;
}

std::vector<std::string> PresenceTable::take_seen(const core::State& state,
                                                  std::int64_t stale_before_ms, std::size_t limit) {
  std::vector<std::string> seen;
  while (!left_.empty() && seen.size() < limit) {
    seen.push_back(*left_.begin());
    left_.erase(left_.begin());
  }
  for (const auto& [person_id, row] : rows_.people) {
    if (seen.size() >= limit) break;
    const v1::Person* person = row.online ? state.person(person_id) : nullptr;
    if (person == nullptr || state.last_seen_ms(person_id) >= stale_before_ms) continue;
    seen.push_back(person_id);
  }
  return seen;
}

}  // namespace plenary::host
