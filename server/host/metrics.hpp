// What hosts count, for /metrics. Written by the cores, read from anywhere; each figure by itself
// is exact, several together are not of one instant.
#pragma once

#include <atomic>
#include <cstdint>

namespace plenary::host {

struct HostMetrics {
  using Counter = std::atomic<std::uint64_t>;
  using Gauge = std::atomic<std::int64_t>;

  Gauge sessions_loaded{0};
  Gauge readers{0};
  Gauge commands_waiting{0};

  Counter commands_accepted{0};   // kept as a record
  Counter commands_unchanged{0};  // accepted, and nothing to change
  Counter commands_refused{0};
  Counter commands_repeated{0};
  Counter questions{0};

  Counter batches{0};
  Counter records_appended{0};
  Counter records_read{0};  // of other instances
  Counter append_us{0};     // sum; with `batches` the mean
  Counter conflicts{0};
  Counter unknown{0};
  Counter unavailable{0};
  Counter sessions_lost{0};  // foreign, gone or too new: loaded anew

  Counter view_changes{0};  // frames made, whatever the number of readers
  Counter view_bytes{0};
  Counter view_snapshots{0};  // shared frames made
  Counter resumed{0};         // joins that needed no snapshot
  Counter joined{0};
  Counter fell_behind{0};
  Counter personal_views{0};
  Counter presence_views{0};
  Counter closed{0};  // by the host, all codes
  Counter snapshots_saved{0};
};

// Relaxed: counters order nothing.
inline void count(HostMetrics::Counter& counter, std::uint64_t by = 1) {
  counter.fetch_add(by, std::memory_order_relaxed);
}
inline void move(HostMetrics::Gauge& gauge, std::int64_t by) {
  gauge.fetch_add(by, std::memory_order_relaxed);
}

}  // namespace plenary::host
