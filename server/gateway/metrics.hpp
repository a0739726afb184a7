// What the gateway counts. Written from every core, read by /metrics; nothing depends on it.
#pragma once

#include <atomic>
#include <cstdint>

namespace plenary::gateway {

struct Metrics {
  std::atomic<std::int64_t> connections{0};       // open WebSockets
  std::atomic<std::int64_t> http_connections{0};  // open, not upgraded
  std::atomic<std::uint64_t> upgrades{0};
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint64_t> requests_refused{0};  // 4xx
  std::atomic<std::uint64_t> requests_failed{0};   // 5xx
  std::atomic<std::uint64_t> messages{0};          // received over WebSockets
  std::atomic<std::uint64_t> messages_refused{0};
  std::atomic<std::uint64_t> frames_out{0};  // whole frames that sockets took
  std::atomic<std::uint64_t> bytes_out{0};
};

}  // namespace plenary::gateway
