// A disk that is full, fails or is slow; and a process that is killed.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <random>
#include <sstream>
#include <thread>

#include "adapters/sqlite/limits.hpp"
#include "adapters/sqlite/sqlite_log.hpp"
#include "contract/failing_vfs.hpp"
#include "contract/sync_log.hpp"

namespace plenary::contract {
namespace {

namespace asio = boost::asio;
using adapters::SqliteLog;
using ports::AppendOutcome;
using ports::Position;

class SqliteDisk : public ::testing::Test {
 protected:
  ~SqliteDisk() override { failing_vfs::name(); }  // faultless again

  std::unique_ptr<SqliteLog> open() {
    auto log = SqliteLog::open(folder_ / "plenary.db", failing_vfs::name());
    if (!log) ADD_FAILURE() << log.error();
    return log ? std::move(*log) : nullptr;
  }
  TemporaryFolder folder_;
};

TEST_F(SqliteDisk, L9_AFullDiskRefusesAndLosesNothing) {
  auto log = open();
  auto sync = std::make_unique<SyncLog>(*log);
  Position head;
  std::vector<plenary::v1::Record> kept;
  const auto append = [&](std::size_t count) {
    const auto records = chain(head, count, 500);
    const AppendOutcome outcome = sync->append("session/s1", head, records);
    if (!std::holds_alternative<ports::Appended>(outcome)) return false;
    head = head_of(records);
    kept.insert(kept.end(), records.begin(), records.end());
    return true;
  };
  ASSERT_TRUE(append(20));
  failing_vfs::set_full(true);
  int refused = 0;
  for (int attempt = 0; attempt < 30; ++attempt)
    refused += append(10) ? 0 : 1;
  EXPECT_GT(refused, 0);
  EXPECT_EQ(serialised(sync->read("session/s1").records), serialised(kept));
  EXPECT_EQ(sync->claim("12345678", "s1").value_or(false), sync->find("12345678") == "s1");
  failing_vfs::set_full(false);
  ASSERT_TRUE(append(10));
  sync.reset();
  log.reset();
  log = open();
  EXPECT_EQ(serialised(SyncLog(*log).read("session/s1").records), serialised(kept));
}

TEST_F(SqliteDisk, L9_WhatFitsIsKeptWhenSomethingElseDoesNot) {
  auto log = open();
  SyncLog sync(*log);
  // A WAL with room to write over, but not for a large snapshot.
  Position head = sync.appended("session/s1", {}, chain({}, 200, 5'000));
  std::this_thread::sleep_for(2 * adapters::kQuietBeforeCheckpoint);
  failing_vfs::hold_syncs(true);
  asio::io_context context;
  std::optional<AppendOutcome> small;
  std::optional<ports::ReadOutcome<bool>> large;
  const auto start = [&](auto operation, auto& result) {
    asio::co_spawn(
        context,
        [](auto wanted, auto& target) -> asio::awaitable<void> {
          target = co_await std::move(wanted);
        }(std::move(operation), result),
        asio::detached);
  };
  std::optional<AppendOutcome> first;
  start(log->append("session/s2", {}, chain({}, 1)), first);
  context.poll();
  failing_vfs::wait_until_held();
  start(log->save_snapshot("session/s1", {head, std::string(9'000'000, 'x')}), large);
  start(log->append("session/s1", head, chain(head, 1)), small);
  context.poll();
  failing_vfs::set_full(true);
  failing_vfs::hold_syncs(false);
  context.run();
  EXPECT_TRUE(std::holds_alternative<ports::Appended>(*small));
  EXPECT_TRUE(std::holds_alternative<ports::Unavailable>(*large));
}

TEST_F(SqliteDisk, L9_AFailedFsyncEndsTheProcess) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        auto log = open();
        SyncLog sync(*log);
        const auto first = chain({}, 1);
        sync.appended("session/s1", {}, first);
        failing_vfs::fail_syncs(true);
        sync.append("session/s1", head_of(first), chain(head_of(first), 1));
      },
      ::testing::ExitedWithCode(74), "What is on disk is not certain");
}

TEST_F(SqliteDisk, L9_AFailedFsyncOfACheckpointEndsTheProcess) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        auto log = open();
        SyncLog(*log).appended("session/s1", {}, chain({}, 1));
        failing_vfs::fail_syncs(true);
        std::this_thread::sleep_for(std::chrono::seconds(20));
      },
      ::testing::ExitedWithCode(74), "What is on disk is not certain");
}

// Hold the disk in one fsync; all that comes meanwhile must share the next one.
TEST_F(SqliteDisk, L10_WhatWaitsSharesOneFsyncAndAConflictHarmsNobody) {
  constexpr std::size_t kSessions = 100;
  auto log = open();
  SyncLog sync(*log);
  std::vector<Position> heads;
  for (std::size_t i = 0; i < kSessions; ++i) {
    heads.push_back(sync.appended("session/s" + std::to_string(i), {}, chain({}, 1)));
  }
  failing_vfs::hold_syncs(true);
  asio::io_context context;
  std::vector<std::optional<AppendOutcome>> outcomes(kSessions);
  const auto start = [&](std::size_t i, const Position& expected) {
    asio::co_spawn(
        context,
        [](SqliteLog& target, std::size_t number, Position at,
           std::optional<AppendOutcome>& outcome) -> asio::awaitable<void> {
          outcome = co_await target.append("session/s" + std::to_string(number), at, chain(at, 1));
        }(*log, i, expected, outcomes[i]),
        asio::detached);
  };
  start(0, heads[0]);
  context.poll();
  const int before = failing_vfs::wait_until_held();
  for (std::size_t i = 1; i < kSessions; ++i)
    start(i, i == 50 ? Position{} : heads[i]);
  context.poll();
  for (const auto& outcome : outcomes)
    EXPECT_FALSE(outcome);  // H1: nothing before its fsync
  failing_vfs::hold_syncs(false);
  context.run();
  EXPECT_EQ(failing_vfs::syncs(), before + 1);
  for (std::size_t i = 0; i < kSessions; ++i) {
    EXPECT_EQ(std::holds_alternative<ports::Conflict>(*outcomes[i]), i == 50);
    EXPECT_EQ(std::holds_alternative<ports::Appended>(*outcomes[i]), i != 50);
  }
}

TEST_F(SqliteDisk, L9_TooMuchThatWaitsIsUnavailable) {
  auto log = open();
  SyncLog(*log).appended("session/s1", {}, chain({}, 1));
  failing_vfs::hold_syncs(true);
  asio::io_context context;
  int unavailable = 0;
  int answered = 0;
  const auto find = [&]() -> asio::awaitable<void> {
    const auto outcome = co_await log->claim_code("12345678", "s1");
    ++answered;
    if (std::holds_alternative<ports::Unavailable>(outcome)) ++unavailable;
  };
  asio::co_spawn(context, find(), asio::detached);
  context.poll();
  failing_vfs::wait_until_held();
  for (std::size_t i = 0; i < adapters::kMaxWaitingOperations + 10; ++i) {
    asio::co_spawn(context, find(), asio::detached);
  }
  context.poll();
  EXPECT_EQ(unavailable, 10);
  failing_vfs::hold_syncs(false);
  context.run();
  EXPECT_EQ(answered, static_cast<int>(adapters::kMaxWaitingOperations) + 11);
  EXPECT_EQ(unavailable, 10);
}

// --- killed. A child process appends and says through a pipe what was acknowledged, until it is
// killed.

[[noreturn]] void append_until_killed(const std::filesystem::path& file, int said) {
  auto log = SqliteLog::open(file);
  if (!log) _exit(1);
  SyncLog sync(**log);
  std::vector<Position> heads;
  for (int stream = 0; stream < 3; ++stream) {
    heads.push_back(sync.read("session/s" + std::to_string(stream), 0, 0).head);
  }
  for (std::size_t round = 0;; ++round) {
    const std::size_t stream = round % heads.size();
    const auto records = chain(heads[stream], 1 + round % 4, 200);
    heads[stream] = sync.appended("session/s" + std::to_string(stream), heads[stream], records);
    dprintf(said, "acked %zu %llu\n", stream, static_cast<unsigned long long>(heads[stream].seq));
  }
}

class SqliteKilled : public SqliteDisk {
 protected:
  // Runs the child for a while, kills it, and returns the highest numbers that it said were
  // acknowledged.
  std::vector<std::uint64_t> run_and_kill(std::chrono::microseconds after) {
    int ends[2];
    EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
    const pid_t child = fork();  // no other thread of ours runs now
    if (child == 0) append_until_killed(folder_ / "plenary.db", ends[1]);
    close(ends[1]);
    std::string said;
    char buffer[4096];
    const auto more = [&] {
      const ssize_t size = read(ends[0], buffer, sizeof(buffer));
      if (size > 0) said.append(buffer, static_cast<std::size_t>(size));
      return size > 0;
    };
    // Until its first acknowledgement, then for the time given.
    while (said.find('\n') == std::string::npos && more()) {
    }
    std::this_thread::sleep_for(after);
    kill(child, SIGKILL);
    while (more()) {
    }
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
    close(ends[0]);
    return acknowledged(said);
  }

  static std::vector<std::uint64_t> acknowledged(const std::string& said) {
    std::vector<std::uint64_t> highest(3);
    std::istringstream lines(said.substr(0, said.rfind('\n') + 1));
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      std::string word;
      std::size_t stream = 0;
      std::uint64_t seq = 0;
      if (words >> word >> stream >> seq && word == "acked") highest.at(stream) = seq;
    }
    return highest;
  }
};

TEST_F(SqliteKilled, L7_WhatWasAcknowledgedSurvivesTheKill) {
  std::mt19937_64 generator(20'261'123);
  std::uint64_t all = 0;
  std::vector<std::uint64_t> highest(3);
  for (int round = 0; round < 8; ++round) {
    const auto said = run_and_kill(std::chrono::microseconds(generator() % 60'000));
    auto log = SqliteLog::open(folder_ / "plenary.db");
    ASSERT_TRUE(log) << log.error();
    for (std::size_t stream = 0; stream < 3; ++stream) {
      highest[stream] = std::max(highest[stream], said[stream]);
      const auto page = SyncLog(**log).read("session/s" + std::to_string(stream), 0, 1'000'000);
      EXPECT_GE(page.records.size(), highest[stream]) << "seed round " << round;
      EXPECT_TRUE(is_chained(page.records));
      all += said[stream];
    }
  }
  EXPECT_GT(all, 0U);
}

}  // namespace
}  // namespace plenary::contract
