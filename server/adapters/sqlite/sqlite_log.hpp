// The log in one SQLite file: the embedded default. FORMAT.md says what is in the file.
//
// Purpose:   durable when acknowledged (WAL, synchronous=FULL), one fsync for all that waits,
//            across sessions (group_commit.hpp). Opened exclusively: there is no other writer, so
//            follow() never calls.
// Ownership: outlives all that use it and the executors that they await on; its destructor finishes
//            what waits.
// Threading: any; operations complete on the awaiting executor, which is kept busy until then.
// Errors:    open() refuses in a sentence. A full disk, a damaged record, too much that waits:
//            Unavailable, with nothing kept. A failed fsync ends the process. Unknown never comes.
//            Records that do not continue their expected position end the process: a mistake of
//            ours.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>

#include "ports/event_log.hpp"

namespace plenary::adapters {

class SqliteLog final : public ports::EventLog {
 public:
  // Makes the file if there is none; its folder must be there. `vfs` names the SQLite VFS to use,
  // for tests; null is the system's.
  static std::expected<std::unique_ptr<SqliteLog>, std::string> open(
      const std::filesystem::path& file, const char* vfs = nullptr);
  ~SqliteLog() override;

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
  class Implementation;
  explicit SqliteLog(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace plenary::adapters
