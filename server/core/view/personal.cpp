// project_person(): what somebody sees of the own things: values, which replace each other.
#include <algorithm>

#include "core/project.hpp"
#include "core/queue/order.hpp"
#include "core/rights.hpp"
#include "core/view/parts.hpp"

namespace plenary::core {
namespace {

void add_request(const State& state, const v1::Request& request, std::int64_t now_ms,
                 v1::PersonalView& view) {
  v1::OwnRequest& own = *view.add_requests();
  own.set_request_id(request.id());
  own.set_room_id(request.room_id());
  own.set_item_id(request.item_id());
  own.set_kind(request.kind());
  own.set_note(request.note());
  own.set_place(place_of(state, request));
  const WaitRange wait = estimated_wait(state, request, now_ms);
  own.set_wait_low_ms(wait.low_ms);
  own.set_wait_high_ms(wait.high_ms);
  own.set_held(request.held());
  own.set_asked(request.asked());
  own.set_next(own.place() == 1 && request.item_id().empty());
  own.set_speaker_person_id(request.speaker_person_id());
  if (const v1::Person* speaker = state.person(request.speaker_person_id())) {
    own.set_speaker_name(speaker->name());
  }
  own.set_held_by_delegation(!request.holder_delegation_id().empty());
  own.set_moved(request.has_moved());
  own.set_told_next(request.told_next());
  own.set_older_topic(is_of_older_topic(state, request));
}

const v1::Speech* floor_of(const State& state, const v1::Room& room, std::string_view person_id) {
  if (room.current_speech_id().empty()) return nullptr;
  const v1::Speech* speech = state.speech(room.current_speech_id());
  return speech != nullptr && speech->person_id() == person_id ? speech : nullptr;
}

}  // namespace

bool has_floor(const State& state, std::string_view person_id) {
  const auto& rooms = state.rooms();
  return std::any_of(rooms.begin(), rooms.end(), [&](const auto& item) {
    return floor_of(state, *item.second, person_id) != nullptr;
  });
}

v1::PersonalView project_person(const State& state, std::string_view person_id,
                                std::int64_t now_ms) {
  v1::PersonalView view;
  view.set_person_id(std::string(person_id));
  const v1::Person* person = state.person(person_id);
  if (person == nullptr || person->removed()) return view;
  view.set_name(person->name());
  view.set_delegation_id(person->delegation_id());
  view.set_delegation_text(person->delegation_text());
  view.set_delegation_confirmed(person->delegation_confirmed());
  view.set_admitted(person->admitted());
  view.set_muted(person->muted());
  view.set_room_id(person->room_id());
  *view.mutable_grants() = shown_grants(*person);
  std::set<std::string> requests(state.requests_of_person(person_id).begin(),
                                 state.requests_of_person(person_id).end());
  if (is_member(*person, person->delegation_id())) {
    const auto& held = state.requests_of_delegation(person->delegation_id());
    requests.insert(held.begin(), held.end());
  }
  for (const auto& id : requests)
    add_request(state, *state.request(id), now_ms, view);
  for (const auto& [room_id, room] : state.rooms()) {
    const v1::Speech* speech = floor_of(state, *room, person_id);
    if (speech == nullptr) continue;
    v1::OwnFloor& floor = *view.add_floors();
    floor.set_room_id(room_id);
    floor.set_speech_id(speech->id());
  }
  for (const auto& id : state.withdrawals_of_person(person_id)) {
    const v1::Act& act = *state.act(id);
    if (act.expires_at_ms() > now_ms) *view.add_acts() = act_view(state, act);
  }
  return view;
}

}  // namespace plenary::core
