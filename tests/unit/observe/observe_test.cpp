#include <gmock/gmock.h>

#include <thread>

#include "observe/log.hpp"
#include "observe/metrics.hpp"

namespace plenary::observe {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Metrics, TextHasEveryFigureWithItsType) {
  Metrics metrics;
  metrics.connections.add(3);
  metrics.connections.add(-1);
  metrics.deliveries.add(5'000);
  metrics.queue_depth.set(7);
  metrics.append_seconds.observe(0.002);
  metrics.append_seconds.observe(0.1);
  const std::string text = metrics.text();
  EXPECT_THAT(text, HasSubstr("# TYPE plenary_connections gauge\nplenary_connections 2\n"));
  EXPECT_THAT(
      text, HasSubstr("# TYPE plenary_deliveries_total counter\nplenary_deliveries_total 5000\n"));
  EXPECT_THAT(text, HasSubstr("plenary_queue_depth 7\n"));
  EXPECT_THAT(text, HasSubstr("plenary_append_seconds_count 2\n"));
  EXPECT_THAT(text, HasSubstr("plenary_append_seconds_bucket{le=\"0.005\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("plenary_append_seconds_bucket{le=\"+Inf\"} 2\n"));
}

TEST(Metrics, CommandsAreCountedByOutcomeAndOutcomesAreBounded) {
  Metrics metrics;
  metrics.commands("ok").add();
  metrics.commands("ok").add();
  metrics.commands("stale").add();
  for (int i = 0; i < 200; ++i)
    metrics.commands("invented" + std::to_string(i)).add();
  const std::string text = metrics.text();
  EXPECT_THAT(text, HasSubstr("plenary_commands_total{outcome=\"ok\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("plenary_commands_total{outcome=\"stale\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("plenary_commands_total{outcome=\"other\"} 138\n"));
  EXPECT_THAT(text, Not(HasSubstr("invented199")));
}

TEST(Metrics, FiguresKeptElsewhereAreReadWhenAsked) {
  Metrics metrics;
  double value = 1;
  metrics.pull_counter("plenary_elsewhere_total", "Elsewhere", [&] { return value; });
  metrics.pull_gauge("plenary_there", "There", [&] { return value / 2; });
  metrics.pull_histogram("plenary_took_seconds", "Took", {0.1, 1}, [] {
    return HistogramSample{{3, 2, 1}, 4.5};
  });
  value = 12;
  const std::string text = metrics.text();
  EXPECT_THAT(text, HasSubstr("plenary_elsewhere_total 12\n"));
  EXPECT_THAT(text, HasSubstr("plenary_there 6\n"));
  EXPECT_THAT(text, HasSubstr("plenary_took_seconds_bucket{le=\"0.1\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("plenary_took_seconds_bucket{le=\"1\"} 5\n"));
  EXPECT_THAT(text, HasSubstr("plenary_took_seconds_bucket{le=\"+Inf\"} 6\n"));
  EXPECT_THAT(text, HasSubstr("plenary_took_seconds_sum 4.5\n"));
}

TEST(Metrics, ManyThreadsCountAtOnce) {
  Metrics metrics;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&metrics] {
        for (int i = 0; i < 1'000; ++i) {
          metrics.messages_in.add();
          metrics.commands(i % 2 == 0 ? "ok" : "stale").add();
          metrics.append_seconds.observe(0.001);
          if (i % 100 == 0) (void)metrics.text();
        }
      });
    }
  }
  const std::string text = metrics.text();
  EXPECT_THAT(text, HasSubstr("plenary_messages_in_total 4000\n"));
  EXPECT_THAT(text, HasSubstr("plenary_commands_total{outcome=\"ok\"} 2000\n"));
  EXPECT_THAT(text, HasSubstr("plenary_append_seconds_count 4000\n"));
}

TEST(Metrics, ANameTwiceIsAMistakeOfOurs) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  Metrics metrics;
  EXPECT_DEATH(metrics.pull_gauge("plenary_connections", "", [] { return 0.0; }), "there already");
}

TEST(EventLog, AnEventIsOneLineOfKeysAndValues) {
  EXPECT_EQ(
      format_event("listening", {{"address", "127.0.0.1:80"}, {"threads", 2}, {"tls", false}}),
      "listening address=127.0.0.1:80 threads=2 tls=false");
  EXPECT_EQ(format_event("took", {{"seconds", 0.25}}), "took seconds=0.25");
  EXPECT_EQ(format_event("empty", {{"text", ""}}), "empty text=\"\"");
}

TEST(EventLog, NothingBreaksOutOfItsLineOrItsValue) {
  EXPECT_EQ(format_event("refused", {{"reason", "disk \"full\"\nerror forged=1\x1b[2J"}}),
            "refused reason=\"disk \\\"full\\\"\\x0aerror forged=1\\x1b[2J\"");
  EXPECT_EQ(format_event("a", {{"path", "C:\\x"}}), "a path=\"C:\\\\x\"");
}

TEST(EventLog, LongValuesAreCutAtACharacter) {
  std::string text;
  for (int i = 0; i < 400; ++i)
    text += "é";
  const std::string line = format_event("a", {{"text", text + "x"}});
  EXPECT_THAT(line, HasSubstr("éé…\""));
  EXPECT_LT(line.size(), 520U);
}

TEST(EventLog, LevelsBelowTheSetOneAreNotWritten) {
  ::testing::internal::CaptureStderr();
  log(Level::debug, "hidden");
  log(Level::info, "shown", {{"count", 1}});
  set_log_level("warning");
  log(Level::info, "silenced");
  log(Level::error, "loud");
  set_log_level("info");
  const std::string written = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(written, HasSubstr("Z info shown count=1\n"));
  EXPECT_THAT(written, HasSubstr("Z error loud\n"));
  EXPECT_THAT(written, Not(HasSubstr("hidden")));
  EXPECT_THAT(written, Not(HasSubstr("silenced")));
}

}  // namespace
}  // namespace plenary::observe
