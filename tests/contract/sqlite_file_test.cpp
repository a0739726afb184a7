// What only the SQLite log can show: files that are not ours or not whole, and what stays in them.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <fstream>
#include <sstream>

#include "adapters/sqlite/sqlite_log.hpp"
#include "contract/sync_log.hpp"

namespace plenary::contract {
namespace {

using adapters::SqliteLog;
using ports::Position;
using ::testing::HasSubstr;

std::string contents(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return bytes.str();
}
void write(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

class SqliteFile : public ::testing::Test {
 protected:
  const std::filesystem::path file() const { return folder_ / "plenary.db"; }

  std::unique_ptr<SqliteLog> open() {
    auto log = SqliteLog::open(file());
    if (!log) ADD_FAILURE() << log.error();
    return log ? std::move(*log) : nullptr;
  }
  // A closed store of some size.
  void fill() {
    const auto log = open();
    for (int session = 0; session < 20; ++session) {
      SyncLog(*log).appended("session/s" + std::to_string(session), {}, chain({}, 50, 300));
    }
  }
  // Refused, with these words, and left as it was.
  void expect_refused(const std::string& words) {
    const std::string before = contents(file());
    const auto log = SqliteLog::open(file());
    ASSERT_FALSE(log);
    EXPECT_THAT(log.error(), HasSubstr(words));
    EXPECT_THAT(log.error(), HasSubstr(file().string()));
    EXPECT_EQ(contents(file()), before);
  }
  void with_sqlite(const char* sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(file().c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
  }
  std::int64_t number(const std::string& sql) {
    sqlite3* database = nullptr;
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_open(file().c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr), SQLITE_OK);
    EXPECT_EQ(sqlite3_step(statement), SQLITE_ROW);
    const std::int64_t value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return value;
  }
  TemporaryFolder folder_;
};

TEST_F(SqliteFile, L8_ANewFileIsReadableByItsOwnerAlone) {
  open();
  const auto permissions = std::filesystem::status(file()).permissions();
  EXPECT_EQ(permissions & std::filesystem::perms::mask,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
    names.push_back(entry.path().filename());
  }
  EXPECT_THAT(names, ::testing::ElementsAre("plenary.db"));
}

TEST_F(SqliteFile, L8_AFileThatIsNoDatabaseIsRefused) {
  write(file(), "");
  expect_refused("is not a store of Plenary");
  write(file(), "minutes of the last meeting\n");
  expect_refused("is not a store of Plenary");
  write(file(), std::string(10'000, '\0'));
  expect_refused("is not a store of Plenary");
}

TEST_F(SqliteFile, L8_ADatabaseOfAnotherProgramIsRefused) {
  with_sqlite("CREATE TABLE bookmarks(url TEXT); INSERT INTO bookmarks VALUES('x')");
  expect_refused("is a database of another program");
}

TEST_F(SqliteFile, L8_ANewerFormatIsRefused) {
  fill();
  with_sqlite("PRAGMA user_version = 2");
  expect_refused("was written by a newer version of Plenary (format 2");
}

TEST_F(SqliteFile, L8_AMissingTableIsRefused) {
  fill();
  with_sqlite("DROP TABLE codes");
  expect_refused("is damaged (table codes");
}

TEST_F(SqliteFile, L8_ATruncatedFileIsRefused) {
  fill();
  const std::string whole = contents(file());
  for (const std::size_t size : {whole.size() / 2, whole.size() - 4'096, std::size_t{4'096}}) {
    write(file(), whole.substr(0, size));
    expect_refused("is damaged");
  }
}

TEST_F(SqliteFile, L8_OverwrittenPagesAreRefused) {
  fill();
  const std::string whole = contents(file());
  for (std::size_t page = 1; page < whole.size() / 4'096; page += 7) {
    std::string broken = whole;
    std::fill_n(broken.begin() + static_cast<std::ptrdiff_t>(page * 4'096), 64, '\xa5');
    write(file(), broken);
    expect_refused("is damaged");
  }
}

TEST_F(SqliteFile, L8_FlippedBitsInARecordAreNoticedWhenItIsRead) {
  fill();
  std::string bytes = contents(file());
  // Every record holds a run of 300 letters; change one letter in the middle of one.
  const auto run = bytes.find(std::string(200, 'k'));
  ASSERT_NE(run, std::string::npos);
  bytes[run + 100] = 'K';
  write(file(), bytes);
  const auto log = open();
  SyncLog sync(*log);
  int damaged = 0;
  for (int session = 0; session < 20; ++session) {
    auto page = sync.try_read("session/s" + std::to_string(session), 0, 100);
    if (auto* failed = std::get_if<ports::Unavailable>(&page)) {
      EXPECT_THAT(failed->reason, HasSubstr("is damaged"));
      ++damaged;
    }
  }
  EXPECT_EQ(damaged, 1);
}

TEST_F(SqliteFile, L8_AFileInUseIsRefused) {
  const auto log = open();
  const auto second = SqliteLog::open(file());
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error(), HasSubstr("in use by another process"));
  SyncLog(*log).appended("session/s1", {}, chain({}, 1));
}

TEST_F(SqliteFile, L8_AFolderThatIsNotThereIsNamed) {
  const auto log = SqliteLog::open(folder_ / "missing" / "plenary.db");
  ASSERT_FALSE(log);
  EXPECT_THAT(log.error(), HasSubstr("No such file or directory"));
  const auto folder = SqliteLog::open(folder_.path());
  ASSERT_FALSE(folder);
  EXPECT_THAT(folder.error(), HasSubstr("is not a file"));
}

TEST_F(SqliteFile, L6_NoFileHoldsABitOfARemovedSession) {
  const std::string secret = "what-was-said-in-confidence";
  auto records = chain({}, 40, 400);
  records[7].mutable_changes()->mutable_put(0)->mutable_announcement()->set_text(secret);
  const auto log = open();
  SyncLog sync(*log);
  sync.appended("session/other", {}, chain({}, 10));
  sync.appended("session/s1", {}, records);
  sync.save_snapshot("session/s1", {head_of(records), secret});
  const auto holds = [&] {
    bool found = false;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
      found = found || contents(entry.path()).find(secret) != std::string::npos;
    }
    return found;
  };
  ASSERT_TRUE(holds());
  sync.remove("s1");
  EXPECT_FALSE(holds());  // with the log still open, so the WAL too
  EXPECT_EQ(sync.read("session/other").records.size(), 10U);
}

TEST_F(SqliteFile, L6_ARemovalThatACrashInterruptedIsFinishedAtTheNextStart) {
  fill();
  with_sqlite("INSERT INTO removed VALUES('s7')");  // its first transaction, and no more
  const std::string rows = "SELECT count(*) FROM streams JOIN records ON key >> 40 = number";
  EXPECT_EQ(number(rows + " WHERE session = 's7'"), 50);
  {
    const auto log = open();
    SyncLog sync(*log);
    EXPECT_EQ(sync.read("session/s7").head, Position{});
    EXPECT_EQ(sync.claim("12345678", "s8"), true);  // written after what was waiting
  }
  EXPECT_EQ(number(rows + " WHERE session = 's7'"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM records"), 19 * 50);
}

TEST_F(SqliteFile, L7_TheWalIsBounded) {
  const auto log = open();
  SyncLog sync(*log);
  Position head;
  for (int batch = 0; batch < 60; ++batch) {
    const auto records = chain(head, 100, 10'000);
    head = sync.appended("session/s1", head, records);
  }
  // 60 MB were written; the WAL holds what came since the last checkpoint, and one transaction.
  EXPECT_LT(std::filesystem::file_size(file().string() + "-wal"), 36U << 20);
}

}  // namespace
}  // namespace plenary::contract
