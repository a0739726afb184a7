// A thin cover of SQLite's C interface: handles that close themselves, bindings by type, result
// codes as SQLite gives them (extended).
//
// Threading: one thread at a time. Errors: result codes; a failed fsync ends the process here,
// whoever called, because the kernel may have dropped the pages and SQLite could not write them
// again.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace plenary::adapters {

// What SQLite said. A full disk is told apart, because there is hope.
struct SqliteFailure {
  int code = SQLITE_ERROR;
  bool disk_full = false;
  std::string text;
};
template <typename T>
using SqliteResult = std::expected<T, SqliteFailure>;

class Database;

// A prepared statement, used again and again. run() resets it before it returns; rows are read with
// step() while it gives SQLITE_ROW, and then reset().
class Statement {
 public:
  Statement(Database& database, const char* sql);

  Statement& bind(int index, std::int64_t value);
  Statement& bind_text(int index, std::string_view text);   // `text` must live until reset()
  Statement& bind_blob(int index, std::string_view bytes);  // likewise

  SqliteResult<bool> step();  // whether there is a row
  SqliteResult<void> run();   // to the end, rows ignored
  void reset();

  std::int64_t integer(int column) const;
  std::string_view bytes(int column) const;  // until the next step() or reset()

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  Database* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
 public:
  // Opens an existing file. `vfs` may be null: the system's.
  static SqliteResult<Database> open(const std::string& path, int flags, const char* vfs);

  SqliteResult<void> execute(const char* sql);
  SqliteResult<std::int64_t> integer(const char* sql);  // the first column of the first row
  SqliteResult<std::string> text(const char* sql);

  // Of the code of a call that failed just now. Ends the process if it was an fsync.
  SqliteFailure failure(int code) const;
  sqlite3* handle() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  explicit Database(sqlite3* handle) : handle_(handle) {}
  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace plenary::adapters
