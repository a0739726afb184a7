// Places by rank: the same as walking the queue, and quick where walking is not.
#include "core/ranks.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <set>

#include "core/project.hpp"
#include "support/given.hpp"

namespace plenary::core {
namespace {

QueueKey key_of(std::uint64_t number) {
  return {static_cast<std::int32_t>(number % 3), static_cast<std::int64_t>(number % 7), 0,
          std::to_string(number)};
}

TEST(Ranks, AreTheSameAsWalkingTheOrder) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    std::set<QueueKey> order;
    Ranks ranks;
    for (int step = 0; step < 3'000; ++step) {
      const QueueKey key = key_of(random() % 1'000);
      if (random() % 5 < 3) {
        order.insert(key);
        ranks.insert(key);
      } else {
        order.erase(key);
        ranks.erase(key);
      }
      ASSERT_EQ(ranks.size(), order.size());
      const QueueKey other = key_of(random() % 1'000);
      ASSERT_EQ(ranks.contains(other), order.contains(other));
      ASSERT_EQ(ranks.before(other),
                static_cast<std::size_t>(std::distance(order.begin(), order.lower_bound(other))));
    }
    std::vector<std::string> ids;
    for (auto at = order.upper_bound(key_of(500)); at != order.end() && ids.size() < 150; ++at) {
      ids.push_back(at->request_id);
    }
    const QueueKey after = key_of(500);
    EXPECT_EQ(ranks.ids(150, &after), ids);
  }
}

// A room of ten thousand: what a flush costs does not grow with it. The bound is ten times what a
// slow machine's unoptimised build needs, and a hundredth of what walking would.
TEST(Ranks, Q11_TenThousandWaitingAreProjectedWithoutWalkingThem) {
  test::Given given = test::sample_session().running("h1");
  for (int number = 0; number < 10'000; ++number) {
    const std::string id = std::to_string(number);
    given.person("p" + id).waiting("r" + id, "p" + id, "hall", v1::REQUEST_KIND_HAND);
  }
  const auto begin = std::chrono::steady_clock::now();
  for (int round = 0; round < 20; ++round) {
    const auto view = project(v1::AUDIENCE_EVERYONE, given.state(), {ViewPart::Kind::room, "hall"});
    EXPECT_EQ(view.size(), 1U + kEntriesInView);
    EXPECT_EQ(view.front().room().waiting_count(), 10'000);
    const auto own = project_person(given.state(), "p9999", given.now_ms());
    EXPECT_EQ(own.requests(0).place(), 10'000);
  }
  const std::chrono::duration<double, std::milli> each =
      (std::chrono::steady_clock::now() - begin) / 20;
  RecordProperty("project_us", static_cast<int>(each.count() * 1000));
  EXPECT_LT(each.count(), 20.0);
}

}  // namespace
}  // namespace plenary::core
