#include "adapters/observed/observed_log.hpp"

#include <utility>

namespace plenary::adapters {

namespace asio = boost::asio;
using ports::ReadOutcome;

ObservedLog::ObservedLog(ports::EventLog& inner, std::function<void(const AppendReport&)> report)
    : inner_(inner), report_(std::move(report)) {}

asio::awaitable<ports::AppendOutcome> ObservedLog::append(
    std::string stream, ports::Position expected, std::vector<plenary::v1::Record> records) {
  const auto start = std::chrono::steady_clock::now();
  const std::size_t count = records.size();
  auto outcome = co_await inner_.append(std::move(stream), std::move(expected), std::move(records));
  report_({std::chrono::steady_clock::now() - start, count, outcome});
  co_return outcome;
}

asio::awaitable<ReadOutcome<ports::Page>> ObservedLog::read(std::string stream,
                                                            std::uint64_t after_seq,
                                                            std::size_t limit) {
  return inner_.read(std::move(stream), after_seq, limit);
}
asio::awaitable<ReadOutcome<bool>> ObservedLog::save_snapshot(std::string stream,
                                                              ports::StoredSnapshot snapshot) {
  return inner_.save_snapshot(std::move(stream), std::move(snapshot));
}
asio::awaitable<ReadOutcome<std::optional<ports::StoredSnapshot>>> ObservedLog::load_snapshot(
    std::string stream) {
  return inner_.load_snapshot(std::move(stream));
}
std::shared_ptr<void> ObservedLog::follow(std::string stream, std::function<void()> hint) {
  return inner_.follow(std::move(stream), std::move(hint));
}
asio::awaitable<ReadOutcome<bool>> ObservedLog::remove(std::string session_id) {
  return inner_.remove(std::move(session_id));
}
asio::awaitable<ReadOutcome<std::vector<std::string>>> ObservedLog::list_sessions() {
  return inner_.list_sessions();
}
asio::awaitable<ReadOutcome<bool>> ObservedLog::claim_code(std::string code,
                                                           std::string session_id) {
  return inner_.claim_code(std::move(code), std::move(session_id));
}
asio::awaitable<ReadOutcome<std::optional<std::string>>> ObservedLog::find_code(std::string code) {
  return inner_.find_code(std::move(code));
}

}  // namespace plenary::adapters
