#include "gateway/agenda_json.hpp"

#include "gateway/json_reader.hpp"
#include "gateway/limits.hpp"
#include "gateway/words.hpp"

namespace plenary::gateway {

namespace json = boost::json;
namespace v1 = ::plenary::v1;

namespace {

constexpr std::int64_t kSecondMs = 1'000;
constexpr std::int64_t kMinuteMs = 60'000;

std::string element(const std::string& path, std::size_t index) {
  return path + "[" + std::to_string(index) + "]";
}

// ---- reading

template <typename Enum>
Enum read_word(JsonReader& reader, std::string_view key, std::string_view prefix,
               bool (*parse)(const std::string&, Enum*), const char* accepted) {
  Enum value{};
  if (!reader.has(key)) return value;
  if (!parse_word(reader.string(key), prefix, parse, value)) {
    reader.fault().set(reader.path(key), accepted);
  }
  return value;
}

// The generated parsers take a type of protobuf's own; these give them one signature.
bool parse_entry(const std::string& n, v1::EntryPolicy* v) {
  return v1::EntryPolicy_Parse(n, v);
}
bool parse_preset(const std::string& n, v1::Preset* v) {
  return v1::Preset_Parse(n, v);
}
bool parse_holder(const std::string& n, v1::HolderKind* v) {
  return v1::HolderKind_Parse(n, v);
}
bool parse_overrun(const std::string& n, v1::Overrun* v) {
  return v1::Overrun_Parse(n, v);
}
bool parse_item(const std::string& n, v1::ItemKind* v) {
  return v1::ItemKind_Parse(n, v);
}

void read_translations(JsonReader& reader, std::string_view key, v1::Text& text) {
  const json::object* forms = reader.object(key);
  if (forms == nullptr) return;
  if (forms->size() > kMaxListInAgenda) {
    reader.fault().set(reader.path(key), "fewer languages", kMaxListInAgenda);
    return;
  }
  for (const auto& item : *forms) {
    const json::string* form = item.value().if_string();
    if (form == nullptr) {
      reader.fault().set(reader.path(key), "texts by language");
      return;
    }
    v1::Translation& translation = *text.add_translations();
    translation.set_language(std::string(item.key().data(), item.key().size()));
    translation.set_text(std::string(form->data(), form->size()));
  }
}

void read_strings(JsonReader& reader, std::string_view key, std::size_t most,
                  google::protobuf::RepeatedPtrField<std::string>& into) {
  const json::array* list = reader.array(key, most);
  if (list == nullptr) return;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const json::string* text = (*list)[i].if_string();
    if (text == nullptr) {
      reader.fault().set(element(reader.path(key), i), "a text");
      return;
    }
    into.Add(std::string(text->data(), text->size()));
  }
}

// Calls read(object, path) for every element, all of which must be objects.
template <typename Read>
void read_objects(JsonReader& reader, std::string_view key, std::size_t most, Read read) {
  const json::array* list = reader.array(key, most);
  if (list == nullptr) return;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const std::string path = element(reader.path(key), i);
    if (const json::object* object = (*list)[i].if_object()) {
      read(*object, path);
    } else {
      reader.fault().set(path, "an object");
    }
  }
}

void read_kind_limits(JsonReader& reader, v1::RoomSettings& settings) {
  const json::object* limits = reader.object("kind_limits_s");
  if (limits == nullptr) return;
  JsonReader by_kind(*limits, reader.path("kind_limits_s"), reader.fault());
  for (int kind = v1::REQUEST_KIND_HAND; kind <= v1::RequestKind_MAX; ++kind) {
    if (!v1::RequestKind_IsValid(kind)) continue;
    const auto value = static_cast<v1::RequestKind>(kind);
    const std::string word = enum_word(v1::RequestKind_Name(value), "REQUEST_KIND_");
    if (!by_kind.has(word)) continue;
    v1::KindLimit& limit = *settings.add_kind_limits();
    limit.set_kind(value);
    limit.set_limit_ms(by_kind.duration_ms(word, kSecondMs, kMaxDurationMs));
  }
}

void read_room(const json::object& object, const std::string& path, JsonFault& fault,
               v1::AgendaRoom& room) {
  JsonReader reader(object, path, fault);
  room.set_id(reader.string("id", true));
  room.mutable_name()->set_text(reader.string("name", true));
  read_translations(reader, "names", *room.mutable_name());
  v1::RoomSettings& settings = *room.mutable_settings();
  settings.set_preset(
      read_word(reader, "preset", "PRESET_", parse_preset, "simple, workshop or formal"));
  settings.set_holder(
      read_word(reader, "holder", "HOLDER_KIND_", parse_holder, "person or delegation"));
  settings.set_speech_limit_ms(reader.duration_ms("speech_limit_s", kSecondMs, kMaxDurationMs));
  read_kind_limits(reader, settings);
  settings.set_warning_ms(reader.duration_ms("warning_s", kSecondMs, kMaxDurationMs));
  settings.set_overrun(
      read_word(reader, "overrun", "OVERRUN_", parse_overrun, "count_up, hold_at_zero or hidden"));
  settings.set_interruption_suspends(reader.boolean("interruption_suspends"));
  settings.set_clock_waits_for_start(reader.boolean("clock_waits_for_start"));
  settings.set_names_hidden(reader.boolean("names_hidden"));
  settings.set_capacity(static_cast<std::int32_t>(reader.integer("capacity", 0, kMaxListInAgenda)));
}

void read_item(const json::object& object, const std::string& path, JsonFault& fault,
               v1::AgendaEntry& item) {
  JsonReader reader(object, path, fault);
  item.set_room_id(reader.string("room", true));
  item.set_kind(read_word(reader, "kind", "ITEM_KIND_", parse_item,
                          "welcome, remarks, briefing, workshop, debrief, statements, closing, "
                          "break or other"));
  item.mutable_title()->set_text(reader.string("title", true));
  read_translations(reader, "titles", *item.mutable_title());
  item.set_planned_ms(reader.duration_ms("planned_minutes", kMinuteMs, kMaxDurationMs));
  item.set_fixed_start(reader.string("start"));
  read_strings(reader, "speakers", kMaxListInAgenda, *item.mutable_speakers());
  item.set_queue_starts_closed(reader.boolean("queue_starts_closed"));
  item.set_inscription_ahead(reader.boolean("inscription_ahead"));
  item.set_speech_limit_ms(reader.duration_ms("speech_limit_s", kSecondMs, kMaxDurationMs));
}

void read_delegations(JsonReader& reader, v1::Agenda& agenda) {
  const json::array* list = reader.array("delegations", kMaxListInAgenda);
  if (list == nullptr) return;
  for (std::size_t i = 0; i < list->size(); ++i) {
    v1::Text& name = *agenda.add_delegations();
    const json::value& value = (*list)[i];
    const std::string path = element(reader.path("delegations"), i);
    if (const json::string* text = value.if_string()) {
      name.set_text(std::string(text->data(), text->size()));
    } else if (const json::object* object = value.if_object()) {
      JsonReader delegation(*object, path, reader.fault());
      name.set_text(delegation.string("name", true));
      read_translations(delegation, "names", name);
    } else {
      reader.fault().set(path, "a name, or an object with name and names");
    }
  }
}

// ---- writing

json::value text_value(const std::string& text) {
  return json::value(json::string(text));
}

// Whole units where it is whole, as a person would write it.
json::value duration_value(std::int64_t ms, std::int64_t unit_ms) {
  if (ms % unit_ms == 0) return ms / unit_ms;
  return static_cast<double>(ms) / static_cast<double>(unit_ms);
}

void write_translations(const v1::Text& text, const char* key, json::object& object) {
  if (text.translations().empty()) return;
  json::object forms;
  for (const v1::Translation& form : text.translations())
    forms[form.language()] = form.text();
  object[key] = std::move(forms);
}

json::object room_to_json(const v1::AgendaRoom& room) {
  json::object object{{"id", room.id()}, {"name", room.name().text()}};
  write_translations(room.name(), "names", object);
  const v1::RoomSettings& settings = room.settings();
  if (settings.preset() != 0) {
    object["preset"] = enum_word(v1::Preset_Name(settings.preset()), "PRESET_");
  }
  if (settings.holder() != 0) {
    object["holder"] = enum_word(v1::HolderKind_Name(settings.holder()), "HOLDER_KIND_");
  }
  if (settings.capacity() != 0) object["capacity"] = settings.capacity();
  if (settings.speech_limit_ms() != 0) {
    object["speech_limit_s"] = duration_value(settings.speech_limit_ms(), kSecondMs);
  }
  json::object limits;
  for (const v1::KindLimit& limit : settings.kind_limits()) {
    limits[enum_word(v1::RequestKind_Name(limit.kind()), "REQUEST_KIND_")] =
        duration_value(limit.limit_ms(), kSecondMs);
  }
  if (!limits.empty()) object["kind_limits_s"] = std::move(limits);
  if (settings.warning_ms() != 0) {
    object["warning_s"] = duration_value(settings.warning_ms(), kSecondMs);
  }
  if (settings.overrun() != 0) {
    object["overrun"] = enum_word(v1::Overrun_Name(settings.overrun()), "OVERRUN_");
  }
  if (settings.interruption_suspends()) object["interruption_suspends"] = true;
  if (settings.clock_waits_for_start()) object["clock_waits_for_start"] = true;
  if (settings.names_hidden()) object["names_hidden"] = true;
  return object;
}

json::object item_to_json(const v1::AgendaEntry& item) {
  json::object object{{"room", item.room_id()}};
  if (item.kind() != 0) object["kind"] = enum_word(v1::ItemKind_Name(item.kind()), "ITEM_KIND_");
  object["title"] = item.title().text();
  write_translations(item.title(), "titles", object);
  object["planned_minutes"] = duration_value(item.planned_ms(), kMinuteMs);
  if (!item.fixed_start().empty()) object["start"] = item.fixed_start();
  json::array speakers;
  for (const std::string& speaker : item.speakers())
    speakers.push_back(text_value(speaker));
  if (!speakers.empty()) object["speakers"] = std::move(speakers);
  if (item.queue_starts_closed()) object["queue_starts_closed"] = true;
  if (item.inscription_ahead()) object["inscription_ahead"] = true;
  if (item.speech_limit_ms() != 0) {
    object["speech_limit_s"] = duration_value(item.speech_limit_ms(), kSecondMs);
  }
  return object;
}

}  // namespace

std::expected<v1::Agenda, v1::Refusal> parse_agenda(const json::object& object) {
  JsonFault fault;
  v1::Agenda agenda;
  {
    JsonReader reader(object, "", fault);
    agenda.mutable_title()->set_text(reader.string("title", true));
    read_translations(reader, "titles", *agenda.mutable_title());
    agenda.set_date(reader.string("date"));
    agenda.set_planned_start(reader.string("start"));
    agenda.set_zone(reader.string("zone"));
    read_strings(reader, "languages", kMaxListInAgenda, *agenda.mutable_languages());
    agenda.set_entry(
        read_word(reader, "entry", "ENTRY_POLICY_", parse_entry, "open, confirmed or invited"));
    read_objects(reader, "rooms", kMaxListInAgenda, [&](const auto& room, const std::string& path) {
      read_room(room, path, fault, *agenda.add_rooms());
    });
    read_objects(reader, "agenda", kMaxListInAgenda,
                 [&](const auto& item, const std::string& path) {
                   read_item(item, path, fault, *agenda.add_items());
                 });
    read_delegations(reader, agenda);
  }
  if (fault.refusal()) return std::unexpected(*fault.refusal());
  return agenda;
}

json::object agenda_to_json(const v1::Agenda& agenda) {
  json::object object{{"title", agenda.title().text()}};
  write_translations(agenda.title(), "titles", object);
  if (!agenda.date().empty()) object["date"] = agenda.date();
  if (!agenda.planned_start().empty()) object["start"] = agenda.planned_start();
  if (!agenda.zone().empty()) object["zone"] = agenda.zone();
  json::array languages;
  for (const std::string& language : agenda.languages())
    languages.push_back(text_value(language));
  if (!languages.empty()) object["languages"] = std::move(languages);
  if (agenda.entry() != 0) {
    object["entry"] = enum_word(v1::EntryPolicy_Name(agenda.entry()), "ENTRY_POLICY_");
  }
  json::array rooms;
  for (const v1::AgendaRoom& room : agenda.rooms())
    rooms.push_back(room_to_json(room));
  object["rooms"] = std::move(rooms);
  json::array items;
  for (const v1::AgendaEntry& item : agenda.items())
    items.push_back(item_to_json(item));
  object["agenda"] = std::move(items);
  json::array delegations;
  for (const v1::Text& name : agenda.delegations()) {
    json::object entry;
    write_translations(name, "names", entry);
    if (entry.empty()) {
      delegations.push_back(text_value(name.text()));
    } else {
      entry["name"] = name.text();
      delegations.push_back(std::move(entry));
    }
  }
  object["delegations"] = std::move(delegations);
  return object;
}

}  // namespace plenary::gateway
