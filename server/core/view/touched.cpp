// What changes touch: parts of the views, and people whose own things may look different. Both may
// name too much, never too little; naming little is what makes a flush cheap.
#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <vector>

#include "core/project.hpp"

namespace plenary::core {
namespace {

using Parts = std::set<ViewPart>;
using People = std::set<std::string>;

ViewPart part(ViewPart::Kind kind, std::string room_id = {}) {
  return {kind, std::move(room_id)};
}

// Everything but attendance, which is in nobody's view; earlier builds noted it here every minute.
bool looks_same(const v1::Person& one, const v1::Person& other) {
  v1::Person comparable = one;
  comparable.set_last_seen_at_ms(other.last_seen_at_ms());
  return comparable.SerializeAsString() == other.SerializeAsString();
}

void touch_request(const v1::Request& request, Parts& parts) {
  if (request.item_id().empty()) {
    parts.insert(part(ViewPart::Kind::room, request.room_id()));
  } else {
    parts.insert(part(ViewPart::Kind::agenda));
  }
}

// A person's name stands in entries and acts.
void touch_person(const State& before, const std::string& person_id, Parts& parts) {
  parts.insert(part(ViewPart::Kind::session));
  for (const auto& id : before.requests_of_person(person_id)) {
    touch_request(*before.request(id), parts);
  }
  for (const auto& [id, act] : before.acts()) {
    if (act->by_person_id() == person_id) {
      parts.insert(part(ViewPart::Kind::room, act->room_id()));
    }
  }
}

void touch_item(const State& before, const v1::AgendaItem& item, Parts& parts) {
  parts.insert(part(ViewPart::Kind::agenda));
  // The limits that the kinds have in the present item.
  const v1::Room* room = before.room(item.room_id());
  if (room != nullptr && room->current_item_id() == item.id()) {
    parts.insert(part(ViewPart::Kind::room, room->id()));
  }
}

void touch_put(const State& before, const v1::Entity& entity, Parts& parts) {
  switch (entity.kind_case()) {
    case v1::Entity::kSession:
      parts.insert(part(ViewPart::Kind::session));
      break;
    case v1::Entity::kRoom:
      parts.insert(part(ViewPart::Kind::room, entity.room().id()));
      break;
    case v1::Entity::kItem:
      touch_item(before, entity.item(), parts);
      break;
    case v1::Entity::kDelegation:
      parts.insert(part(ViewPart::Kind::delegations));
      break;
    case v1::Entity::kPerson: {
      const v1::Person* was = before.person(entity.person().id());
      if (was == nullptr || !looks_same(*was, entity.person())) {
        touch_person(before, entity.person().id(), parts);
      }
      break;
    }
    case v1::Entity::kRequest:
      touch_request(entity.request(), parts);
      if (const auto* was = before.request(entity.request().id())) touch_request(*was, parts);
      break;
    case v1::Entity::kSpeech:
      parts.insert(part(ViewPart::Kind::room, entity.speech().room_id()));
      break;
    case v1::Entity::kAnnouncement:
      parts.insert(part(ViewPart::Kind::announcements));
      break;
    case v1::Entity::kAct:
      parts.insert(part(ViewPart::Kind::room, entity.act().room_id()));
      break;
    case v1::Entity::kInvitation:
    case v1::Entity::kSeen:  // attendance is in nobody's view
    case v1::Entity::KIND_NOT_SET:
      break;
  }
}

void touch_removed(const State& before, const v1::EntityRef& ref, Parts& parts) {
  switch (ref.kind()) {
    case v1::ENTITY_KIND_SESSION:
      parts.insert(part(ViewPart::Kind::session));
      break;
    case v1::ENTITY_KIND_ROOM:
      parts.insert(part(ViewPart::Kind::room, ref.id()));
      break;
    case v1::ENTITY_KIND_ITEM:
      if (const auto* was = before.item(ref.id())) touch_item(before, *was, parts);
      break;
    case v1::ENTITY_KIND_DELEGATION:
      parts.insert(part(ViewPart::Kind::delegations));
      break;
    case v1::ENTITY_KIND_PERSON:
      touch_person(before, ref.id(), parts);
      break;
    case v1::ENTITY_KIND_REQUEST:
      if (const auto* was = before.request(ref.id())) touch_request(*was, parts);
      break;
    case v1::ENTITY_KIND_SPEECH:
      if (const auto* was = before.speech(ref.id())) {
        parts.insert(part(ViewPart::Kind::room, was->room_id()));
      }
      break;
    case v1::ENTITY_KIND_ANNOUNCEMENT:
      parts.insert(part(ViewPart::Kind::announcements));
      break;
    case v1::ENTITY_KIND_ACT:
      if (const auto* was = before.act(ref.id())) {
        parts.insert(part(ViewPart::Kind::room, was->room_id()));
      }
      break;
    default:
      break;
  }
}

// ---- people

class Touching {
 public:
  explicit Touching(const State& before) : before_(before) {}

  void put(const v1::Entity& entity);
  void removed(const v1::EntityRef& ref);
  People finish() &&;

 private:
  using Line = std::pair<std::string, std::string>;  // room, item

  void owners(const v1::Request& request);
  void speaks_for_others(const std::string& person_id);
  void request(const v1::Request* was, const v1::Request* is);
  void room(const v1::Room* was, const v1::Room& is);
  void act(const v1::Act& act);
  // Everybody at or behind this place of the queue: their places may be others.
  void from(const v1::Request& request) {
    const QueueKey key = queue_key(request);
    const auto [at, is_new] = from_.try_emplace({request.room_id(), request.item_id()}, key);
    if (!is_new && key < at->second) at->second = key;
  }
  // The present queue of a room as a whole: other waits, other topics.
  void whole(const std::string& room_id) { from_[{room_id, std::string()}] = first(); }
  static QueueKey first() { return {std::numeric_limits<std::int32_t>::min(), 0, 0, {}}; }

  const State& before_;
  std::map<Line, QueueKey> from_;
  // Gathered loosely, sorted once: thousands wait behind the first.
  std::vector<std::string> people_;
};

void Touching::owners(const v1::Request& request) {
  if (!request.speaker_person_id().empty()) people_.push_back(request.speaker_person_id());
  if (!request.holder_person_id().empty()) people_.push_back(request.holder_person_id());
  if (request.holder_delegation_id().empty()) return;
  const auto& members = before_.members(request.holder_delegation_id());
  people_.insert(people_.end(), members.begin(), members.end());
}

// A delegation's members see the name of who speaks from its place.
void Touching::speaks_for_others(const std::string& person_id) {
  for (const auto& id : before_.requests_of_person(person_id)) {
    const v1::Request& request = *before_.request(id);
    if (!request.holder_delegation_id().empty()) owners(request);
  }
}

void Touching::request(const v1::Request* was, const v1::Request* is) {
  if (was != nullptr) owners(*was);
  if (is != nullptr) owners(*is);
  const bool same_place = was != nullptr && is != nullptr && queue_key(*was) == queue_key(*is) &&
                          was->room_id() == is->room_id() && was->item_id() == is->item_id() &&
                          was->held() == is->held();
  if (same_place) return;
  if (was != nullptr) from(*was);
  if (is != nullptr) from(*is);
}

void Touching::room(const v1::Room* was, const v1::Room& is) {
  if (was == nullptr) return;
  v1::Room comparable = is;
  comparable.set_queue_open(was->queue_open());
  *comparable.mutable_name() = was->name();
  if (comparable.SerializeAsString() != was->SerializeAsString()) whole(is.id());
}

void Touching::act(const v1::Act& act) {
  if (act.kind() != v1::ACT_KIND_WITHDRAW) return;
  if (!act.by_person_id().empty()) people_.push_back(act.by_person_id());
  for (const auto& request : act.requests_before())
    owners(request);
}

void Touching::put(const v1::Entity& entity) {
  switch (entity.kind_case()) {
    case v1::Entity::kPerson: {
      const v1::Person* was = before_.person(entity.person().id());
      if (was == nullptr || !looks_same(*was, entity.person())) {
        people_.push_back(entity.person().id());
        speaks_for_others(entity.person().id());
      }
      break;
    }
    case v1::Entity::kRequest:
      request(before_.request(entity.request().id()), &entity.request());
      break;
    case v1::Entity::kSpeech:
      people_.push_back(entity.speech().person_id());
      whole(entity.speech().room_id());
      break;
    case v1::Entity::kRoom:
      room(before_.room(entity.room().id()), entity.room());
      break;
    case v1::Entity::kItem:
      if (const auto* at = before_.room(entity.item().room_id());
          at != nullptr && at->current_item_id() == entity.item().id()) {
        whole(at->id());
      }
      break;
    case v1::Entity::kAct:
      act(entity.act());
      break;
    default:
      break;
  }
}

void Touching::removed(const v1::EntityRef& ref) {
  switch (ref.kind()) {
    case v1::ENTITY_KIND_PERSON:
      people_.push_back(ref.id());
      break;
    case v1::ENTITY_KIND_REQUEST:
      if (const auto* was = before_.request(ref.id())) request(was, nullptr);
      break;
    case v1::ENTITY_KIND_SPEECH:
      if (const auto* was = before_.speech(ref.id())) {
        people_.push_back(was->person_id());
        whole(was->room_id());
      }
      break;
    case v1::ENTITY_KIND_ACT:
      if (const auto* was = before_.act(ref.id())) act(*was);
      break;
    default:
      break;
  }
}

// Who waited before the changes at or behind a place that changed. Those whose requests are new in
// the changes are owners already.
People Touching::finish() && {
  for (const auto& [line, key] : from_) {
    const Queue& queue = before_.queue(line.first, line.second);
    for (auto at = queue.lower_bound(key); at != queue.end(); ++at) {
      owners(*before_.request(at->request_id));
    }
  }
  std::sort(people_.begin(), people_.end());
  People people(std::make_move_iterator(people_.begin()), std::make_move_iterator(people_.end()));
  people.erase(std::string());
  return people;
}

}  // namespace

std::set<ViewPart> touched_parts(const State& before, const v1::Changes& changes) {
  Parts parts;
  for (const auto& entity : changes.put())
    touch_put(before, entity, parts);
  for (const auto& ref : changes.removed())
    touch_removed(before, ref, parts);
  return parts;
}

std::set<std::string> touched_people(const State& before, const v1::Changes& changes) {
  Touching touching(before);
  for (const auto& entity : changes.put())
    touching.put(entity);
  for (const auto& ref : changes.removed())
    touching.removed(ref);
  return std::move(touching).finish();
}

}  // namespace plenary::core
