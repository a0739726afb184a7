#include "core/agenda/build.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/limits.hpp"
#include "core/text.hpp"

namespace plenary::core {
namespace {

std::string path(std::string_view field, std::string_view part) {
  return field.empty() ? std::string(part) : std::string(field) + "." + std::string(part);
}

std::string element(std::string_view field, int index) {
  return std::string(field) + "[" + std::to_string(index) + "]";
}

Allowed check_times(const v1::AgendaEntry& entry, std::string_view field) {
  if (auto allowed = check_range(entry.planned_ms(), kMaxPlannedMs, path(field, "planned_ms"));
      !allowed) {
    return allowed;
  }
  if (!entry.fixed_start().empty() && !is_time_of_day(entry.fixed_start())) {
    return refuse_field(path(field, "fixed_start"), "HH:MM");
  }
  return check_range(entry.speech_limit_ms(), kMaxLimitMs, path(field, "speech_limit_ms"));
}

}  // namespace

AgendaBuilder::AgendaBuilder(Draft& draft, std::string_view field) : draft_(draft), field_(field) {
  // Who is named somewhere already is meant again, also with a device by now (P7).
  for (const auto& [id, item] : draft.state().items()) {
    for (const auto& speaker : item->speakers()) {
      const v1::Person* person = draft.get<v1::Person>(speaker.person_id());
      if (person != nullptr && !person->removed()) {
        people_.try_emplace(speaker.name(), speaker.person_id());
      }
    }
  }
  for (const auto* person : draft.all<v1::Person>(draft.state().people())) {
    ++people_count_;
    if (person->without_device() && !person->removed()) {
      people_.try_emplace(person->name(), person->id());
    }
  }
}

Allowed AgendaBuilder::add_room(const v1::AgendaRoom& raw, int position, const std::string& at) {
  if (auto allowed = check_id(raw.id(), at + ".id"); !allowed) return allowed;
  auto name = check_names(raw.name(), {.max_length = kMaxNameLength}, at + ".name");
  if (!name) return Refused(name.error());
  auto settings = check_settings(raw.settings(), at + ".settings");
  if (!settings) return Refused(settings.error());
  if (settings->warning_ms() == 0) settings->set_warning_ms(kDefaultWarningMs);
  v1::Room room;
  room.set_id(raw.id());
  *room.mutable_name() = std::move(*name);
  room.set_plenary(position == 0);
  *room.mutable_settings() = std::move(*settings);
  room.set_queue_open(true);
  room.set_position(position);
  draft_.put(std::move(room));
  return {};
}

Allowed AgendaBuilder::add_rooms(const v1::Agenda& agenda) {
  std::size_t count = draft_.all<v1::Room>(draft_.state().rooms()).size();
  std::set<std::string_view> seen;
  int index = 0;
  for (const auto& room : agenda.rooms()) {
    const std::string at = element(path(field_, "rooms"), index++);
    if (!seen.insert(room.id()).second) return refuse_field(at + ".id", "ids that differ");
    if (draft_.get<v1::Room>(room.id()) != nullptr) continue;
    if (count == kMaxRooms) {
      return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, path(field_, "rooms"), kMaxRooms);
    }
    if (auto allowed = add_room(room, static_cast<int>(count), at); !allowed) return allowed;
    ++count;
  }
  return {};
}

Allowed AgendaBuilder::add_delegations(const v1::Agenda& agenda, bool strict) {
  std::set<std::string, std::less<>> names;
  std::int32_t position = 0;
  for (const auto* there : draft_.all<v1::Delegation>(draft_.state().delegations())) {
    names.insert(there->name().text());
    position = std::max(position, there->position() + 1);
  }
  int index = 0;
  for (const auto& raw : agenda.delegations()) {
    const std::string at = element(path(field_, "delegations"), index++);
    auto name = check_names(raw, {.max_length = kMaxNameLength}, at);
    if (!name) return Refused(name.error());
    if (names.contains(name->text())) {
      if (strict) return refuse_field(at, "names that differ");
      continue;
    }
    if (names.size() == kMaxDelegations) {
      return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, path(field_, "delegations"),
                          kMaxDelegations);
    }
    names.insert(name->text());
    v1::Delegation delegation;
    delegation.set_id(draft_.fresh_id());
    *delegation.mutable_name() = std::move(*name);
    delegation.set_position(position++);
    draft_.put(std::move(delegation));
  }
  return {};
}

Allowed AgendaBuilder::add_items(const v1::Agenda& agenda) {
  const auto there = items_in_order(draft_);
  std::int32_t position = there.empty() ? 0 : there.back()->position() + 1;
  if (there.size() + static_cast<std::size_t>(agenda.items_size()) > kMaxItems) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, path(field_, "items"), kMaxItems);
  }
  int index = 0;
  for (const auto& entry : agenda.items()) {
    v1::AgendaItem item;
    item.set_id(draft_.fresh_id());
    item.set_position(position++);
    auto built = build_item(std::move(item), entry, element(path(field_, "items"), index++));
    if (!built) return Refused(built.error());
    draft_.put(std::move(*built));
  }
  return {};
}

std::expected<std::string, v1::Refusal> AgendaBuilder::person_named(const std::string& name,
                                                                    const std::string& room_id) {
  if (const auto found = people_.find(name); found != people_.end()) return found->second;
  if (people_count_ == kMaxPeople) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, "people", kMaxPeople);
  }
  ++people_count_;
  v1::Person person;
  person.set_id(draft_.fresh_id());
  person.set_name(name);
  person.set_delegation_confirmed(true);
  person.set_admitted(true);
  person.set_without_device(true);
  person.set_room_id(room_id);
  person.set_entered_at_ms(draft_.now_ms());
  people_.emplace(name, person.id());
  return draft_.put(std::move(person)).id();
}

Allowed AgendaBuilder::add_speakers(v1::AgendaItem& item, const Strings& names,
                                    std::string_view field) {
  if (static_cast<std::size_t>(names.size()) > kMaxSpeakersOfItem) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, field, kMaxSpeakersOfItem);
  }
  item.clear_speakers();
  int index = 0;
  for (const auto& raw : names) {
    auto name = check_text(raw, {.max_length = kMaxNameLength}, element(field, index++));
    if (!name) return Refused(name.error());
    auto person_id = person_named(*name, item.room_id());
    if (!person_id) return Refused(person_id.error());
    auto* speaker = item.add_speakers();
    speaker->set_name(std::move(*name));
    speaker->set_person_id(std::move(*person_id));
  }
  return {};
}

std::expected<v1::AgendaItem, v1::Refusal> AgendaBuilder::build_item(v1::AgendaItem item,
                                                                     const v1::AgendaEntry& entry,
                                                                     std::string_view field) {
  auto title = check_names(entry.title(), {.max_length = kMaxTitleLength}, path(field, "title"));
  if (!title) return Refused(title.error());
  if (!v1::ItemKind_IsValid(entry.kind())) {
    return refuse_field(path(field, "kind"), "a kind of item");
  }
  if (auto allowed = check_times(entry, field); !allowed) return Refused(allowed.error());
  std::string room_id = entry.room_id();
  if (room_id.empty()) {
    for (const auto* room : draft_.all<v1::Room>(draft_.state().rooms())) {
      if (room->plenary()) room_id = room->id();
    }
  }
  if (draft_.get<v1::Room>(room_id) == nullptr) {
    return refuse(v1::REFUSAL_CODE_NOT_FOUND, path(field, "room_id"), "a room of the session");
  }
  item.set_room_id(room_id);
  item.set_kind(entry.kind() == v1::ITEM_KIND_UNSPECIFIED ? v1::ITEM_KIND_OTHER : entry.kind());
  *item.mutable_title() = std::move(*title);
  item.set_planned_ms(entry.planned_ms());
  item.set_fixed_start(entry.fixed_start());
  item.set_queue_starts_closed(entry.queue_starts_closed());
  item.set_inscription_ahead(entry.inscription_ahead());
  item.set_speech_limit_ms(entry.speech_limit_ms());
  if (auto allowed = add_speakers(item, entry.speakers(), path(field, "speakers")); !allowed) {
    return Refused(allowed.error());
  }
  return item;
}

std::vector<const v1::AgendaItem*> items_in_order(const Draft& draft) {
  auto items = draft.all<v1::AgendaItem>(draft.state().items());
  std::stable_sort(items.begin(), items.end(), [](const auto* one, const auto* other) {
    return one->position() < other->position();
  });
  return items;
}

void renumber_items(Draft& draft, const std::vector<std::string>& ids) {
  std::int32_t position = 0;
  for (const auto& id : ids) {
    if (draft.get<v1::AgendaItem>(id)->position() != position) {
      draft.edit<v1::AgendaItem>(id).set_position(position);
    }
    ++position;
  }
}

}  // namespace plenary::core
