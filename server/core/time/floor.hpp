// Who has the floor of a room, and what becomes of who had it: ends, suspends, comes back (T3, T4).
// All of it changes drafts in place and refuses nothing; what may be done was asked before.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "core/refusal.hpp"
#include "core/time/clock.hpp"

namespace plenary::core {

// Clocks as lists of intervals. A clock that stands, or runs, already is left alone. At
// kMaxIntervals the two oldest become one of the same sum, so that a clock can always go on.
void stop_clock(Intervals& intervals, std::int64_t now_ms);
void start_clock(Intervals& intervals, std::int64_t now_ms);

// The speech that has the floor of its room: Q5, a command names the one that its sender saw. STALE
// for any other, one that has ended included. Never nullptr.
std::expected<const v1::Speech*, v1::Refusal> find_on_floor(const State& state,
                                                            std::string_view speech_id);
// Likewise, or one that is suspended in its room.
std::expected<const v1::Speech*, v1::Refusal> find_unended(const State& state,
                                                           std::string_view speech_id);

// The clock stops for good; nothing is said about the room.
void close_speech(v1::Speech& speech, std::int64_t now_ms);

// The clock goes on, or as soon as the session does, if that is paused.
void run_speech(const Draft& draft, v1::Speech& speech);

// Ends a speech that has the floor or is suspended. When it had the floor, the innermost suspended
// one comes back (T4); its id is returned, else "".
std::string end_speech(Draft& draft, std::string_view speech_id);

// The speech that has the floor is suspended; nobody has the floor then.
void suspend_speech(Draft& draft, v1::Room& room);
// The innermost suspended speech has the floor again. One that was paused, or waited for its start,
// when it was suspended does so still.
void bring_back(Draft& draft, v1::Room& room);

// How speeches stand, for what can bring them back.
using Stopped = google::protobuf::RepeatedPtrField<v1::StoppedSpeech>;
void note_speech(const v1::Speech& speech, Stopped& stopped);
// The room's: the suspended, innermost last; then who has the floor.
void note_speeches(const State& state, const v1::Room& room, Stopped& stopped);

// A speech that was ended has the floor of its room again, as it stood. What `stopped` doesn't name
// (an act of an earlier build) is inferred from its clock. false, and nothing changes, if the
// speaker was removed (P4): such a speech stays ended.
bool reopen_speech(Draft& draft, v1::Room& room, const std::string& speech_id,
                   const Stopped& stopped);
// Likewise one that was suspended when it ended: it is that again.
bool reopen_suspended(Draft& draft, v1::Room& room, const std::string& speech_id,
                      const Stopped& stopped);
// All of `stopped`, which ended together. If who had the floor is not here any more, the innermost
// suspended speech has it.
void reopen_speeches(Draft& draft, v1::Room& room, const std::string& current_speech_id,
                     const Stopped& stopped);

// End and yield: the same act by different people.
Decision end_and_remember(const State& state, const Context& context, const v1::Speech& speech);

}  // namespace plenary::core
