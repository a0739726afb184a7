#include "core/queue/due.hpp"

#include <algorithm>
#include <set>

namespace plenary::core {
namespace {

// Who has had the floor for the item, or has it.
std::set<std::string> speakers_of(const State& state, const v1::AgendaItem& item) {
  std::set<std::string> people;
  if (item.runs().empty()) return people;
  const auto& ids = state.speeches_of_room(item.room_id());
  const auto first = ids.lower_bound({item.runs(0).started_at_ms(), {}});
  for (auto at = first; at != ids.end(); ++at) {
    const v1::Speech* speech = state.speech(at->second);
    if (speech == nullptr || speech->item_id() != item.id()) continue;
    if (speech->state() != v1::SPEECH_STATE_VOID) people.insert(speech->person_id());
  }
  return people;
}

// Whether the chair holds what this person has up in the room.
bool is_held(const State& state, const std::string& person_id, const std::string& room_id) {
  bool held = false;
  for (const std::string& id : state.requests_of_person(person_id)) {
    const v1::Request& request = *state.request(id);
    if (request.speaker_person_id() != person_id || request.room_id() != room_id) continue;
    if (!request.item_id().empty()) continue;
    if (!request.held()) return false;
    held = true;
  }
  return held;
}

}  // namespace

bool is_unspoken(const State& state, const v1::Room& room) {
  const v1::AgendaItem* item = state.item(room.current_item_id());
  return item != nullptr && speakers_of(state, *item).empty();
}

std::vector<std::string> due_person_ids(v1::Audience audience, const State& state,
                                        const v1::Room& room) {
  std::vector<std::string> due;
  const v1::AgendaItem* item = state.item(room.current_item_id());
  if (item == nullptr || item->kind() == v1::ITEM_KIND_BREAK || item->speakers().empty())
    return due;
  const std::set<std::string> spoken = speakers_of(state, *item);
  const bool hidden = audience != v1::AUDIENCE_STAFF && room.settings().names_hidden();
  if (hidden && !spoken.empty()) return due;
  for (const v1::NamedSpeaker& speaker : item->speakers()) {
    const std::string& id = speaker.person_id();
    const v1::Person* person = state.person(id);
    if (person == nullptr || person->removed() || spoken.contains(id)) continue;
    if (std::find(due.begin(), due.end(), id) != due.end()) continue;
    if (!is_held(state, id, room.id())) due.push_back(id);
  }
  return due;
}

}  // namespace plenary::core
