// Every bound of one connection, with what happens at it. PROTOCOL.md lists them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace plenary::connection {

// Bytes of one WebSocket message; more: close 4501. Counted while they come in, so that a longer
// one, or one fragmented without end, never takes more memory than this.
inline constexpr std::size_t kMaxHelloBytes = 8 * 1024;
inline constexpr std::size_t kMaxMessageBytes = 64 * 1024;

// How deep messages may lie in each other; deeper: close 4500. The deepest of ours has nine levels.
inline constexpr int kMaxMessageDepth = 16;

inline constexpr std::size_t kCommandIdBytes = 16;      // else BAD_FIELD
inline constexpr std::size_t kMaxQuestionIdBytes = 16;  // 1 to this many; else BAD_FIELD

// Times.
inline constexpr std::int64_t kHelloWithinMs = 5'000;  // else close 4006
inline constexpr std::int64_t kHeartbeatMs = 10'000;   // the server sends one this often
inline constexpr std::int64_t kSilenceMs = 30'000;     // nothing from the page: close 4003
inline constexpr std::int64_t kCloseWithinMs =
    5'000;  // a close that isn't answered: the socket is dropped

// Commands and questions: beyond this RATE_LIMITED.
inline constexpr double kRequestsPerSecond = 20;
inline constexpr double kRequestBurst = 60;
// Messages of any kind, pings too, and such fragments as Beast shows: beyond this close 4005.
inline constexpr double kMessagesPerSecond = 100;
inline constexpr double kMessageBurst = 300;

}  // namespace plenary::connection
