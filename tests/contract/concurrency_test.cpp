// The contract under threads: whoever appends at once with others, one wins each position.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "contract/adapters.hpp"

namespace plenary::contract {
namespace {

using ports::Appended;
using ports::Conflict;
using ports::Position;

constexpr int kThreads = 4;
constexpr std::uint64_t kAppendsEach = 50;

template <typename Adapter>
class ConcurrentLog : public ::testing::Test {
 protected:
  Adapter adapter_;
};
TYPED_TEST_SUITE(ConcurrentLog, Adapters);

// Appends batches of one or two until it has won kAppendsEach times; catches up by what it missed.
void append_against_others(ports::EventLog& event_log, const std::string& stream,
                           std::map<std::uint64_t, std::string>& won) {
  SyncLog log(event_log);
  Position head;
  for (std::uint64_t wins = 0; wins < kAppendsEach;) {
    const auto batch = chain(head, 1 + wins % 2, 30);
    auto outcome = log.append(stream, head, batch);
    if (std::holds_alternative<Appended>(outcome)) {
      head = std::get<Appended>(outcome).head;
      for (const auto& record : batch)
        won[record.seq()] = record.id();
      ++wins;
    } else {
      ASSERT_TRUE(std::holds_alternative<Conflict>(outcome));
      const auto& conflict = std::get<Conflict>(outcome);
      ASSERT_FALSE(conflict.foreign);
      ASSERT_TRUE(is_chained(conflict.missed, head));
      ASSERT_FALSE(conflict.missed.empty());
      head = head_of(conflict.missed);
    }
  }
}

TYPED_TEST(ConcurrentLog, L1_ExactlyOneWinsEachPosition) {
  SyncLog log(this->adapter_.log());
  log.appended("session/s1", {}, chain({}, 1));
  std::vector<std::map<std::uint64_t, std::string>> won(kThreads);
  std::vector<std::unique_ptr<ports::EventLog>> others;
  {
    std::vector<std::jthread> threads;
    for (auto& mine : won) {
      others.push_back(this->adapter_.another());
      ports::EventLog& access = others.back() ? *others.back() : this->adapter_.log();
      threads.emplace_back([&access, &mine] { append_against_others(access, "session/s1", mine); });
    }
  }
  const auto page = log.read("session/s1");
  ASSERT_TRUE(is_chained(page.records));
  ASSERT_EQ(page.records.size(), 1 + kThreads * (kAppendsEach + kAppendsEach / 2));
  std::size_t all_won = 0;
  for (const auto& mine : won) {
    all_won += mine.size();
    for (const auto& [seq, id] : mine)
      EXPECT_EQ(page.records[seq - 1].id(), id);
  }
  EXPECT_EQ(all_won + 1, page.records.size());
}

TYPED_TEST(ConcurrentLog, L10_StreamsOfManyThreadsAllAdvance) {
  std::vector<std::jthread> threads;
  for (int number = 0; number < kThreads; ++number) {
    threads.emplace_back([this, number] {
      SyncLog log(this->adapter_.log());
      const std::string stream = "session/s" + std::to_string(number);
      Position head;
      for (std::uint64_t i = 0; i < kAppendsEach; ++i) {
        head = log.appended(stream, head, chain(head, 1));
        if (i % 10 == 0) log.save_snapshot(stream, {head, "state"});
        if (i % 10 == 5) {
          EXPECT_EQ(log.read(stream, i).head, head);
        }
      }
    });
  }
  threads.clear();
  SyncLog log(this->adapter_.log());
  for (int number = 0; number < kThreads; ++number) {
    const auto page = log.read("session/s" + std::to_string(number));
    EXPECT_EQ(page.records.size(), kAppendsEach);
    EXPECT_TRUE(is_chained(page.records));
  }
}

TYPED_TEST(ConcurrentLog, L4_FollowingAndStoppingWhileOthersAppend) {
  auto another = this->adapter_.another();
  if (!another) return;  // a log with one writer never calls
  std::atomic<bool> ended = false;
  std::atomic<int> hints = 0;
  std::jthread appender([&] {
    SyncLog log(*another);
    Position head;
    while (!ended)
      head = log.appended("session/s1", head, chain(head, 1, 0));
  });
  for (int round = 0; round < 300 || hints == 0; ++round) {
    auto alive = std::make_unique<bool>(true);
    auto handle = this->adapter_.log().follow("session/s1", [&hints, &alive = *alive] {
      if (alive) ++hints;
    });
    if (round % 3 == 0) std::this_thread::yield();
    handle.reset();  // no hint comes after this
    *alive = false;
    alive.reset();
  }
  ended = true;
}

}  // namespace
}  // namespace plenary::contract
