// The contract, continued: snapshots, removal, join codes, following.
#include <gmock/gmock.h>

#include <atomic>

#include "contract/adapters.hpp"

namespace plenary::contract {
namespace {

using ports::Conflict;
using ports::Position;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

template <typename Adapter>
class SessionLog : public OnAdapter<Adapter> {
 protected:
  bool saved(const Position& position, const std::string& bytes) {
    return this->log().save_snapshot("session/s1", {position, bytes}).value();
  }
};
TYPED_TEST_SUITE(SessionLog, Adapters);

constexpr const char* kStream = "session/s1";

Position at(const std::vector<plenary::v1::Record>& records, std::size_t seq) {
  return {records[seq - 1].seq(), records[seq - 1].id()};
}

TYPED_TEST(SessionLog, L5_SnapshotsGoOnlyForward) {
  const auto records = chain({}, 10);
  this->log().appended(kStream, {}, records);
  EXPECT_EQ(this->log().load_snapshot(kStream), std::nullopt);
  EXPECT_TRUE(this->saved(at(records, 4), "four"));
  EXPECT_FALSE(this->saved(at(records, 4), "four again"));
  EXPECT_FALSE(this->saved(at(records, 3), "three"));
  EXPECT_EQ(this->log().load_snapshot(kStream)->bytes, "four");
  EXPECT_TRUE(this->saved(at(records, 10), "ten"));
  const auto loaded = this->log().load_snapshot(kStream);
  EXPECT_EQ(loaded->bytes, "ten");
  EXPECT_EQ(loaded->position, at(records, 10));
}

TYPED_TEST(SessionLog, L5_SnapshotsStandOnlyAtPositionsOfTheStream) {
  const auto records = chain({}, 3);
  EXPECT_FALSE(this->saved(at(records, 1), "no stream yet"));
  this->log().appended(kStream, {}, records);
  EXPECT_FALSE(this->saved({2, "another id, 16 b"}, "another history"));
  EXPECT_FALSE(this->saved({4, at(records, 3).id}, "beyond the head"));
  EXPECT_FALSE(this->saved({}, "before the first"));
  EXPECT_EQ(this->log().load_snapshot(kStream), std::nullopt);
}

TYPED_TEST(SessionLog, L5_SnapshotsMayBeLargeAndOfAnyBytes) {
  const auto records = chain({}, 1);
  this->log().appended(kStream, {}, records);
  std::string bytes(3'000'000, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<char>(i * 31);
  EXPECT_TRUE(this->saved(at(records, 1), bytes));
  this->adapter_.reopen();
  EXPECT_EQ(this->log().load_snapshot(kStream)->bytes, bytes);
}

TYPED_TEST(SessionLog, L6_RemoveLeavesNothingOfTheSessionAndAllOfTheOthers) {
  const auto records = chain({}, 5);
  this->log().appended(kStream, {}, records);
  this->log().appended("notes/s1/plenary", {}, chain({}, 2));
  this->log().appended("session/s10", {}, chain({}, 2));
  this->log().appended("notes/s10/s1", {}, chain({}, 1));
  this->saved(at(records, 5), "state");
  this->log().claim("11112222", "s1");
  this->log().claim("33334444", "s10");

  EXPECT_EQ(this->log().remove("s1"), true);
  EXPECT_EQ(this->log().read(kStream).head, Position{});
  EXPECT_EQ(this->log().read("notes/s1/plenary").head, Position{});
  EXPECT_EQ(this->log().load_snapshot(kStream), std::nullopt);
  EXPECT_EQ(this->log().find("11112222"), std::nullopt);
  EXPECT_THAT(this->log().sessions(), ElementsAre("session/s10"));
  EXPECT_EQ(this->log().read("session/s10").records.size(), 2U);
  EXPECT_EQ(this->log().read("notes/s10/s1").records.size(), 1U);
  EXPECT_EQ(this->log().find("33334444"), "s10");
}

TYPED_TEST(SessionLog, L6_RemovedStaysRemoved) {
  const auto records = chain({}, 5);
  this->log().appended(kStream, {}, records);
  this->log().remove("s1");
  const auto expect_gone = [&] {
    for (const std::string stream : {"session/s1", "notes/s1/plenary"}) {
      for (const Position& expected : {Position{}, at(records, 5), at(records, 2)}) {
        auto outcome = this->log().append(stream, expected, chain(expected, 1));
        ASSERT_TRUE(std::holds_alternative<Conflict>(outcome));
        EXPECT_TRUE(std::get<Conflict>(outcome).foreign);
      }
    }
    EXPECT_FALSE(this->saved(at(records, 5), "state"));
    EXPECT_EQ(this->log().claim("12121212", "s1"), false);
    EXPECT_EQ(this->log().remove("s1"), false);
    EXPECT_THAT(this->log().sessions(), IsEmpty());
  };
  expect_gone();
  this->adapter_.reopen();
  expect_gone();
}

TYPED_TEST(SessionLog, L6_RemovingWhatNeverWasForbidsNothing) {
  EXPECT_EQ(this->log().remove("s1"), false);
  this->log().appended(kStream, {}, chain({}, 1));
}

TYPED_TEST(SessionLog, L6_ALargeSessionIsRemovedWhole) {
  Position head;
  for (int batch = 0; batch < 5; ++batch) {
    const auto records = chain(head, 1'500, 20);
    head = this->log().appended(kStream, head, records);
  }
  this->log().appended("notes/s1/plenary", {}, chain({}, 1'000, 20));
  EXPECT_EQ(this->log().remove("s1"), true);
  this->adapter_.reopen();
  EXPECT_EQ(this->log().read(kStream).head, Position{});
  EXPECT_EQ(this->log().read("notes/s1/plenary").head, Position{});
}

TYPED_TEST(SessionLog, P1_AJoinCodeNamesOneSession) {
  EXPECT_EQ(this->log().find("12345678"), std::nullopt);
  EXPECT_EQ(this->log().claim("12345678", "s1"), true);
  EXPECT_EQ(this->log().claim("12345678", "s2"), false);
  EXPECT_EQ(this->log().claim("12345678", "s1"), true);
  EXPECT_EQ(this->log().find("12345678"), "s1");
  EXPECT_EQ(this->log().find("1234567"), std::nullopt);
}

TYPED_TEST(SessionLog, P1_TheCodeOfARemovedSessionIsFree) {
  this->log().claim("12345678", "s1");
  this->log().appended(kStream, {}, chain({}, 1));
  this->log().remove("s1");
  EXPECT_EQ(this->log().claim("12345678", "s2"), true);
  EXPECT_EQ(this->log().find("12345678"), "s2");
}

TYPED_TEST(SessionLog, L4_FollowersHearOfWhatOthersAppendUntilTheyStop) {
  auto another = this->adapter_.another();
  std::atomic<int> hints = 0;
  auto handle = this->adapter_.log().follow(kStream, [&hints] { ++hints; });
  ASSERT_NE(handle, nullptr);
  const auto first = chain({}, 1);
  this->log().appended(kStream, {}, first);
  EXPECT_EQ(hints, 0);   // one's own appends are no news
  if (!another) return;  // a log with one writer never calls
  SyncLog others(*another);
  others.appended("session/other", {}, chain({}, 1));
  EXPECT_EQ(hints, 0);
  const auto second = chain(head_of(first), 1);
  others.appended(kStream, head_of(first), second);
  EXPECT_EQ(hints, 1);
  others.append(kStream, head_of(first), chain(head_of(first), 1));  // a Conflict
  EXPECT_EQ(hints, 1);
  others.remove("s1");
  EXPECT_EQ(hints, 2);
  handle.reset();
  others.appended("session/s3", {}, chain({}, 1));
  EXPECT_EQ(hints, 2);
}

TYPED_TEST(SessionLog, L4_AHintMayStopItsFollowing) {
  auto another = this->adapter_.another();
  if (!another) return;
  std::shared_ptr<void> handle;
  int hints = 0;
  handle = this->adapter_.log().follow(kStream, [&] {
    ++hints;
    handle.reset();
  });
  SyncLog others(*another);
  const auto first = chain({}, 1);
  others.appended(kStream, {}, first);
  others.appended(kStream, head_of(first), chain(head_of(first), 1));
  EXPECT_EQ(hints, 1);
}

}  // namespace
}  // namespace plenary::contract
