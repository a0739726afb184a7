#include "core/state.hpp"

#include <algorithm>

namespace plenary::core {
namespace {

template <typename T>
const T* find(const Table<T>& table, std::string_view id) {
  const auto found = table.find(id);
  return found == table.end() ? nullptr : found->second.get();
}

template <typename T>
void store(Table<T>& table, const T& entity) {
  table.insert_or_assign(entity.id(), std::make_shared<const T>(entity));
}

template <typename T>
void erase(Table<T>& table, std::string_view id) {
  if (const auto found = table.find(id); found != table.end()) table.erase(found);
}

using Ids = std::set<std::string, std::less<>>;
using IdsByOwner = std::map<std::string, Ids, std::less<>>;

void index_id(IdsByOwner& index, const std::string& owner, const std::string& id, bool present) {
  if (owner.empty()) return;
  if (present) {
    index[owner].insert(id);
    return;
  }
  const auto found = index.find(owner);
  if (found == index.end()) return;
  found->second.erase(id);
  if (found->second.empty()) index.erase(found);
}

const Ids& ids_of(const IdsByOwner& index, std::string_view owner) {
  static const Ids none;
  const auto found = index.find(owner);
  return found == index.end() ? none : found->second;
}

}  // namespace

QueueKey queue_key(const v1::Request& request) {
  return {request.band(), request.order_key(), request.sequence(), request.id()};
}

const v1::Room* State::room(std::string_view id) const {
  return find(rooms_, id);
}
const v1::AgendaItem* State::item(std::string_view id) const {
  return find(items_, id);
}
const v1::Delegation* State::delegation(std::string_view id) const {
  return find(delegations_, id);
}
const v1::Person* State::person(std::string_view id) const {
  return find(people_, id);
}
const v1::Request* State::request(std::string_view id) const {
  return find(requests_, id);
}
const v1::Speech* State::speech(std::string_view id) const {
  return find(speeches_, id);
}
const v1::Announcement* State::announcement(std::string_view id) const {
  return find(announcements_, id);
}
const v1::Invitation* State::invitation(std::string_view id) const {
  return find(invitations_, id);
}
const v1::Act* State::act(std::string_view id) const {
  return find(acts_, id);
}

const v1::Seen* State::seen(std::string_view person_id) const {
  return find(seen_, person_id);
}

const v1::Person* State::who_is(std::string_view person_id) const {
  const v1::Person* person = this->person(person_id);
  return person == nullptr || person->merged_into().empty() ? person
                                                            : this->person(person->merged_into());
}

std::int64_t State::last_seen_ms(std::string_view person_id) const {
  const v1::Person* person = this->person(person_id);
  const v1::Seen* noted = seen(person_id);
  // Records of earlier builds noted it in the person.
  return std::max(person == nullptr ? 0 : person->last_seen_at_ms(),
                  noted == nullptr ? 0 : noted->at_ms());
}

const State::Line* State::line(std::string_view room_id, std::string_view item_id) const {
  const auto of_room = lines_.find(room_id);
  if (of_room == lines_.end()) return nullptr;
  const auto found = of_room->second.find(item_id);
  return found == of_room->second.end() ? nullptr : &found->second;
}

const Queue& State::queue(std::string_view room_id, std::string_view item_id) const {
  static const Queue none;
  const Line* found = line(room_id, item_id);
  return found == nullptr ? none : found->all;
}

int State::callable_count(std::string_view room_id, std::string_view item_id) const {
  const Line* found = line(room_id, item_id);
  return found == nullptr ? 0 : static_cast<int>(found->callable.size());
}

int State::place(const v1::Request& request) const {
  const Line* found = line(request.room_id(), request.item_id());
  const QueueKey key = queue_key(request);
  if (found == nullptr || !found->callable.contains(key)) return 0;
  return static_cast<int>(found->callable.before(key)) + 1;
}

std::vector<std::string> State::first_callable(std::string_view room_id, std::string_view item_id,
                                               std::size_t count, const QueueKey* after) const {
  const Line* found = line(room_id, item_id);
  if (found == nullptr) return {};
  return found->callable.ids(count, after);
}

const Ids& State::withdrawals_of_person(std::string_view person_id) const {
  return ids_of(withdrawals_of_person_, person_id);
}

const Ids& State::members(std::string_view delegation_id) const {
  return ids_of(members_, delegation_id);
}

const Ids& State::requests_of_person(std::string_view person_id) const {
  return ids_of(requests_of_person_, person_id);
}

const Ids& State::requests_of_delegation(std::string_view delegation_id) const {
  return ids_of(requests_of_delegation_, delegation_id);
}

const std::set<std::pair<std::int64_t, std::string>>& State::speeches_of_room(
    std::string_view room_id) const {
  static const std::set<std::pair<std::int64_t, std::string>> none;
  const auto found = speeches_of_room_.find(room_id);
  return found == speeches_of_room_.end() ? none : found->second;
}

const std::set<std::pair<std::int64_t, std::string>>& State::acts_of_room(
    std::string_view room_id) const {
  static const std::set<std::pair<std::int64_t, std::string>> none;
  const auto found = acts_of_room_.find(room_id);
  return found == acts_of_room_.end() ? none : found->second;
}

std::size_t State::note_bytes(std::string_view room_id) const {
  const auto found = note_bytes_.find(room_id);
  return found == note_bytes_.end() ? 0 : found->second;
}

const v1::Room* State::plenary() const {
  return room(plenary_id_);
}

void State::index(const v1::Request& request, bool present) {
  index_id(requests_of_person_, request.speaker_person_id(), request.id(), present);
  if (request.holder_person_id() != request.speaker_person_id()) {
    index_id(requests_of_person_, request.holder_person_id(), request.id(), present);
  }
  index_id(requests_of_delegation_, request.holder_delegation_id(), request.id(), present);
  if (const std::size_t bytes = request.note().size() + request.moved().reason().size()) {
    std::size_t& sum = note_bytes_[request.room_id()];
    sum = present ? sum + bytes : sum - bytes;
    if (sum == 0) note_bytes_.erase(request.room_id());
  }
  const QueueKey key = queue_key(request);
  if (present) {
    Line& into = lines_[request.room_id()][request.item_id()];
    into.all.insert(key);
    if (!request.held()) into.callable.insert(key);
    return;
  }
  const auto of_room = lines_.find(request.room_id());
  if (of_room == lines_.end()) return;
  const auto from = of_room->second.find(request.item_id());
  if (from == of_room->second.end()) return;
  from->second.all.erase(key);
  from->second.callable.erase(key);
  if (!from->second.all.empty()) return;
  of_room->second.erase(from);
  if (of_room->second.empty()) lines_.erase(of_room);
}

void State::index(const v1::Person& person, bool present) {
  if (person.removed()) return;
  index_id(members_, person.delegation_id(), person.id(), present);
  const int step = present ? 1 : -1;
  // Somebody whom staff wrote down is nobody who entered (P6).
  if (!person.without_device()) people_present_ += step;
  if (!person.admitted()) awaiting_admission_ += step;
  const bool claims = !person.delegation_id().empty() || !person.delegation_text().empty();
  if (claims && !person.delegation_confirmed()) unconfirmed_ += step;
}

void State::index(const v1::Speech& speech, bool present) {
  if (present) {
    speeches_of_room_[speech.room_id()].emplace(speech.granted_at_ms(), speech.id());
    return;
  }
  const auto found = speeches_of_room_.find(speech.room_id());
  if (found == speeches_of_room_.end()) return;
  found->second.erase({speech.granted_at_ms(), speech.id()});
  if (found->second.empty()) speeches_of_room_.erase(found);
}

void State::index(const v1::Act& act, bool present) {
  if (act.kind() == v1::ACT_KIND_WITHDRAW) {
    index_id(withdrawals_of_person_, act.by_person_id(), act.id(), present);
    for (const auto& request : act.requests_before()) {
      if (request.speaker_person_id() == act.by_person_id()) continue;
      index_id(withdrawals_of_person_, request.speaker_person_id(), act.id(), present);
    }
  }
  if (present) {
    acts_of_room_[act.room_id()].emplace(act.at_ms(), act.id());
    return;
  }
  const auto found = acts_of_room_.find(act.room_id());
  if (found == acts_of_room_.end()) return;
  found->second.erase({act.at_ms(), act.id()});
  if (found->second.empty()) acts_of_room_.erase(found);
}

void State::put(const v1::Entity& entity) {
  switch (entity.kind_case()) {
    case v1::Entity::kSession:
      session_ = std::make_shared<const v1::Session>(entity.session());
      return;
    case v1::Entity::kRoom:
      if (entity.room().plenary()) plenary_id_ = entity.room().id();
      return store(rooms_, entity.room());
    case v1::Entity::kItem:
      return store(items_, entity.item());
    case v1::Entity::kDelegation:
      return store(delegations_, entity.delegation());
    case v1::Entity::kPerson:
      if (const auto* before = person(entity.person().id())) index(*before, false);
      index(entity.person(), true);
      return store(people_, entity.person());
    case v1::Entity::kRequest:
      if (const auto* before = request(entity.request().id())) index(*before, false);
      index(entity.request(), true);
      return store(requests_, entity.request());
    case v1::Entity::kSpeech:
      if (const auto* before = speech(entity.speech().id())) index(*before, false);
      index(entity.speech(), true);
      return store(speeches_, entity.speech());
    case v1::Entity::kAnnouncement:
      return store(announcements_, entity.announcement());
    case v1::Entity::kInvitation:
      return store(invitations_, entity.invitation());
    case v1::Entity::kAct:
      if (const auto* before = act(entity.act().id())) index(*before, false);
      index(entity.act(), true);
      return store(acts_, entity.act());
    case v1::Entity::kSeen:
      return store(seen_, entity.seen());
    case v1::Entity::KIND_NOT_SET:
      return;  // of a newer writer, which kReaderVersion keeps away
  }
}

void State::remove(v1::EntityKind kind, std::string_view id) {
  switch (kind) {
    case v1::ENTITY_KIND_SESSION:
      session_.reset();
      return;
    case v1::ENTITY_KIND_ROOM:
      if (plenary_id_ == id) plenary_id_.clear();
      return erase(rooms_, id);
    case v1::ENTITY_KIND_ITEM:
      return erase(items_, id);
    case v1::ENTITY_KIND_DELEGATION:
      return erase(delegations_, id);
    case v1::ENTITY_KIND_PERSON:
      if (const auto* before = person(id)) index(*before, false);
      return erase(people_, id);
    case v1::ENTITY_KIND_REQUEST:
      if (const auto* before = request(id)) index(*before, false);
      return erase(requests_, id);
    case v1::ENTITY_KIND_SPEECH:
      if (const auto* before = speech(id)) index(*before, false);
      return erase(speeches_, id);
    case v1::ENTITY_KIND_ANNOUNCEMENT:
      return erase(announcements_, id);
    case v1::ENTITY_KIND_INVITATION:
      return erase(invitations_, id);
    case v1::ENTITY_KIND_ACT:
      if (const auto* before = act(id)) index(*before, false);
      return erase(acts_, id);
    case v1::ENTITY_KIND_SEEN:
      return erase(seen_, id);
    default:
      return;
  }
}

}  // namespace plenary::core
