#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "adapters/sqlite/checksum.hpp"
#include "adapters/system/slewed_time.hpp"
#include "adapters/system/system_clock.hpp"
#include "adapters/system/system_ids.hpp"
#include "adapters/system/zone_offset.hpp"
#include "adapters/system/zones.hpp"

namespace plenary::adapters {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

TEST(SlewedTime, T1_FollowsTheEvenClockWhenTheWallClockAgrees) {
  SlewedTime time(100 * kSecond, 5 * kSecond);
  EXPECT_EQ(time.advance(100 * kSecond, 5 * kSecond), 100 * kSecond);
  EXPECT_EQ(time.advance(107 * kSecond, 12 * kSecond), 107 * kSecond);
}

TEST(SlewedTime, T1_NeverGoesBackWhenTheWallClockIsSetBack) {
  SlewedTime time(1'000 * kSecond, 0);
  std::int64_t last = 1'000 * kSecond;
  for (std::int64_t second = 1; second <= 100; ++second) {
    const std::int64_t now = time.advance((900 + second) * kSecond, second * kSecond);
    EXPECT_GT(now, last);
    EXPECT_EQ(now - last, kSecond - kSecond / 100);  // one hundredth slower, no more
    last = now;
  }
}

TEST(SlewedTime, T1_ReachesTheWallClockAndStaysThere) {
  SlewedTime time(1'000 * kSecond, 0);
  std::int64_t now = 0;
  for (std::int64_t second = 1; second <= 600; ++second) {
    now = time.advance((1'003 + second) * kSecond, second * kSecond);  // set on by 3 s
    EXPECT_TRUE(second != 100 || now == 1'101 * kSecond) << now;
  }
  EXPECT_EQ(now, 1'603 * kSecond);
}

TEST(SlewedTime, T1_AskingOftenSlewsAsMuchAsAskingSeldom) {
  SlewedTime often(0, 0);
  SlewedTime seldom(0, 0);
  std::int64_t last = 0;
  for (std::int64_t us = 7; us <= 7 * 100'000; us += 7)
    last = often.advance(us + kSecond, us);
  EXPECT_NEAR(static_cast<double>(last),
              static_cast<double>(seldom.advance(7 * 100'000 + kSecond, 7 * 100'000)), 1.0);
}

TEST(SlewedTime, T1_AnEvenClockThatStumblesDoesNoHarm) {
  SlewedTime time(100 * kSecond, 50 * kSecond);
  EXPECT_EQ(time.advance(100 * kSecond, 40 * kSecond), 100 * kSecond);
  EXPECT_EQ(time.advance(101 * kSecond, 51 * kSecond), 101 * kSecond);
}

TEST(SystemClock, T1_IsTheWallClockAtTheStartAndGoesOnInAllThreads) {
  const SystemClock clock;
  const auto wall = std::chrono::duration_cast<std::chrono::milliseconds>(
                        std::chrono::system_clock::now().time_since_epoch())
                        .count();
  EXPECT_NEAR(static_cast<double>(clock.server_now_ms()), static_cast<double>(wall), 100);
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&clock] {
      std::int64_t last = 0;
      for (int i = 0; i < 20'000; ++i) {
        const std::int64_t now = clock.server_now_ms();
        ASSERT_GE(now, last);
        last = now;
      }
    });
  }
  threads.clear();
  const std::int64_t before = clock.steady_ms();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_GE(clock.steady_ms() - before, 20);
}

TEST(SystemIds, IdsDifferInAllThreads) {
  SystemIdSource source;
  std::vector<std::set<std::array<std::uint8_t, 16>>> ids(4);
  {
    std::vector<std::jthread> threads;
    for (auto& mine : ids) {
      threads.emplace_back([&source, &mine] {
        for (int i = 0; i < 5'000; ++i)
          mine.insert(source.next());
      });
    }
  }
  std::set<std::array<std::uint8_t, 16>> all;
  for (const auto& mine : ids)
    all.insert(mine.begin(), mine.end());
  EXPECT_EQ(all.size(), 20'000U);
  EXPECT_FALSE(all.contains({}));
}

TEST(Zones, S7_TheMachinesZonesAreKnown) {
  const auto names = zone_names();
  ASSERT_TRUE(names) << names.error();
  for (const char* name : {"Europe/Brussels", "America/Argentina/Buenos_Aires", "UTC",
                           "Asia/Calcutta", "Asia/Kolkata"}) {
    EXPECT_TRUE(names->contains(name)) << name;
  }
  EXPECT_FALSE(names->contains("Europe/Atlantis"));
  EXPECT_GT(names->size(), 400U);
}

TEST(Zones, S7_TablesServeWhereTheSourceIsMissing) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("plenary-zones-" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  EXPECT_THAT(zone_names(folder).error(), ::testing::HasSubstr("install the package tzdata"));
  std::ofstream(folder / "zone.tab") << "# comment\nBE\t+5050+00420\tEurope/Brussels\n";
  EXPECT_THAT(zone_names(folder).value(), ::testing::ElementsAre("Europe/Brussels", "UTC"));
  std::filesystem::remove_all(folder);
}

TEST(Checksum, IsCrc32) {
  EXPECT_EQ(checksum(""), 0U);
  EXPECT_EQ(checksum("a"), 0xE8B7BE43U);
  EXPECT_EQ(checksum("123456789"), 0xCBF43926U);
  EXPECT_EQ(checksum("The quick brown fox jumps over the lazy dog"), 0x414FA339U);
  EXPECT_NE(checksum(std::string(1'000, '\xff')), checksum(std::string(1'001, '\xff')));
}

TEST(System, ZonesHaveTheirOffsets) {
  constexpr std::int64_t kJanuaryMs = 1'800'000'000'000;  // 2027-01-15
  constexpr std::int64_t kJulyMs = 1'815'000'000'000;     // 2027-07-07
  constexpr std::int64_t kHourMs = 3'600'000;
  EXPECT_EQ(zone_offset_ms("Europe/Brussels", kJanuaryMs), kHourMs);
  EXPECT_EQ(zone_offset_ms("Europe/Brussels", kJulyMs), 2 * kHourMs);
  EXPECT_EQ(zone_offset_ms("America/New_York", kJanuaryMs), -5 * kHourMs);
  EXPECT_EQ(zone_offset_ms("Asia/Kolkata", kJulyMs), 5 * kHourMs + kHourMs / 2);
  EXPECT_EQ(zone_offset_ms("UTC", kJulyMs), 0);
  for (const char* none : {"", "Europe", "Nowhere/Land", "../../etc/passwd"}) {
    EXPECT_FALSE(zone_offset_ms(none, kJulyMs)) << none;
  }
}

}  // namespace
}  // namespace plenary::adapters
