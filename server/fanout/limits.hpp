// The bounds of what is kept for readers, in one place, with what happens at them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace plenary::fanout {

// Of one audience of one session: what is older is gone, and a reader that had not read it gets the
// snapshot.
inline constexpr std::size_t kWindowFrames = 512;
inline constexpr std::size_t kWindowBytes = 1024 * 1024;

// Frames of a connection's own (replies, answers) not yet sent: from here on the gateway stops
// reading from that client, so that it cannot ask for more than it takes.
inline constexpr std::size_t kMaxFramesWaiting = 32;

// Snapshots per audience that may be alive: a reader still on an older one is closed (4002).
inline constexpr std::size_t kMaxSnapshotsAlive = 2;

// A flush that took t is followed by the next no sooner than t later, but at most this much later.
inline constexpr std::int64_t kMaxPauseUs = 10'000;

// Subscribers woken in one turn of an io_context; the others follow in further turns, so that a big
// session does not keep its core from reading.
inline constexpr std::size_t kWakesInTurn = 512;

}  // namespace plenary::fanout
