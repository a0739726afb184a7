#include "adapters/sqlite/store.hpp"

#include <algorithm>
#include <utility>

#include "adapters/sqlite/limits.hpp"
#include "adapters/sqlite/open.hpp"
#include "ports/limits.hpp"
#include "ports/stream_name.hpp"

namespace plenary::adapters {

using ports::Position;

namespace {

// A record's key is its stream's number and its seq, so that a stream lies in one stretch of one
// tree.
constexpr int kSeqBits = 40;
constexpr std::int64_t key_of(std::int64_t number, std::uint64_t seq) {
  return (number << kSeqBits) | static_cast<std::int64_t>(seq);
}
constexpr std::uint64_t kMostSeq = (1ULL << kSeqBits) - 1;

// Hands on the failure of a step, or names its value.
#define PLENARY_TRY(name, expression) \
  auto name = (expression);           \
  if (!name) return std::unexpected(std::move(name).error())

}  // namespace

std::expected<std::unique_ptr<Store>, std::string> Store::open(const std::filesystem::path& file,
                                                               const char* vfs) {
  auto database = open_store(file, vfs);
  if (!database) return std::unexpected(database.error());
  return std::unique_ptr<Store>(new Store(std::move(*database)));
}

Store::Store(Database database)
    : database_(std::move(database)),
      find_stream_(database_, "SELECT number FROM streams WHERE name = ?1"),
      add_stream_(database_, "INSERT INTO streams(name, session) VALUES(?1, ?2) RETURNING number"),
      delete_stream_(database_, "DELETE FROM streams WHERE number = ?1"),
      streams_of_(database_, "SELECT number, name FROM streams WHERE session = ?1"),
      last_record_(database_,
                   "SELECT key, bytes FROM records WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC "
                   "LIMIT 1"),
      record_at_(database_, "SELECT bytes FROM records WHERE key = ?1"),
      records_after_(database_,
                     "SELECT key, checksum, bytes FROM records WHERE key > ?1 AND key <= ?2 ORDER "
                     "BY key LIMIT ?3"),
      add_record_(database_, "INSERT INTO records(key, checksum, bytes) VALUES(?1, ?2, ?3)"),
      delete_records_(database_,
                      "DELETE FROM records WHERE key IN (SELECT key FROM records WHERE key BETWEEN "
                      "?1 AND ?2 LIMIT ?3)"),
      snapshot_(database_, "SELECT seq, id, checksum, bytes FROM snapshots WHERE stream = ?1"),
      put_snapshot_(database_,
                    "INSERT INTO snapshots(stream, seq, id, checksum, bytes) VALUES(?1, ?2, ?3, "
                    "?4, ?5) ON CONFLICT(stream) DO UPDATE SET seq = excluded.seq, id = "
                    "excluded.id, checksum = excluded.checksum, bytes = excluded.bytes"),
      delete_snapshot_(database_, "DELETE FROM snapshots WHERE stream = ?1"),
      sessions_(database_,
                "SELECT name FROM streams WHERE name LIKE 'session/%' AND session NOT IN (SELECT "
                "session FROM removed) ORDER BY name"),
      code_(database_, "SELECT session FROM codes WHERE code = ?1"),
      add_code_(database_, "INSERT INTO codes(code, session) VALUES(?1, ?2)"),
      delete_codes_(database_, "DELETE FROM codes WHERE session = ?1"),
      removed_(database_, "SELECT 1 FROM removed WHERE session = ?1"),
      add_removed_(database_, "INSERT OR IGNORE INTO removed(session) VALUES(?1)") {
  const auto remember_pages = [](void* store, sqlite3*, const char*, int pages) {
    static_cast<Store*>(store)->wal_pages_ = pages;
    return SQLITE_OK;
  };
  sqlite3_wal_hook(database_.handle(), remember_pages, this);
}

SqliteResult<void> Store::begin() {
  return database_.execute("BEGIN IMMEDIATE");
}

SqliteResult<void> Store::commit() {
  auto done = database_.execute("COMMIT");
  if (done) touched_.clear();
  return done;
}

void Store::rollback() {
  // SQLite may have undone it already, as it does when the disk is full.
  if (sqlite3_get_autocommit(database_.handle()) == 0) (void)database_.execute("ROLLBACK");
  for (const std::string& stream : touched_)
    heads_.erase(stream);
  touched_.clear();
}

// --- streams

SqliteResult<bool> Store::is_removed(std::string_view session) {
  auto row = removed_.bind_text(1, session).step();
  removed_.reset();
  return row;
}

SqliteResult<std::optional<Store::Stream>> Store::find(const std::string& stream) {
  if (const auto cached = heads_.find(stream); cached != heads_.end()) return cached->second;
  PLENARY_TRY(loaded, load(stream));
  if (*loaded) {
    if (heads_.size() >= kMaxCachedHeads) heads_.clear();
    heads_.insert_or_assign(stream, **loaded);
  }
  return loaded;
}

SqliteResult<std::optional<Store::Stream>> Store::load(const std::string& stream) {
  PLENARY_TRY(removed, is_removed(ports::session_of(stream)));
  if (*removed) return std::nullopt;
  PLENARY_TRY(found, find_stream_.bind_text(1, stream).step());
  Stream entry;
  if (*found) entry.number = find_stream_.integer(0);
  find_stream_.reset();
  if (!*found) return std::nullopt;
  last_record_.bind(1, key_of(entry.number, 0)).bind(2, key_of(entry.number, kMostSeq));
  PLENARY_TRY(row, last_record_.step());
  ports::v1::Record record;
  const bool whole = *row && record.ParseFromArray(last_record_.bytes(1).data(),
                                                   static_cast<int>(last_record_.bytes(1).size()));
  last_record_.reset();
  if (!whole)
    return std::unexpected(
        SqliteFailure{SQLITE_CORRUPT, false, "the last record of " + stream + " is damaged"});
  entry.head = {record.seq(), record.id()};
  return entry;
}

SqliteResult<bool> Store::may_begin(const std::string& stream) {
  const std::string session(ports::session_of(stream));
  PLENARY_TRY(removed, is_removed(session));
  if (*removed) return false;
  if (ports::is_session_stream(stream)) return true;
  PLENARY_TRY(parent, find(ports::session_stream(session)));
  return parent->has_value();
}

SqliteResult<std::optional<std::string>> Store::id_at(std::int64_t number, std::uint64_t seq) {
  PLENARY_TRY(row, record_at_.bind(1, key_of(number, seq)).step());
  std::optional<std::string> id;
  ports::v1::Record record;
  if (*row && record.ParseFromArray(record_at_.bytes(0).data(),
                                    static_cast<int>(record_at_.bytes(0).size()))) {
    id = record.id();
  }
  record_at_.reset();
  return id;
}

SqliteResult<bool> Store::contains(const Stream& stream, const Position& position) {
  if (position.seq == 0) return position.id.empty();
  if (position == stream.head) return true;
  if (position.seq >= stream.head.seq) return false;
  PLENARY_TRY(id, id_at(stream.number, position.seq));
  return *id == position.id;
}

SqliteResult<std::vector<StoredRecord>> Store::rows_after(const Stream& stream,
                                                          std::uint64_t after_seq,
                                                          std::size_t limit) {
  std::vector<StoredRecord> rows;
  if (after_seq >= stream.head.seq) return rows;
  records_after_.bind(1, key_of(stream.number, after_seq))
      .bind(2, key_of(stream.number, kMostSeq))
      .bind(3, static_cast<std::int64_t>(limit));
  while (true) {
    PLENARY_TRY(row, records_after_.step());
    if (!*row) break;
    rows.push_back({static_cast<std::uint64_t>(records_after_.integer(0)) & kMostSeq,
                    static_cast<std::uint32_t>(records_after_.integer(1)),
                    std::string(records_after_.bytes(2))});
  }
  records_after_.reset();
  return rows;
}

SqliteResult<StoredOutcome> Store::append(const std::string& stream, const Position& expected,
                                          const std::vector<StoredRecord>& records,
                                          const Position& head) {
  PLENARY_TRY(found, find(stream));
  if (!*found) {
    PLENARY_TRY(allowed, may_begin(stream));
    if (expected != Position{} || !*allowed) return StoredConflict{{}, true};
    PLENARY_TRY(row,
                add_stream_.bind_text(1, stream).bind_text(2, ports::session_of(stream)).step());
    *found = Stream{add_stream_.integer(0), {}};
    add_stream_.reset();
  } else if ((*found)->head != expected) {
    PLENARY_TRY(known, contains(**found, expected));
    if (!*known) return StoredConflict{{}, true};
    PLENARY_TRY(missed, rows_after(**found, expected.seq, ports::kMaxMissedRecords));
    return StoredConflict{std::move(*missed), false};
  }
  for (const StoredRecord& record : records) {
    add_record_.bind(1, key_of((*found)->number, record.seq))
        .bind(2, std::int64_t{record.checksum})
        .bind_blob(3, record.bytes);
    PLENARY_TRY(done, add_record_.run());
  }
  touched_.push_back(stream);
  heads_[stream] = Stream{(*found)->number, head};
  return ports::Appended{head};
}

SqliteResult<StoredPage> Store::read(const std::string& stream, std::uint64_t after_seq,
                                     std::size_t limit) {
  PLENARY_TRY(found, find(stream));
  if (!*found) return StoredPage{};
  PLENARY_TRY(rows, rows_after(**found, after_seq, std::min(limit, ports::kMaxPageRecords)));
  return StoredPage{std::move(*rows), (*found)->head};
}

// --- snapshots

SqliteResult<bool> Store::save_snapshot(const std::string& stream, const SnapshotRow& snapshot) {
  PLENARY_TRY(found, find(stream));
  if (!*found || snapshot.position.seq == 0) return false;
  PLENARY_TRY(known, contains(**found, snapshot.position));
  if (!*known) return false;
  PLENARY_TRY(row, snapshot_.bind(1, (*found)->number).step());
  const bool later =
      !*row || static_cast<std::uint64_t>(snapshot_.integer(0)) < snapshot.position.seq;
  snapshot_.reset();
  if (!later) return false;
  put_snapshot_.bind(1, (*found)->number)
      .bind(2, static_cast<std::int64_t>(snapshot.position.seq))
      .bind_blob(3, snapshot.position.id)
      .bind(4, std::int64_t{snapshot.checksum})
      .bind_blob(5, snapshot.bytes);
  PLENARY_TRY(done, put_snapshot_.run());
  return true;
}

SqliteResult<std::optional<SnapshotRow>> Store::load_snapshot(const std::string& stream) {
  PLENARY_TRY(found, find(stream));
  if (!*found) return std::nullopt;
  PLENARY_TRY(row, snapshot_.bind(1, (*found)->number).step());
  std::optional<SnapshotRow> snapshot;
  if (*row) {
    snapshot = SnapshotRow{
        {static_cast<std::uint64_t>(snapshot_.integer(0)), std::string(snapshot_.bytes(1))},
        static_cast<std::uint32_t>(snapshot_.integer(2)),
        std::string(snapshot_.bytes(3))};
  }
  snapshot_.reset();
  return snapshot;
}

// --- sessions and codes

SqliteResult<std::vector<std::string>> Store::list_sessions() {
  std::vector<std::string> names;
  while (true) {
    PLENARY_TRY(row, sessions_.step());
    if (!*row) break;
    names.emplace_back(sessions_.bytes(0));
  }
  sessions_.reset();
  return names;
}

SqliteResult<std::optional<std::string>> Store::find_code(const std::string& code) {
  PLENARY_TRY(row, code_.bind_text(1, code).step());
  std::optional<std::string> session;
  if (*row) session = std::string(code_.bytes(0));
  code_.reset();
  return session;
}

SqliteResult<bool> Store::claim_code(const std::string& code, const std::string& session) {
  PLENARY_TRY(removed, is_removed(session));
  if (*removed) return false;
  PLENARY_TRY(holder, find_code(code));
  if (*holder) return **holder == session;
  PLENARY_TRY(done, add_code_.bind_text(1, code).bind_text(2, session).run());
  return true;
}

// --- removal

SqliteResult<std::int64_t> Store::remove_some(std::int64_t number) {
  delete_records_.bind(1, key_of(number, 0))
      .bind(2, key_of(number, kMostSeq))
      .bind(3, kRemovedAtOnce);
  PLENARY_TRY(done, delete_records_.run());
  return sqlite3_changes64(database_.handle());
}

SqliteResult<Store::Removal> Store::remove(const std::string& session) {
  std::vector<std::pair<std::int64_t, std::string>> streams;
  streams_of_.bind_text(1, session);
  while (true) {
    PLENARY_TRY(row, streams_of_.step());
    if (!*row) break;
    streams.emplace_back(streams_of_.integer(0), streams_of_.bytes(1));
  }
  streams_of_.reset();
  PLENARY_TRY(codes_gone, delete_codes_.bind_text(1, session).run());
  if (streams.empty()) return Removal{};
  PLENARY_TRY(marked, add_removed_.bind_text(1, session).run());
  std::int64_t budget = kRemovedAtOnce;
  for (const auto& [number, name] : streams) {
    heads_.erase(name);
    PLENARY_TRY(snapshot_gone, delete_snapshot_.bind(1, number).run());
    PLENARY_TRY(gone, remove_some(number));
    budget -= *gone;
    if (budget <= 0) return Removal{true, true};
    PLENARY_TRY(stream_gone, delete_stream_.bind(1, number).run());
  }
  return Removal{true, false};
}

SqliteResult<std::vector<std::string>> Store::half_removed() {
  Statement statement(database_,
                      "SELECT DISTINCT session FROM streams WHERE session IN (SELECT session FROM "
                      "removed)");
  std::vector<std::string> sessions;
  while (true) {
    PLENARY_TRY(row, statement.step());
    if (!*row) break;
    sessions.emplace_back(statement.bytes(0));
  }
  return sessions;
}

// --- checkpoints

SqliteResult<void> Store::checkpoint(int mode) {
  const int code = sqlite3_wal_checkpoint_v2(database_.handle(), nullptr, mode, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(database_.failure(code));
  wal_pages_ = 0;
  return {};
}

SqliteResult<void> Store::checkpoint() {
  return checkpoint(SQLITE_CHECKPOINT_PASSIVE);
}
SqliteResult<void> Store::erase_traces() {
  return checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
}

}  // namespace plenary::adapters
