#include "app/figures.hpp"

#include <atomic>
#include <string>
#include <variant>

#include "host/metrics.hpp"

namespace plenary::app {

void report_append(observe::Metrics& metrics, const adapters::AppendReport& report) {
  metrics.append_seconds.observe(report.took.count());
  if (std::holds_alternative<ports::Conflict>(report.outcome)) metrics.conflicts.add();
  if (std::holds_alternative<ports::Unknown>(report.outcome)) metrics.unknowns.add();
  if (std::holds_alternative<ports::Unavailable>(report.outcome)) metrics.unavailables.add();
}

void pull_figures(observe::Metrics& metrics, const host::Directory& directory,
                  const gateway::Gateway& gateway) {
  const auto counter = [&metrics](const char* name, const char* help, const auto& value) {
    metrics.pull_counter(name, help, [&value] {
      return static_cast<double>(value.load(std::memory_order_relaxed));
    });
  };
  const auto gauge = [&metrics](const char* name, const char* help, const auto& value) {
    metrics.pull_gauge(name, help, [&value] {
      return static_cast<double>(value.load(std::memory_order_relaxed));
    });
  };
  const gateway::Metrics& edge = gateway.metrics();
  gauge("plenary_websockets", "Open WebSocket connections", edge.connections);
  gauge("plenary_http_connections", "Open HTTP connections", edge.http_connections);
  counter("plenary_upgrades_total", "WebSocket upgrades", edge.upgrades);
  counter("plenary_requests_total", "HTTP requests", edge.requests);
  counter("plenary_requests_refused_total", "HTTP requests answered 4xx", edge.requests_refused);
  counter("plenary_requests_failed_total", "HTTP requests answered 5xx", edge.requests_failed);
  counter("plenary_client_messages_total", "WebSocket messages read", edge.messages);
  counter("plenary_client_messages_refused_total", "Refused before the host",
          edge.messages_refused);
  counter("plenary_closed_by_server_total", "Closed by the server", edge.closed_by_server);

  const host::HostMetrics& host = directory.metrics();
  gauge("plenary_readers", "Connections joined to a session", host.readers);
  gauge("plenary_commands_waiting", "Commands that wait for an append", host.commands_waiting);
  counter("plenary_commands_accepted_total", "Commands kept as a record", host.commands_accepted);
  counter("plenary_commands_refused_total", "Commands refused", host.commands_refused);
  counter("plenary_commands_repeated_total", "Repeats answered", host.commands_repeated);
  counter("plenary_batches_total", "Appends", host.batches);
  counter("plenary_records_appended_total", "Records appended", host.records_appended);
  counter("plenary_view_changes_total", "Frames of changes made", host.view_changes);
  counter("plenary_view_snapshots_total", "Frames of whole views made", host.view_snapshots);
  counter("plenary_resumed_total", "Joins that needed no whole view", host.resumed);
  counter("plenary_fell_behind_total", "Readers that fell out of the window", host.fell_behind);
}

}  // namespace plenary::app
