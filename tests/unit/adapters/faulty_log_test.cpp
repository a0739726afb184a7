#include "adapters/memory/faulty_log.hpp"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "adapters/memory/memory_log.hpp"
#include "adapters/observed/observed_log.hpp"

namespace plenary::adapters {
namespace {

namespace asio = boost::asio;
namespace v1 = plenary::v1;
using ports::Position;

std::vector<v1::Record> next(const Position& after, const std::string& id) {
  std::vector<v1::Record> records(1);
  records[0].set_seq(after.seq + 1);
  records[0].set_id(id);
  records[0].set_previous_id(after.id);
  return records;
}

template <typename T>
asio::awaitable<void> keep(asio::awaitable<T> operation, std::optional<T>& result) {
  result = co_await std::move(operation);
}

// Runs to the end, late arrivals included; says how many handlers that took.
template <typename T>
T run(asio::awaitable<T> operation, std::size_t* turns = nullptr) {
  asio::io_context context;
  std::optional<T> result;
  asio::co_spawn(context, keep(std::move(operation), result), asio::detached);
  const std::size_t ran = context.run();
  if (turns != nullptr) *turns = ran;
  return std::move(result).value();
}

// What a seed does to 200 appends: the history of outcomes, and what was kept.
std::string history(std::uint64_t seed) {
  MemoryLog memory;
  FaultyLog log(memory, {.seed = seed,
                         .unknown_lost = 100,
                         .unknown_kept = 100,
                         .unknown_late = 100,
                         .append_unavailable = 100,
                         .read_unavailable = 100,
                         .hint_lost = 0,
                         .hint_doubled = 0,
                         .max_delay_turns = 3});
  std::string text;
  for (int i = 0; i < 200; ++i) {
    const auto stored = memory.stored("session/s1");
    const Position head =
        stored.empty() ? Position{} : Position{stored.back().seq(), stored.back().id()};
    const auto outcome = run(log.append("session/s1", head, next(head, "r" + std::to_string(i))));
    text += std::to_string(outcome.index());
    const bool kept = memory.stored("session/s1").size() > stored.size();
    text += kept ? '+' : '-';
    // Never a lie: Appended is kept, Unavailable is not.
    EXPECT_TRUE(outcome.index() != 0 || kept);
    EXPECT_TRUE(outcome.index() != 2 || !kept);
  }
  return text;
}

TEST(FaultyLog, OneSeedIsOneHistoryAndShowsEveryOutcome) {
  const std::string one = history(1);
  EXPECT_EQ(one, history(1));
  EXPECT_NE(one, history(2));
  for (const char* outcome : {"0+", "2-", "3+", "3-"}) {
    EXPECT_THAT(one, ::testing::HasSubstr(outcome));
  }
}

TEST(FaultyLog, ALateAppendArrivesAfterItsOutcome) {
  MemoryLog memory;
  FaultyLog log(memory, {.seed = 1,
                         .unknown_lost = 0,
                         .unknown_kept = 0,
                         .unknown_late = 1'000,
                         .append_unavailable = 0,
                         .read_unavailable = 0,
                         .hint_lost = 0,
                         .hint_doubled = 0,
                         .max_delay_turns = 0});
  asio::io_context context;
  std::optional<std::size_t> kept_at_outcome;
  asio::co_spawn(
      context,
      [&]() -> asio::awaitable<void> {
        auto records = next({}, "r1");
        const auto outcome = co_await log.append("session/s1", {}, std::move(records));
        EXPECT_TRUE(std::holds_alternative<ports::Unknown>(outcome));
        kept_at_outcome = memory.stored("session/s1").size();
      },
      asio::detached);
  context.run();
  EXPECT_EQ(kept_at_outcome, 0U);
  EXPECT_EQ(memory.stored("session/s1").size(), 1U);
}

TEST(FaultyLog, CutOffIsUnavailableAndHealingEndsAllFaults) {
  MemoryLog memory;
  FaultyLog log(memory, {.seed = 5,
                         .unknown_lost = 0,
                         .unknown_kept = 0,
                         .unknown_late = 0,
                         .append_unavailable = 1'000,
                         .read_unavailable = 1'000,
                         .hint_lost = 1'000,
                         .hint_doubled = 0,
                         .max_delay_turns = 50});
  log.set_reachable(false);
  EXPECT_TRUE(std::holds_alternative<ports::Unavailable>(run(log.read("session/s1", 0, 1))));
  EXPECT_TRUE(
      std::holds_alternative<ports::Unavailable>(run(log.append("session/s1", {}, next({}, "r")))));
  EXPECT_TRUE(std::holds_alternative<ports::Unavailable>(run(log.claim_code("1", "s1"))));
  log.heal();
  std::size_t turns = 0;
  EXPECT_TRUE(std::holds_alternative<ports::Appended>(
      run(log.append("session/s1", {}, next({}, "r")), &turns)));
  EXPECT_LE(turns, 3U);
  EXPECT_EQ(std::get<ports::Page>(run(log.read("session/s1", 0, 9))).records.size(), 1U);
}

TEST(FaultyLog, HintsAreLostOrDoubledAsThePlanSays) {
  const auto count = [](unsigned lost, unsigned doubled) {
    const auto store = make_memory_store();
    MemoryLog mine(store);
    MemoryLog others(store);
    FaultyLog log(mine, {.seed = 3,
                         .unknown_lost = 0,
                         .unknown_kept = 0,
                         .unknown_late = 0,
                         .append_unavailable = 0,
                         .read_unavailable = 0,
                         .hint_lost = lost,
                         .hint_doubled = doubled,
                         .max_delay_turns = 0});
    int hints = 0;
    const auto handle = log.follow("session/s1", [&hints] { ++hints; });
    Position head;
    for (int i = 0; i < 100; ++i) {
      const auto records = next(head, "r" + std::to_string(i));
      head = std::get<ports::Appended>(run(others.append("session/s1", head, records))).head;
    }
    return hints;
  };
  EXPECT_EQ(count(0, 0), 100);
  EXPECT_EQ(count(1'000, 0), 0);
  EXPECT_EQ(count(0, 1'000), 200);
  EXPECT_NEAR(count(500, 0), 50, 25);
}

TEST(ObservedLog, ReportsEveryAppendAndChangesNothing) {
  MemoryLog memory;
  std::vector<std::pair<std::size_t, std::size_t>> reports;  // outcome, records
  ObservedLog log(memory, [&](const AppendReport& report) {
    EXPECT_GE(report.took.count(), 0);
    reports.emplace_back(report.outcome.index(), report.records);
  });
  run(log.append("session/s1", {}, next({}, "r1")));
  run(log.append("session/s1", {}, next({}, "r2")));
  EXPECT_EQ(reports, (std::vector<std::pair<std::size_t, std::size_t>>{{0, 1}, {1, 1}}));
  EXPECT_EQ(std::get<ports::Page>(run(log.read("session/s1", 0, 9))).head, (Position{1, "r1"}));
}

}  // namespace
}  // namespace plenary::adapters
