// Every bound of the gateway, with what happens at it. PROTOCOL.md lists them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace plenary::gateway {

// --- HTTP
inline constexpr std::size_t kMaxHeaderBytes = 8 * 1024;  // 431
inline constexpr std::size_t kMaxBodyBytes = 16 * 1024;   // 413
inline constexpr std::size_t kMaxAgendaBytes =
    1024 * 1024;                         // 413; only after the key or token was checked
inline constexpr int kMaxJsonDepth = 8;  // 400
inline constexpr std::int64_t kMaxListInAgenda = 20'000;  // 422; core has a limit for each list
inline constexpr std::int64_t kMaxDurationMs = 31LL * 24 * 3600'000;  // 422; likewise
inline constexpr int kMaxRequestsOfConnection = 1'000;   // then the connection is closed
inline constexpr std::int64_t kHeaderWithinMs = 10'000;  // of a request's first byte: 408
inline constexpr std::int64_t kBodyWithinMs = 20'000;    // 408
inline constexpr std::int64_t kIdleWithinMs = 30'000;    // between requests: closed
inline constexpr std::int64_t kWriteWithinMs = 60'000;   // an answer that isn't read: closed

// --- connections
// HTTP beside the WebSockets: then those go that have not said anything yet, the oldest first; if
// there is none, 503.
inline constexpr std::size_t kHttpConnectionsMargin = 2'000;
inline constexpr int kListenBacklog = 4'096;
inline constexpr std::int64_t kFullRetryMs = 30'000;

// --- rates of one address. A venue is one address: 500 joins a minute are admitted (C5), each with
// a handful of requests for the page, and after a restart all of them come back at once.
inline constexpr double kRequestsPerSecond = 500;  // then 429
inline constexpr double kRequestBurst = 10'000;
inline constexpr double kEntersPerSecond = 10;  // POST /enter; then 429
inline constexpr double kEnterBurst = 1'500;
// Codes that were wrong: guessing. A code has 10^8 values; tokens and keys are beyond guessing.
// Then 429, for right ones too, but those of sessions that others of the address are in.
inline constexpr double kFailuresPerSecond = 0.5;
inline constexpr double kFailureBurst = 60;
inline constexpr std::size_t kSessionsOfAddress = 8;
inline constexpr std::size_t kMaxAddresses =
    50'000;  // in the table; beyond, the longest unused is forgotten

// --- frame gate
inline constexpr std::size_t kPiecesInWrite = 64;  // frames in one writev
inline constexpr std::size_t kMaxGateWriteBytes =
    8 * 1024;  // Beast's own: upgrade answer, pong, close

// --- static files
inline constexpr std::size_t kMaxStaticFiles = 2'000;
inline constexpr std::size_t kMaxStaticBytes = 64 * 1024 * 1024;  // more: refused at start

// --- tokens
inline constexpr std::int64_t kPersonTokenMs = 30LL * 24 * 3600'000;
inline constexpr std::int64_t kReturnMs = 10 * 60'000;  // a return pass: shown, scanned, used
inline constexpr std::int64_t kInvitationMs = 400LL * 24 * 3600'000;  // where none is asked for

}  // namespace plenary::gateway
