// Clocks of speeches and runs: what a list of intervals amounts to, and what stops and starts them
// (T). Times are server time in milliseconds. Pure; drafts are changed in place; nothing here is
// refused.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/changes.hpp"

namespace plenary::core {

using Intervals = google::protobuf::RepeatedPtrField<v1::Interval>;

// The sum of the intervals, an open one counted to now.
std::int64_t running_ms(const Intervals& intervals, std::int64_t now_ms);
// What a speech counts (T1): its intervals less what was taken off, at least 0; a void one 0.
std::int64_t counted_ms(const v1::Speech& speech, std::int64_t now_ms);

// The limit that a speech of the kind would have (T2): the item's, else the kind's, else the
// room's; 0 none. `item` may be nullptr.
std::int64_t limit_of(const v1::RoomSettings& settings, const v1::AgendaItem* item,
                      v1::RequestKind kind);

// The limit that the speech of a request will have: the request's own, else that one.
std::int64_t limit_of_request(const State& state, const v1::Room& room, const v1::Request& request);

// The median of what the last 50 ended speeches of the room that count took; 0: none yet (Q11).
std::int64_t median_speech_ms(const State& state, std::string_view room_id);

// The speech that has the floor of the room, and those suspended inside it, end now, and nobody has
// the floor: a speech ends with its run (S8). Nothing if nobody speaks.
void stop_speeches_of_room(Draft& draft, const State& state, std::string_view room_id,
                           std::int64_t now_ms);

// The session pauses: running speeches and runs stop; marked, so that only these go on when it is
// resumed.
void pause_clocks(Draft& draft, const State& state, std::int64_t now_ms);
void resume_clocks(Draft& draft, const State& state, std::int64_t now_ms);

}  // namespace plenary::core
