// Finds, loads, makes and lets go of session hosts; runs the deadlines of sessions that nobody
// looks at. Threading: any thread. A session that is not loaded is loaded from its snapshot and log
// on first use.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "fanout/timers.hpp"
#include "host/core_set.hpp"
#include "host/metrics.hpp"
#include "host/session_host.hpp"
#include "ports/clock.hpp"
#include "ports/event_log.hpp"
#include "ports/id_source.hpp"

namespace plenary::host {

struct Ports {
  ports::EventLog& log;
  const ports::Clock& clock;
  ports::IdSource& ids;
  const std::set<std::string, std::less<>>* zones = nullptr;
  fanout::Timers* timers = nullptr;  // not owned; nullptr: real ones
  std::string build = "dev";         // told in Welcome
};

class Directory {
 public:
  Directory(CoreSet& cores, Ports ports);
  ~Directory();

  // NOT_FOUND, UNAVAILABLE (the log cannot be read), or the host.
  asio::awaitable<std::expected<std::shared_ptr<SessionHost>, v1::Refusal>> find(
      std::string session_id);
  asio::awaitable<std::expected<std::shared_ptr<SessionHost>, v1::Refusal>> find_by_code(
      std::string code);
  // Makes the session's id and join code, and appends its creation. The id follows from `key`, so
  // that who asks again with the same one is answered with the session that it made (C2);
  // UNAVAILABLE while it is being made.
  asio::awaitable<std::expected<std::shared_ptr<SessionHost>, v1::Refusal>> create(
      v1::Agenda agenda, std::int32_t retention_days, ports::Id key);
  asio::awaitable<std::expected<void, v1::Refusal>> remove(std::string session_id);

  // For start-up: arms the deadlines of all stored sessions. For SIGTERM: finishes what is being
  // appended, sends Bye (retry, spread over `spread`) to all, saves snapshots; then hosts answer
  // UNAVAILABLE.
  asio::awaitable<void> start();
  asio::awaitable<void> drain(std::chrono::milliseconds spread);

  const HostMetrics& metrics() const;

 private:
  class Implementation;
  std::shared_ptr<Implementation> implementation_;  // what runs keeps it
};

}  // namespace plenary::host
