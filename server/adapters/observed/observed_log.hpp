// A log that tells how its appends went: a decorator, so that neither hosts nor adapters know of
// figures. Ownership: `inner` outlives it. Threading: any; the function is called on the awaiting
// executor.
#pragma once

#include <chrono>
#include <functional>

#include "ports/event_log.hpp"

namespace plenary::adapters {

struct AppendReport {
  std::chrono::duration<double> took{};
  std::size_t records = 0;
  const ports::AppendOutcome& outcome;
};

class ObservedLog final : public ports::EventLog {
 public:
  ObservedLog(ports::EventLog& inner, std::function<void(const AppendReport&)> report);

  boost::asio::awaitable<ports::AppendOutcome> append(
      std::string stream, ports::Position expected,
      std::vector<plenary::v1::Record> records) override;
  boost::asio::awaitable<ports::ReadOutcome<ports::Page>> read(std::string stream,
                                                               std::uint64_t after_seq,
                                                               std::size_t limit) override;
  boost::asio::awaitable<ports::ReadOutcome<bool>> save_snapshot(
      std::string stream, ports::StoredSnapshot snapshot) override;
  boost::asio::awaitable<ports::ReadOutcome<std::optional<ports::StoredSnapshot>>> load_snapshot(
      std::string stream) override;
  std::shared_ptr<void> follow(std::string stream, std::function<void()> hint) override;
  boost::asio::awaitable<ports::ReadOutcome<bool>> remove(std::string session_id) override;
  boost::asio::awaitable<ports::ReadOutcome<std::vector<std::string>>> list_sessions() override;
  boost::asio::awaitable<ports::ReadOutcome<bool>> claim_code(std::string code,
                                                              std::string session_id) override;
  boost::asio::awaitable<ports::ReadOutcome<std::optional<std::string>>> find_code(
      std::string code) override;

 private:
  ports::EventLog& inner_;
  std::function<void(const AppendReport&)> report_;
};

}  // namespace plenary::adapters
