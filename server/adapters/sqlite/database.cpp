#include "adapters/sqlite/database.hpp"

#include <cassert>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace plenary::adapters {

namespace {

bool is_failed_sync(int code) {
  return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
}

// Writes that failed for another reason than room. What is on disk is then as doubtful as after an
// fsync.
bool is_failed_write(int code) {
  return code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_TRUNCATE;
}

bool is_room_error(int system_error) {
  return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

}  // namespace

Statement::Statement(Database& database, const char* sql) : database_(&database) {
  sqlite3_stmt* statement = nullptr;
  [[maybe_unused]] const int code = sqlite3_prepare_v3(
      database.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  assert(code == SQLITE_OK && "a statement of ours does not fit our own schema");
  statement_.reset(statement);
}

Statement& Statement::bind(int index, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), index, value);
  return *this;
}
Statement& Statement::bind_text(int index, std::string_view text) {
  sqlite3_bind_text64(statement_.get(), index, text.data(), text.size(), SQLITE_STATIC,
                      SQLITE_UTF8);
  return *this;
}
Statement& Statement::bind_blob(int index, std::string_view bytes) {
  sqlite3_bind_blob64(statement_.get(), index, bytes.data() == nullptr ? "" : bytes.data(),
                      bytes.size(), SQLITE_STATIC);
  return *this;
}

SqliteResult<bool> Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  auto failure = database_->failure(code);
  reset();
  return std::unexpected(std::move(failure));
}

SqliteResult<void> Statement::run() {
  while (true) {
    const auto row = step();
    if (!row) return std::unexpected(row.error());
    if (!*row) break;
  }
  reset();
  return {};
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::bytes(int column) const {
  const void* data = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

SqliteResult<Database> Database::open(const std::string& path, int flags, const char* vfs) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_EXRESCODE, vfs);
  Database database(handle);  // also after a failure: SQLite wants it closed
  if (code != SQLITE_OK) return std::unexpected(database.failure(code));
  return database;
}

SqliteResult<void> Database::execute(const char* sql) {
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(failure(code));
  return {};
}

SqliteResult<std::int64_t> Database::integer(const char* sql) {
  const auto value = text(sql);
  if (!value) return std::unexpected(value.error());
  return std::strtoll(value->c_str(), nullptr, 10);
}

SqliteResult<std::string> Database::text(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v2(handle_.get(), sql, -1, &statement, nullptr);
  std::string text;
  if (code == SQLITE_OK) {
    code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
      const unsigned char* value = sqlite3_column_text(statement, 0);
      if (value != nullptr) text = reinterpret_cast<const char*>(value);
      code = SQLITE_OK;
    } else if (code == SQLITE_DONE) {
      code = SQLITE_OK;
    }
  }
  if (code != SQLITE_OK) {
    auto failed = failure(code);
    sqlite3_finalize(statement);
    return std::unexpected(std::move(failed));
  }
  sqlite3_finalize(statement);
  return text;
}

SqliteFailure Database::failure(int code) const {
  const int system_error = handle_ ? sqlite3_system_errno(handle_.get()) : 0;
  SqliteFailure failure;
  failure.code = code;
  failure.text = handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code);
  failure.disk_full = code == SQLITE_FULL || ((code & 0xff) == SQLITE_IOERR &&
                                              !is_failed_sync(code) && is_room_error(system_error));
  if (is_failed_sync(code) || (is_failed_write(code) && !failure.disk_full)) {
    // Not through the logger: nothing may come between this and the end.
    std::fprintf(stderr,
                 "error store_failed code=%d: %s (%s). What is on disk is not certain; ending, so "
                 "that the next start reads what is there.\n",
                 code, failure.text.c_str(), std::strerror(system_error));
    std::_Exit(74);  // EX_IOERR
  }
  return failure;
}

}  // namespace plenary::adapters
