// Every bound of the domain, in one place, with what happens at it. Those of connections and hosts
// stand in connection/limits.hpp and host/limits.hpp. PROTOCOL.md lists them all.
#pragma once

#include <cstddef>
#include <cstdint>

namespace plenary::core {

// Text: longer is BAD_FIELD with the field and the limit (in code points). Never cut.
inline constexpr std::size_t kMaxNameLength = 120;   // of people, rooms, delegations
inline constexpr std::size_t kMaxTitleLength = 200;  // of sessions, items
inline constexpr std::size_t kMaxNoteLength = 500;   // of a request; reason of a move
inline constexpr std::size_t kMaxAnnouncementLength = 1000;
inline constexpr std::size_t kMaxIdLength = 64;
inline constexpr std::size_t kMaxTranslations = 8;

// What waits in a room, with its notes and the reasons of its moves, is put back by one record:
// more than these bytes of them is LIMIT_REACHED, and a hand without a note still goes up.
inline constexpr std::size_t kMaxNoteBytesOfRoom = std::size_t{2} << 20;

// Numbers of things: one more is LIMIT_REACHED.
inline constexpr std::size_t kMaxRooms = 64;
inline constexpr std::size_t kMaxItems = 500;
inline constexpr std::size_t kMaxRunsOfItem = 50;
inline constexpr std::size_t kMaxSpeakersOfItem = 50;
inline constexpr std::size_t kMaxDelegations = 500;
inline constexpr std::size_t kMaxPeople = 20'000;
inline constexpr std::size_t kMaxRequestsOfRoom = 12'000;
inline constexpr std::size_t kMaxSpeeches = 20'000;
inline constexpr std::size_t kMaxIntervals = 1'000;  // of a speech or a run
inline constexpr std::size_t kMaxSuspended = 8;      // speeches suspended inside each other
inline constexpr std::size_t kMaxAnnouncements = 100;
inline constexpr std::size_t kMaxInvitations = 2'000;
inline constexpr std::size_t kMaxGrantsOfPerson = 70;
inline constexpr std::size_t kMaxActsOfRoom = 20;  // the oldest goes
// Withdrawals that can still be undone, apart, so that a room that lowers its hands at once doesn't
// take the chair's last acts away; the oldest goes.
inline constexpr std::size_t kMaxWithdrawalsOfRoom = 200;
inline constexpr std::size_t kMaxRequests = 50'000;  // of a session, inscriptions included
inline constexpr std::size_t kMaxLanguages = 8;

// Times.
inline constexpr std::int64_t kReopenWithinMs = 10 * 60'000;  // S6
inline constexpr std::int64_t kUndoWithdrawalMs = 30'000;     // Q15
inline constexpr std::int64_t kMaxLimitMs = 24 * 3600'000;
inline constexpr std::int64_t kMaxPlannedMs = 7 * 24 * 3600'000LL;
inline constexpr std::int32_t kDefaultRetentionDays = 365;
inline constexpr std::int32_t kMaxRetentionDays = 3650;

}  // namespace plenary::core
