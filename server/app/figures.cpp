#include "app/figures.hpp"

#include <variant>

#include "host/metrics.hpp"

namespace plenary::app {

void report_append(observe::Metrics& metrics, const adapters::AppendReport& report) {
  metrics.append_seconds.observe(report.took.count());
  if (std::holds_alternative<ports::Conflict>(report.outcome)) metrics.conflicts.add();
  if (std::holds_alternative<ports::Unknown>(report.outcome)) metrics.unknowns.add();
  if (std::holds_alternative<ports::Unavailable>(report.outcome)) metrics.unavailables.add();
}

Figures::Figures(observe::Metrics& metrics, const host::Directory& directory,
                 const gateway::Gateway& gateway)
    : metrics_(metrics), directory_(directory), gateway_(gateway) {
  const gateway::Metrics& edge = gateway.metrics();
  const host::HostMetrics& host = directory.metrics();
  followed_ = {{&edge.messages, metrics.messages_in},
               {&edge.frames_out, metrics.deliveries},
               {&edge.bytes_out, metrics.bytes_out},
               {&host.view_snapshots, metrics.snapshots_sent},
               {&host.commands_accepted, metrics.commands("ok")},
               {&host.commands_unchanged, metrics.commands("unchanged")},
               {&host.commands_refused, metrics.commands("refused")},
               {&host.commands_repeated, metrics.commands("repeat")},
               {&edge.messages_refused, metrics.commands("refused_at_the_edge")}};
  pull_others();
}

void Figures::pull_others() {
  const auto counter = [this](const char* name, const char* help, const auto& value) {
    metrics_.pull_counter(name, help, [&value] {
      return static_cast<double>(value.load(std::memory_order_relaxed));
    });
  };
  const auto gauge = [this](const char* name, const char* help, const auto& value) {
    metrics_.pull_gauge(name, help, [&value] {
      return static_cast<double>(value.load(std::memory_order_relaxed));
    });
  };
  const gateway::Metrics& edge = gateway_.metrics();
  gauge("plenary_http_connections", "Open HTTP connections", edge.http_connections);
  counter("plenary_upgrades_total", "WebSocket upgrades", edge.upgrades);
  counter("plenary_requests_total", "HTTP requests", edge.requests);
  counter("plenary_requests_refused_total", "HTTP requests answered 4xx", edge.requests_refused);
  counter("plenary_requests_failed_total", "HTTP requests answered 5xx", edge.requests_failed);

  const host::HostMetrics& host = directory_.metrics();
  gauge("plenary_readers", "Connections joined to a session", host.readers);
  counter("plenary_batches_total", "Appends", host.batches);
  counter("plenary_records_appended_total", "Records appended", host.records_appended);
  counter("plenary_view_changes_total", "Frames of changes made", host.view_changes);
  counter("plenary_resumed_total", "Joins that needed no whole view", host.resumed);
  counter("plenary_fell_behind_total", "Readers that fell out of the window", host.fell_behind);
}

std::string Figures::text() {
  const std::lock_guard lock(mutex_);
  for (Followed& each : followed_) {
    const std::uint64_t now = each.source->load(std::memory_order_relaxed);
    each.counter.add(now - each.told);
    each.told = now;
  }
  const auto value = [](const std::atomic<std::int64_t>& gauge) {
    return static_cast<double>(gauge.load(std::memory_order_relaxed));
  };
  metrics_.connections.set(value(gateway_.metrics().connections));
  metrics_.queue_depth.set(value(directory_.metrics().commands_waiting));
  metrics_.sessions_loaded.set(value(directory_.metrics().sessions_loaded));
  return metrics_.text();
}

}  // namespace plenary::app
