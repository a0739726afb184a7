// Joins what hosts and gateway count by themselves to the figures of /metrics.
// Ownership: refers to all three, which outlive it. Threading: text() from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/observed/observed_log.hpp"
#include "gateway/gateway.hpp"
#include "host/directory.hpp"
#include "observe/metrics.hpp"

namespace plenary::app {

void report_append(observe::Metrics& metrics, const adapters::AppendReport& report);

class Figures {
 public:
  Figures(observe::Metrics& metrics, const host::Directory& directory,
          const gateway::Gateway& gateway);

  // The body of /metrics, with what was counted elsewhere since the last time added first.
  std::string text();

 private:
  // A counter kept elsewhere, and how much of it is in `metrics` already.
  struct Followed {
    const std::atomic<std::uint64_t>* source;
    observe::Counter counter;
    std::uint64_t told = 0;
  };
  void pull_others();

  observe::Metrics& metrics_;
  const host::Directory& directory_;
  const gateway::Gateway& gateway_;
  std::mutex mutex_;
  std::vector<Followed> followed_;
};

}  // namespace plenary::app
