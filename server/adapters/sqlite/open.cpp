#include "adapters/sqlite/open.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "adapters/sqlite/limits.hpp"

namespace plenary::adapters {

namespace {

using Refused = std::unexpected<std::string>;
using Checked = std::expected<void, std::string>;

constexpr const char* kTables[][2] = {
    {"codes", "CREATE TABLE codes(code TEXT PRIMARY KEY, session TEXT NOT NULL) WITHOUT ROWID"},
    {"records",
     "CREATE TABLE records(key INTEGER PRIMARY KEY, checksum INTEGER NOT NULL, bytes BLOB NOT "
     "NULL)"},
    {"removed", "CREATE TABLE removed(session TEXT PRIMARY KEY) WITHOUT ROWID"},
    {"snapshots",
     "CREATE TABLE snapshots(stream INTEGER PRIMARY KEY, seq INTEGER NOT NULL, id BLOB NOT NULL, "
     "checksum INTEGER NOT NULL, bytes BLOB NOT NULL)"},
    {"streams",
     "CREATE TABLE streams(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, session TEXT NOT "
     "NULL)"},
};
constexpr const char* kIndex = "CREATE INDEX streams_of_session ON streams(session)";

Refused refused(const std::filesystem::path& file, const std::string& why) {
  return Refused(file.string() + " " + why);
}

Refused damaged(const std::filesystem::path& file, const std::string& detail) {
  return refused(file, "is damaged (" + detail +
                           "). It was left as it is. Move it away together with the files of the "
                           "same name that end in -wal and -shm, and restore a backup, or start "
                           "without it.");
}

Refused failed(const std::filesystem::path& file, const SqliteFailure& failure) {
  const int primary = failure.code & 0xff;
  if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED) {
    return refused(file, "is in use by another process. Only one server can have it open.");
  }
  if (primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB ||
      failure.code == SQLITE_IOERR_SHORT_READ) {
    return damaged(file, failure.text);
  }
  if (failure.disk_full) return refused(file, "cannot be opened: the disk is full.");
  return refused(file, "cannot be opened: " + failure.text + ".");
}

// What SQLite's file format has at fixed places (sqlite.org/fileformat.html, 1.3), read without
// SQLite, since opening a foreign database could already change it (a journal is rolled back).
Checked check_header(const std::filesystem::path& file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return refused(file, std::string("cannot be opened: ") + strerror(errno) + ".");
  std::array<unsigned char, 100> header{};
  const ssize_t size = read(descriptor, header.data(), header.size());
  close(descriptor);
  const auto number = [&header](std::size_t at) {
    return std::int64_t{header[at]} << 24 | header[at + 1] << 16 | header[at + 2] << 8 |
           header[at + 3];
  };
  static constexpr std::string_view kMagic("SQLite format 3\0", 16);
  if (size != static_cast<ssize_t>(header.size()) ||
      std::memcmp(header.data(), kMagic.data(), kMagic.size()) != 0) {
    return refused(file,
                   "is not a store of Plenary, or its beginning is damaged. It was left as it is. "
                   "Give another folder, or move the file away.");
  }
  if (number(68) != kApplicationId) {
    return refused(file,
                   "is a database of another program. It was left as it is. Give another folder.");
  }
  if (number(60) > kFormatVersion) {
    return refused(file, "was written by a newer version of Plenary (format " +
                             std::to_string(number(60)) + "; this one knows up to " +
                             std::to_string(kFormatVersion) + "). Start that version.");
  }
  return {};
}

SqliteResult<void> execute_all(Database& database, std::initializer_list<std::string> statements) {
  for (const std::string& statement : statements) {
    if (auto done = database.execute(statement.c_str()); !done) return done;
  }
  return {};
}

SqliteResult<void> make_schema(Database& database) {
  auto done = execute_all(database, {"PRAGMA page_size = 4096", "PRAGMA journal_mode = DELETE",
                                     "PRAGMA synchronous = FULL", "BEGIN EXCLUSIVE",
                                     "PRAGMA application_id = " + std::to_string(kApplicationId),
                                     "PRAGMA user_version = " + std::to_string(kFormatVersion)});
  for (const auto& table : kTables) {
    if (done) done = database.execute(table[1]);
  }
  // WAL only at the end: the whole header thus stands in the file itself, where check_header()
  // reads it.
  if (done) done = execute_all(database, {kIndex, "COMMIT", "PRAGMA journal_mode = WAL"});
  return done;
}

void sync_folder(const std::filesystem::path& folder) {
  const int descriptor =
      open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  fsync(descriptor);
  close(descriptor);
}

// Made whole under another name and linked to its own, so that a crash leaves no half of a store
// and a file that came meanwhile is not overwritten.
Checked make(const std::filesystem::path& file, const char* vfs) {
  const std::string draft = file.string() + "." + std::to_string(getpid()) + ".new";
  unlink(draft.c_str());
  const int descriptor = open(draft.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return refused(file, std::string("cannot be made: ") + strerror(errno) + ".");
  }
  close(descriptor);
  SqliteResult<void> done;
  {
    auto database = Database::open(draft, SQLITE_OPEN_READWRITE, vfs);
    done = database ? make_schema(*database) : std::unexpected(database.error());
  }
  for (const char* suffix : {"-wal", "-shm", "-journal"})
    unlink((draft + suffix).c_str());
  Checked made;
  if (!done) {
    made = failed(file, done.error());
  } else if (link(draft.c_str(), file.c_str()) != 0 && errno != EEXIST) {
    made = refused(file, std::string("cannot be made: ") + strerror(errno) + ".");
  }
  unlink(draft.c_str());
  sync_folder(file.parent_path());
  return made;
}

SqliteResult<void> set_up(Database& database) {
  return execute_all(
      database,
      {"PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL",
       "PRAGMA secure_delete = ON", "PRAGMA wal_autocheckpoint = 0", "PRAGMA temp_store = MEMORY",
       "PRAGMA cache_size = -16384", "PRAGMA cell_size_check = ON", "PRAGMA trusted_schema = OFF",
       "PRAGMA journal_size_limit = " + std::to_string(kWalBytesKept),
       // Takes the lock, and keeps it, as the mode says.
       "BEGIN IMMEDIATE", "COMMIT"});
}

Checked check_contents(const std::filesystem::path& file, Database& database) {
  const auto version = database.integer("PRAGMA user_version");
  if (!version) return failed(file, version.error());
  if (*version != kFormatVersion) {
    return refused(file, "has format " + std::to_string(*version) + ", which is not known.");
  }
  for (const auto& [name, sql] : kTables) {
    const auto found = database.text(
        (std::string("SELECT sql FROM sqlite_schema WHERE name = '") + name + "'").c_str());
    if (!found) return failed(file, found.error());
    if (*found != sql)
      return damaged(file, std::string("table ") + name + " is not as it should be");
  }
  const auto verdict = database.text("PRAGMA quick_check(1)");
  if (!verdict) return failed(file, verdict.error());
  if (*verdict != "ok") return damaged(file, *verdict);
  return {};
}

}  // namespace

std::expected<Database, std::string> open_store(const std::filesystem::path& file,
                                                const char* vfs) {
  struct stat status {};
  if (stat(file.c_str(), &status) != 0) {
    if (errno != ENOENT) {
      return refused(file, std::string("cannot be looked at: ") + strerror(errno) + ".");
    }
    if (auto made = make(file, vfs); !made) return Refused(made.error());
  } else if (!S_ISREG(status.st_mode)) {
    return refused(file, "is not a file.");
  }
  if (auto checked = check_header(file); !checked) return Refused(checked.error());
  auto database = Database::open(file.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, vfs);
  if (!database) return failed(file, database.error());
  // Until all is checked, closing must not carry the WAL into the file.
  sqlite3_db_config(database->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  if (auto done = set_up(*database); !done) return failed(file, done.error());
  if (auto checked = check_contents(file, *database); !checked) return Refused(checked.error());
  sqlite3_db_config(database->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
  return std::move(*database);
}

}  // namespace plenary::adapters
