// Joins what hosts and gateway count to the figures of /metrics.
// Threading: once, at the start.
#pragma once

#include "adapters/observed/observed_log.hpp"
#include "gateway/gateway.hpp"
#include "host/directory.hpp"
#include "observe/metrics.hpp"

namespace plenary::app {

void report_append(observe::Metrics& metrics, const adapters::AppendReport& report);
void pull_figures(observe::Metrics& metrics, const host::Directory& directory,
                  const gateway::Gateway& gateway);

}  // namespace plenary::app
