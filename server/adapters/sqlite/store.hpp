// The streams in the file: every operation of the port, synchronously. Knows nothing of threads and
// queues.
//
// Purpose:   writing operations run between begin() and commit(), many in one transaction: that is
//            the group commit. A Conflict is an answer, not a failure, so it undoes nothing of the
//            others.
// Threading: one thread at a time.
// Errors:    SqliteFailure; after one, the transaction must be given up with rollback(), and
//            nothing since begin() has happened. A failed fsync ends the process (database.hpp).
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/sqlite/database.hpp"
#include "ports/event_log.hpp"

namespace plenary::adapters {

// A record as it is stored. Serialised by whoever appends and parsed by whoever reads, not by the
// log's thread.
struct StoredRecord {
  std::uint64_t seq = 0;
  std::uint32_t checksum = 0;
  std::string bytes;
};
// Conflict, with the missed records not yet parsed.
struct StoredConflict {
  std::vector<StoredRecord> missed;
  bool foreign = false;
};
using StoredOutcome = std::variant<ports::Appended, StoredConflict>;
struct StoredPage {
  std::vector<StoredRecord> records;
  ports::Position head;
};
struct SnapshotRow {
  ports::Position position;
  std::uint32_t checksum = 0;
  std::string bytes;
};

class Store {
 public:
  static std::expected<std::unique_ptr<Store>, std::string> open(const std::filesystem::path& file,
                                                                 const char* vfs);

  SqliteResult<void> begin();
  SqliteResult<void> commit();
  void rollback();

  // --- within a transaction
  // `head` is where the records end.
  SqliteResult<StoredOutcome> append(const std::string& stream, const ports::Position& expected,
                                     const std::vector<StoredRecord>& records,
                                     const ports::Position& head);
  SqliteResult<bool> save_snapshot(const std::string& stream, const SnapshotRow& snapshot);
  SqliteResult<bool> claim_code(const std::string& code, const std::string& session);
  // From the first call on the session is removed; its rows go a part at a time: to be called
  // again, in transactions of their own, until `rest` is false; then erase_traces(), outside.
  struct Removal {
    bool was_there = false;
    bool rest = false;
  };
  SqliteResult<Removal> remove(const std::string& session);

  // --- within or without
  SqliteResult<StoredPage> read(const std::string& stream, std::uint64_t after_seq,
                                std::size_t limit);
  SqliteResult<std::optional<SnapshotRow>> load_snapshot(const std::string& stream);
  SqliteResult<std::vector<std::string>> list_sessions();
  SqliteResult<std::optional<std::string>> find_code(const std::string& code);
  // Sessions whose removal a crash interrupted.
  SqliteResult<std::vector<std::string>> half_removed();

  // --- without
  // Copies the WAL into the database, so that it starts anew.
  SqliteResult<void> checkpoint();
  // The same, and cuts the WAL to nothing, so that what was deleted is in no file any more.
  SqliteResult<void> erase_traces();
  // Pages in the WAL that are not in the database yet.
  int pages_to_checkpoint() const { return wal_pages_; }

 private:
  struct Stream {
    std::int64_t number = 0;
    ports::Position head;
  };

  explicit Store(Database database);
  SqliteResult<std::optional<Stream>> find(const std::string& stream);
  SqliteResult<bool> may_begin(const std::string& stream);
  SqliteResult<bool> is_removed(std::string_view session);
  SqliteResult<std::optional<Stream>> load(const std::string& stream);
  SqliteResult<std::optional<std::string>> id_at(std::int64_t number, std::uint64_t seq);
  SqliteResult<bool> contains(const Stream& stream, const ports::Position& position);
  SqliteResult<std::vector<StoredRecord>> rows_after(const Stream& stream, std::uint64_t after_seq,
                                                     std::size_t limit);
  SqliteResult<std::int64_t> remove_some(std::int64_t number);
  SqliteResult<void> checkpoint(int mode);

  Database database_;
  int wal_pages_ = 0;
  std::unordered_map<std::string, Stream> heads_;
  std::vector<std::string> touched_;  // heads that rollback() must forget

  Statement find_stream_;
  Statement add_stream_;
  Statement delete_stream_;
  Statement streams_of_;
  Statement last_record_;
  Statement record_at_;
  Statement records_after_;
  Statement add_record_;
  Statement delete_records_;
  Statement snapshot_;
  Statement put_snapshot_;
  Statement delete_snapshot_;
  Statement sessions_;
  Statement code_;
  Statement add_code_;
  Statement delete_codes_;
  Statement removed_;
  Statement add_removed_;
};

}  // namespace plenary::adapters
