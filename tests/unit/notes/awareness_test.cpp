#include "notes/awareness.hpp"

#include <gtest/gtest.h>

#include "unit/notes/notes_given.hpp"

namespace plenary::notes {
namespace {

using namespace plenary::notes::testing;

constexpr Awareness::Source kAna{1, "ana"};
constexpr Awareness::Source kAnaAgain{2, "ana"};
constexpr Awareness::Source kEve{3, "eve"};

using Ids = std::vector<std::uint64_t>;

std::string told(std::uint64_t client, std::uint64_t clock, std::string_view state) {
  std::string message;
  Writer out(message);
  out.number(1);
  out.number(client);
  out.number(clock);
  out.blob(state);
  return message;
}

// Many clients in one message, all of clock 1.
std::string told_many(int first, int count) {
  std::string message = bytes({count});
  for (int client = first; client < first + count; ++client)
    message += bytes({client, 1, "1"});
  return message;
}

template <typename Answer>
std::string_view word(const Answer& answer) {
  return answer ? "taken" : word_of(answer.error().code);
}

TEST(NotesAwareness, TheHigherClockCountsAndGoneWinsATie) {
  Awareness here;
  ASSERT_TRUE(here.apply(told(7, 2, "{}"), kAna, 0));
  EXPECT_TRUE(here.apply(told(7, 1, "1"), kAna, 0)->changed.empty());
  EXPECT_TRUE(here.apply(told(7, 2, "2"), kAna, 0)->changed.empty());
  EXPECT_EQ(here.encode_all(), told(7, 2, "{}"));
  EXPECT_EQ(here.apply(told(7, 2, "null"), kAna, 0)->changed, Ids{7});
  EXPECT_EQ(here.encode_all(), bytes({0}));
  EXPECT_EQ(here.encode({7}), told(7, 2, "null"));
}

TEST(NotesAwareness, NobodyTellsNewsOfAnothersClient) {
  Awareness here;
  ASSERT_TRUE(here.apply(told(7, 1, "{}"), kAna, 0));
  EXPECT_EQ(word(here.apply(told(7, 2, "{}"), kEve, 0)), "not-yours");
  EXPECT_EQ(word(here.apply(told(7, 1, "null"), kEve, 0)), "not-yours");
  // What she has heard she may repeat; it stays where it was.
  EXPECT_TRUE(here.apply(told(7, 1, "{}"), kEve, 0)->changed.empty());
  EXPECT_TRUE(here.leave(kEve.connection).empty());
  EXPECT_EQ(here.leave(kAna.connection), Ids{7});
}

TEST(NotesAwareness, WhoComesBackTakesOverFromAConnectionThatHasNotEndedYet) {
  Awareness here;
  ASSERT_TRUE(here.apply(told(7, 4, "{}"), kAna, 0));
  ASSERT_TRUE(here.apply(told(7, 5, "1"), kAnaAgain, 0));
  EXPECT_TRUE(here.leave(kAna.connection).empty());
  EXPECT_EQ(here.encode_all(), told(7, 5, "1"));
  EXPECT_EQ(here.leave(kAnaAgain.connection), Ids{7});
}

TEST(NotesAwareness, WhoComesBackWithWhatItSaidLastStaysToo) {
  Awareness here;
  ASSERT_TRUE(here.apply(told(7, 4, "{}"), kAna, 0));
  EXPECT_TRUE(here.apply(told(7, 4, "{}"), kAnaAgain, 10'000)->changed.empty());
  EXPECT_TRUE(here.leave(kAna.connection).empty());
  EXPECT_TRUE(here.expire(kAwarenessTimeoutMs).empty());
  EXPECT_EQ(here.encode_all(), told(7, 4, "{}"));
}

TEST(NotesAwareness, WhoIsGoneIsToldSoAndCountsAgainWithAHigherClock) {
  Awareness here;
  ASSERT_TRUE(here.apply(told(7, 4, "{}"), kAna, 0));
  EXPECT_TRUE(here.expire(kAwarenessTimeoutMs - 1).empty());
  EXPECT_EQ(here.expire(kAwarenessTimeoutMs), Ids{7});
  const auto heard = here.apply(told(7, 4, "{}"), kAnaAgain, kAwarenessTimeoutMs);
  ASSERT_TRUE(heard);
  EXPECT_EQ(heard->behind, Ids{7});
  EXPECT_EQ(here.encode(heard->behind), told(7, 4, "null"));
  EXPECT_EQ(here.apply(told(7, 5, "{}"), kAnaAgain, kAwarenessTimeoutMs)->changed, Ids{7});
}

TEST(NotesAwareness, AnIdStaysItsPersonsWhenItIsGone) {
  AwarenessLimits limits;
  Awareness here(limits);
  ASSERT_TRUE(here.apply(told(7, 3, "{}"), kAna, 0));
  here.leave(kAna.connection);
  EXPECT_EQ(word(here.apply(told(7, 9, "{}"), kEve, 0)), "not-yours");
  here.expire(limits.gone_kept_ms - 1);
  EXPECT_EQ(word(here.apply(told(7, 9, "{}"), kEve, 0)), "not-yours");
  here.expire(limits.gone_kept_ms);
  EXPECT_EQ(here.size(), 0U);
  EXPECT_TRUE(here.apply(told(7, 9, "{}"), kEve, limits.gone_kept_ms));
}

TEST(NotesAwareness, AnIdThatWroteStaysItsPersonsForGood) {
  Claims claims;
  Awareness here({}, &claims);
  ASSERT_TRUE(here.apply(told(7, 3, "{}"), kEve, 0));
  claims.claim(7, "ana");
  EXPECT_EQ(word(here.apply(told(7, 4, "{}"), kEve, 0)), "not-yours");
  EXPECT_EQ(here.apply(told(7, 5, "{}"), kAna, 0)->changed, Ids{7});
  EXPECT_TRUE(here.leave(kEve.connection).empty());
  EXPECT_EQ(here.leave(kAna.connection), Ids{7});
}

TEST(NotesAwareness, NoClockIsSoHighThatNothingComesAfterIt) {
  Awareness here;
  EXPECT_EQ(word(here.apply(told(7, kMaxNumber, "{}"), kAna, 0)), "too-large");
  EXPECT_EQ(here.size(), 0U);
}

TEST(NotesAwareness, AConnectionHasFewClients) {
  AwarenessLimits limits;
  Awareness here(limits);
  const int most = static_cast<int>(limits.max_clients_of_connection);
  EXPECT_EQ(word(here.apply(told_many(100, most + 1), kEve, 0)), "too-many");
  ASSERT_TRUE(here.apply(told_many(100, most), kEve, 0));
  EXPECT_EQ(word(here.apply(told(99, 1, "{}"), kEve, 0)), "too-many");
  EXPECT_EQ(word(here.apply(told(100, 2, "2"), kEve, 0)), "taken");
  EXPECT_EQ(word(here.apply(told(100, 3, "null"), kEve, 0)), "taken");
  EXPECT_EQ(word(here.apply(told(99, 1, "{}"), kEve, 0)), "taken");
  EXPECT_EQ(here.leave(kEve.connection).size(), limits.max_clients_of_connection);
  ASSERT_TRUE(here.apply(told_many(200, most), kEve, 0));
}

TEST(NotesAwareness, NobodyDrivesOthersOut) {
  AwarenessLimits limits;
  limits.max_clients = 2 * limits.max_clients_of_person;
  Awareness here(limits);
  ASSERT_TRUE(here.apply(told(7, 1, "{}"), kAna, 0));
  here.leave(kAna.connection);
  for (int at = 0; at < 1'000; ++at) {
    const Awareness::Source eve{100 + static_cast<std::uint64_t>(at), "eve"};
    ASSERT_TRUE(here.apply(told_many(1'000 + 8 * at, 8), eve, 0));
    here.leave(eve.connection);
  }
  EXPECT_LE(here.size(), limits.max_clients_of_person + 1);
  EXPECT_EQ(word(here.apply(told(7, 9, "{}"), kEve, 0)), "not-yours");
  EXPECT_EQ(word(here.apply(told(7, 2, "{}"), kAna, 0)), "taken");
  std::size_t taken = 0;
  for (std::uint64_t at = 0; at < 20; ++at) {
    taken +=
        here.apply(told_many(20'000 + 8 * static_cast<int>(at), 8), {500 + at, "eve"}, 0) ? 8 : 0;
  }
  EXPECT_EQ(taken, limits.max_clients_of_person);
}

TEST(NotesAwareness, WhoeverComesBackCountsAsMuchAsOneWhoIsNew) {
  AwarenessLimits limits;
  limits.max_clients = 2;
  Awareness here(limits);
  ASSERT_TRUE(here.apply(bytes({2, 7, 1, "{}", 8, 1, "null"}), kAna, 0));
  EXPECT_EQ(word(here.apply(bytes({2, 8, 2, "{}", 9, 1, "{}"}), kAna, 0)), "full");
  EXPECT_LE(here.size(), 2U);
}

}  // namespace
}  // namespace plenary::notes
