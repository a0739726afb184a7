// A log called from a test as if it were an ordinary object: each call runs an io_context of its
// own until it completes, on the calling thread. And records to append.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ports/event_log.hpp"

namespace plenary::contract {

class SyncLog {
 public:
  explicit SyncLog(ports::EventLog& log) : log_(log) {}

  ports::AppendOutcome append(const std::string& stream, const ports::Position& expected,
                              std::vector<plenary::v1::Record> records);
  // For calls that must succeed: the new head, or a failed test and Position{}.
  ports::Position appended(const std::string& stream, const ports::Position& expected,
                           std::vector<plenary::v1::Record> records);
  ports::ReadOutcome<ports::Page> try_read(const std::string& stream, std::uint64_t after_seq,
                                           std::size_t limit);
  ports::Page read(const std::string& stream, std::uint64_t after_seq = 0,
                   std::size_t limit = 10'000);
  // Of these, nothing means Unavailable.
  std::optional<bool> save_snapshot(const std::string& stream, ports::StoredSnapshot snapshot);
  std::optional<ports::StoredSnapshot> load_snapshot(const std::string& stream);
  std::optional<bool> remove(const std::string& session);
  std::vector<std::string> sessions();
  std::optional<bool> claim(const std::string& code, const std::string& session);
  std::optional<std::string> find(const std::string& code);

 private:
  ports::EventLog& log_;
};

// `count` records that continue `after`, with random ids, each with about `bytes` bytes beside.
std::vector<plenary::v1::Record> chain(const ports::Position& after, std::size_t count,
                                       std::size_t bytes = 100);

ports::Position head_of(const std::vector<plenary::v1::Record>& records);

// Whether the records are 1, 2, 3, … or follow `after`, each with the id of the one before.
bool is_chained(const std::vector<plenary::v1::Record>& records, const ports::Position& after = {});

std::vector<std::string> serialised(const std::vector<plenary::v1::Record>& records);

// An empty folder that goes with the object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace plenary::contract
