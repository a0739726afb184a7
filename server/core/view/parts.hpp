// One entity as an audience sees it. P8 is kept here, and nowhere else: every view and answer is
// made of these.
#pragma once

#include "core/project.hpp"

namespace plenary::core {

v1::RoomView room_view(v1::Audience audience, const State& state, const v1::Room& room);
// `place` as the caller has counted it.
v1::EntryView entry_view(v1::Audience audience, const State& state, const v1::Request& request,
                         int place);
v1::SpeechView speech_view(v1::Audience audience, const State& state, const v1::Speech& speech);
v1::ActView act_view(const State& state, const v1::Act& act);

// The roles of a person, each once, however many grants hold it.
google::protobuf::RepeatedPtrField<v1::Grant> shown_grants(const v1::Person& person);

// The ids of the queue that an audience sees, in order, at most `count`. Held entries are seen by
// staff alone: a place of none among others with places would tell everybody that the chair holds
// it (P8).
std::vector<std::string> visible_queue(v1::Audience audience, const State& state,
                                       std::string_view room_id, std::string_view item_id,
                                       std::size_t count, const QueueKey* after = nullptr);

// A reply to a topic that the room has left (Q7).
bool is_of_older_topic(const State& state, const v1::Request& request);

// Rooms as the page lists them; likewise items.
std::vector<const v1::Room*> rooms_in_order(const State& state);

}  // namespace plenary::core
