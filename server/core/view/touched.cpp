// What changes touch: parts of the views, and people whose own things may look different. Both may
// name too much, never too little; naming little is what makes a flush cheap.
#include <algorithm>

#include "core/project.hpp"

namespace plenary::core {
namespace {

using Parts = std::set<ViewPart>;

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

bool names(const v1::AgendaItem& item, const std::string& person_id) {
  return std::any_of(item.speakers().begin(), item.speakers().end(),
                     [&](const auto& speaker) { return speaker.person_id() == person_id; });
}

// A person's name stands in entries and acts; who is named for an item may be due.
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
  for (const auto& [id, room] : before.rooms()) {
    const v1::AgendaItem* item = before.item(room->current_item_id());
    if (item != nullptr && names(*item, person_id)) parts.insert(part(ViewPart::Kind::room, id));
  }
}

void touch_item(const State& before, const v1::AgendaItem& item, Parts& parts) {
  parts.insert(part(ViewPart::Kind::agenda));
  // The limits that the kinds have in the present item, and who is due for it.
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
  Touching(const State& before, TouchedPeople& touched) : before_(before), touched_(touched) {}

  void put(const v1::Entity& entity);
  void removed(const v1::EntityRef& ref);

 private:
  void owners(const v1::Request& request);
  void speaks_for_others(const std::string& person_id);
  void request(const v1::Request* request);
  void speech(const v1::Speech* speech);
  void room(const v1::Room& room);
  void item(const v1::AgendaItem& item);
  void act(const v1::Act* act);
  void name(const std::string& person_id) {
    if (!person_id.empty()) touched_.people.insert(person_id);
  }

  const State& before_;
  TouchedPeople& touched_;
};

void Touching::owners(const v1::Request& request) {
  name(request.speaker_person_id());
  name(request.holder_person_id());
  if (request.holder_delegation_id().empty()) return;
  const auto& members = before_.members(request.holder_delegation_id());
  touched_.people.insert(members.begin(), members.end());
}

// A delegation's members see the name of who speaks from its place.
void Touching::speaks_for_others(const std::string& person_id) {
  for (const auto& id : before_.requests_of_person(person_id)) {
    const v1::Request& request = *before_.request(id);
    if (!request.holder_delegation_id().empty()) owners(request);
  }
}

// As it was or as it is: those behind it move as well.
void Touching::request(const v1::Request* request) {
  if (request == nullptr) return;
  owners(*request);
  touched_.rooms.insert(request->room_id());
}

// How long those who wait will wait follows from it.
void Touching::speech(const v1::Speech* speech) {
  if (speech == nullptr) return;
  name(speech->person_id());
  touched_.rooms.insert(speech->room_id());
}

// A speech that was paused comes back to the floor without a change of its own.
void Touching::room(const v1::Room& room) {
  const v1::Room* was = before_.room(room.id());
  if (was == nullptr) return;
  touched_.rooms.insert(room.id());
  if (was->current_speech_id() == room.current_speech_id()) return;
  speech(before_.speech(was->current_speech_id()));
  speech(before_.speech(room.current_speech_id()));
}

// The limit of an item is that of the speeches that are waited for.
void Touching::item(const v1::AgendaItem& item) {
  const v1::Room* room = before_.room(item.room_id());
  if (room != nullptr && room->current_item_id() == item.id()) touched_.rooms.insert(room->id());
}

// What can be undone by oneself is of one's own.
void Touching::act(const v1::Act* act) {
  if (act == nullptr || act->kind() != v1::ACT_KIND_WITHDRAW) return;
  name(act->by_person_id());
  for (const auto& request : act->requests_before())
    owners(request);
}

void Touching::put(const v1::Entity& entity) {
  switch (entity.kind_case()) {
    case v1::Entity::kPerson: {
      const v1::Person* was = before_.person(entity.person().id());
      if (was == nullptr || !looks_same(*was, entity.person())) {
        name(entity.person().id());
        speaks_for_others(entity.person().id());
      }
      break;
    }
    case v1::Entity::kRequest:
      request(before_.request(entity.request().id()));
      request(&entity.request());
      break;
    case v1::Entity::kSpeech:
      speech(&entity.speech());
      break;
    case v1::Entity::kRoom:
      room(entity.room());
      break;
    case v1::Entity::kItem:
      item(entity.item());
      break;
    case v1::Entity::kAct:
      act(&entity.act());
      break;
    default:
      break;
  }
}

void Touching::removed(const v1::EntityRef& ref) {
  switch (ref.kind()) {
    case v1::ENTITY_KIND_PERSON:
      name(ref.id());
      break;
    case v1::ENTITY_KIND_REQUEST:
      request(before_.request(ref.id()));
      break;
    case v1::ENTITY_KIND_SPEECH:
      speech(before_.speech(ref.id()));
      break;
    case v1::ENTITY_KIND_ACT:
      act(before_.act(ref.id()));
      break;
    default:
      break;
  }
}

bool any_in(const State& state, const std::set<std::string, std::less<>>& request_ids,
            const std::set<std::string>& rooms) {
  return std::any_of(request_ids.begin(), request_ids.end(), [&](const std::string& id) {
    return rooms.contains(state.request(id)->room_id());
  });
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

void touch_people(const State& before, const v1::Changes& changes, TouchedPeople& touched) {
  Touching touching(before, touched);
  for (const auto& entity : changes.put())
    touching.put(entity);
  for (const auto& ref : changes.removed())
    touching.removed(ref);
}

bool waits_in(const State& state, std::string_view person_id, const std::set<std::string>& rooms) {
  if (any_in(state, state.requests_of_person(person_id), rooms)) return true;
  const v1::Person* person = state.person(person_id);
  return person != nullptr &&
         any_in(state, state.requests_of_delegation(person->delegation_id()), rooms);
}

}  // namespace plenary::core
