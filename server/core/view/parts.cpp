#include "core/view/parts.hpp"

#include <algorithm>

#include "core/queue/due.hpp"
#include "core/queue/order.hpp"
#include "core/time/clock.hpp"

namespace plenary::core {
namespace {

bool for_staff(v1::Audience audience) {
  return audience == v1::AUDIENCE_STAFF;
}

bool hides_names(v1::Audience audience, const State& state, std::string_view room_id) {
  const v1::Room* room = state.room(room_id);
  return !for_staff(audience) && room != nullptr && room->settings().names_hidden();
}

void add_staff_fields(const v1::Request& request, const v1::Person* speaker, v1::EntryView& entry) {
  entry.set_note(request.note());
  entry.set_held(request.held());
  if (request.has_moved()) *entry.mutable_move() = request.moved();
  entry.set_asked(request.asked());
  entry.set_limit_ms(request.limit_ms());
  if (speaker == nullptr) return;
  entry.set_muted(speaker->muted());
  if (speaker->room_id() != request.room_id()) entry.set_present_room_id(speaker->room_id());
}

}  // namespace

bool is_of_older_topic(const State& state, const v1::Request& request) {
  if (request.kind() != v1::REQUEST_KIND_REPLY) return false;
  const v1::Room* room = state.room(request.room_id());
  return room != nullptr && request.topic_speech_id() != room->topic_speech_id();
}

std::vector<const v1::Room*> rooms_in_order(const State& state) {
  std::vector<const v1::Room*> rooms;
  for (const auto& [id, room] : state.rooms())
    rooms.push_back(room.get());
  std::stable_sort(rooms.begin(), rooms.end(), [](const auto* one, const auto* other) {
    return one->position() < other->position();
  });
  return rooms;
}

std::vector<std::string> visible_queue(v1::Audience audience, const State& state,
                                       std::string_view room_id, std::string_view item_id,
                                       std::size_t count, const QueueKey* after) {
  if (!for_staff(audience)) return state.first_callable(room_id, item_id, count, after);
  const Queue& queue = state.queue(room_id, item_id);
  std::vector<std::string> ids;
  for (auto at = after == nullptr ? queue.begin() : queue.upper_bound(*after);
       at != queue.end() && ids.size() < count; ++at) {
    ids.push_back(at->request_id);
  }
  return ids;
}

v1::RoomView room_view(v1::Audience audience, const State& state, const v1::Room& room) {
  v1::RoomView view;
  view.set_id(room.id());
  *view.mutable_name() = room.name();
  view.set_plenary(room.plenary());
  *view.mutable_settings() = room.settings();
  const v1::AgendaItem* item = state.item(room.current_item_id());
  for (const auto kind : offered_kinds(room.settings())) {
    auto* offered = view.add_kinds();
    offered->set_kind(kind);
    offered->set_band(band_of(room.settings().preset(), kind).value_or(0));
    offered->set_limit_ms(limit_of(room.settings(), item, kind));
  }
  view.set_queue_open(room.queue_open());
  view.set_current_item_id(room.current_item_id());
  view.set_current_run_id(room.current_run_id());
  view.set_current_speech_id(room.current_speech_id());
  *view.mutable_suspended_speech_ids() = room.suspended_speech_ids();
  view.set_topic_speech_id(room.topic_speech_id());
  for (auto& id : visible_queue(audience, state, room.id(), {}, kEntriesInView)) {
    view.add_entry_ids(std::move(id));
  }
  view.set_waiting_count(for_staff(audience) ? static_cast<int>(state.queue(room.id()).size())
                                             : state.callable_count(room.id()));
  view.set_median_speech_ms(median_speech_ms(state, room.id()));
  view.set_position(room.position());
  view.set_item_unspoken(is_unspoken(state, room));
  for (auto& id : due_person_ids(audience, state, room)) {
    view.add_due_person_ids(std::move(id));
  }
  return view;
}

v1::EntryView entry_view(v1::Audience audience, const State& state, const v1::Request& request,
                         int place) {
  const v1::Person* speaker = state.person(request.speaker_person_id());
  v1::EntryView entry;
  entry.set_id(request.id());
  entry.set_room_id(request.room_id());
  entry.set_item_id(request.item_id());
  entry.set_kind(request.kind());
  entry.set_raised_at_ms(request.raised_at_ms());
  entry.set_moved(request.has_moved());
  entry.set_older_topic(is_of_older_topic(state, request));
  entry.set_place(place);
  entry.set_held_by_delegation(!request.holder_delegation_id().empty());
  if (speaker != nullptr && !hides_names(audience, state, request.room_id())) {
    entry.set_person_id(speaker->id());
    entry.set_name(speaker->name());
  }
  if (!request.holder_delegation_id().empty()) {
    entry.set_delegation_id(request.holder_delegation_id());
  } else if (speaker != nullptr) {
    entry.set_delegation_id(speaker->delegation_id());
    entry.set_delegation_name(speaker->delegation_text());
    const bool claims = !speaker->delegation_id().empty() || !speaker->delegation_text().empty();
    entry.set_delegation_unconfirmed(claims && !speaker->delegation_confirmed());
  }
  if (for_staff(audience)) add_staff_fields(request, speaker, entry);
  return entry;
}

v1::SpeechView speech_view(v1::Audience audience, const State& state, const v1::Speech& speech) {
  v1::SpeechView view;
  view.set_id(speech.id());
  view.set_room_id(speech.room_id());
  view.set_item_id(speech.item_id());
  view.set_run_id(speech.run_id());
  view.set_kind(speech.kind());
  if (!hides_names(audience, state, speech.room_id())) {
    view.set_person_id(speech.person_id());
    view.set_name(speech.name());
  }
  view.set_delegation_id(speech.delegation_id());
  view.set_delegation_name(speech.delegation_name());
  const bool claims = !speech.delegation_id().empty() || !speech.delegation_name().empty();
  view.set_delegation_unconfirmed(claims && !speech.delegation_confirmed());
  view.set_state(speech.state());
  view.set_stopped_by_session(speech.stopped_by_session());
  view.set_limit_ms(speech.limit_ms());
  view.set_granted_at_ms(speech.granted_at_ms());
  *view.mutable_intervals() = speech.intervals();
  view.set_deducted_ms(speech.deducted_ms());
  if (speech.kind() == v1::REQUEST_KIND_NEW_TOPIC) view.set_topic_note(speech.topic_note());
  return view;
}

google::protobuf::RepeatedPtrField<v1::Grant> shown_grants(const v1::Person& person) {
  google::protobuf::RepeatedPtrField<v1::Grant> shown;
  for (const v1::Grant& grant : person.grants()) {
    const bool seen = std::any_of(shown.begin(), shown.end(), [&](const v1::Grant& other) {
      return other.role() == grant.role() && other.room_id() == grant.room_id();
    });
    if (!seen) *shown.Add() = grant;
  }
  return shown;
}

v1::ActView act_view(const State& state, const v1::Act& act) {
  v1::ActView view;
  view.set_id(act.id());
  view.set_room_id(act.room_id());
  view.set_kind(act.kind());
  if (const v1::Person* by = state.person(act.by_person_id())) view.set_by_name(by->name());
  view.set_by_person_id(act.by_person_id());
  view.set_at_ms(act.at_ms());
  view.set_expires_at_ms(act.expires_at_ms());
  view.set_subject(act.subject());
  return view;
}

}  // namespace plenary::core
