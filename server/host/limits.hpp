// The bounds of a session's host, in one place, with what happens at them. What a connection's
// messages may be stands in connection/limits.hpp.
#pragma once

#include <cstddef>
#include <cstdint>

namespace plenary::host {

// Names of sessions, as links carry them; longer is NOT_FOUND.
inline constexpr std::size_t kMaxSessionIdLength = 64;

// Commands.
inline constexpr std::size_t kMaxWaitingCommands = 20'000;   // of a session; one more: UNAVAILABLE
inline constexpr std::size_t kMaxWaitingOfPerson = 64;       // one more: RATE_LIMITED
inline constexpr std::size_t kMaxBatchCommands = 1'024;      // the rest waits for the next append
inline constexpr int kMaxConflicts = 8;                      // then UNAVAILABLE
inline constexpr std::int64_t kExpiresAfterMs = 5 * 60'000;  // since issued_at: EXPIRED
inline constexpr std::int64_t kMaxIssuedAheadMs =
    60'000;  // a page whose clock is further off: EXPIRED

// Repeats. The time of a record, not of a clock, decides, so that all instances agree.
inline constexpr std::int64_t kRepeatsKeptMs = 10 * 60'000;
inline constexpr std::size_t kMaxRepeatsOfPerson =
    1'000;  // one more command: RATE_LIMITED, never eviction

// The log.
inline constexpr std::size_t kReadRecords = 1'000;  // in one page
inline constexpr std::int64_t kProbeFirstMs = 20;   // after Unknown; doubles
inline constexpr std::int64_t kProbeMaxMs = 2'000;
inline constexpr std::int64_t kDoubtPatienceMs = 5'000;  // then what waits is answered UNAVAILABLE
inline constexpr int kMaxLoadAttempts = 3;               // of the first read; then UNAVAILABLE
inline constexpr int kMaxCodeAttempts = 20;              // to find a join code that is free

// Snapshots of the state.
inline constexpr std::uint64_t kSnapshotAfterRecords = 1'000;
inline constexpr std::int64_t kSnapshotEveryMs =
    10'000;  // no sooner: making one takes a big session time
inline constexpr std::int64_t kSnapshotAfterMs = 5 * 60'000;  // if there is a record since

// Readers.
inline constexpr std::size_t kMaxConnectionsOfPerson = 8;  // the oldest goes (4506)
inline constexpr std::int64_t kPersonalEveryMs = 1'000;    // a value of one's own, at most
inline constexpr std::int64_t kPresenceEveryMs = 1'000;    // a presence message, at most
inline constexpr std::int64_t kPresenceGraceMs =
    5'000;  // after the last connection: a reload is not "away"

inline constexpr std::size_t kFirstInLine =
    3;  // told at once; who stands behind, with the next sweep
inline constexpr std::size_t kSweepInTurn = 256;  // people looked at in one turn of the home

// Attendance.
inline constexpr std::int64_t kNoteSeenEveryMs = 60'000;   // at most one record
inline constexpr std::int64_t kSeenStaleMs = 10 * 60'000;  // who stays is noted again after this
inline constexpr std::size_t kMaxSeenInRecord = 1'000;     // the others in the next

// The directory.
inline constexpr std::int64_t kUnloadAfterMs = 5 * 60'000;  // nobody connected, nothing to do
inline constexpr std::int64_t kSweepEveryMs = 30'000;

}  // namespace plenary::host
