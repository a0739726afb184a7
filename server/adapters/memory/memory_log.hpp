// A log in memory: for tests and simulations, and the plainest statement of what the port means.
//
// Purpose:   a MemoryStore is the shared truth, as a disk or a Redis would be; a MemoryLog is one
//            instance's access to it. Several hosts that share a store each have a MemoryLog of
//            their own, and follow() hints of what came in through the others'.
// Ownership: logs share their store. A handle from follow() may outlive its log.
// Threading: any. Operations complete at once, without suspending. Hints are called on the thread
//            of whoever appended, after the append, with no lock of the store held.
// Errors:    an append that does not continue its expected position, and a stream name of neither
//            form, are mistakes of the caller's and end the process.
#pragma once

#include <memory>

#include "ports/event_log.hpp"

namespace plenary::adapters {

class MemoryStore;
std::shared_ptr<MemoryStore> make_memory_store();

class MemoryLog final : public ports::EventLog {
 public:
  MemoryLog();  // with a store of its own
  explicit MemoryLog(std::shared_ptr<MemoryStore> store);
  ~MemoryLog() override;

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

  // The same without coroutines, for tests that look at what is stored.
  std::vector<plenary::v1::Record> stored(const std::string& stream) const;

 private:
  std::shared_ptr<MemoryStore> store_;
};

}  // namespace plenary::adapters
