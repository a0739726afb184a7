// The contract of ports/event_log.hpp, on every adapter.
#include <gmock/gmock.h>

#include "contract/adapters.hpp"
#include "ports/limits.hpp"

namespace plenary::contract {
namespace {

using ports::Conflict;
using ports::Position;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

template <typename Adapter>
class Log : public OnAdapter<Adapter> {};
TYPED_TEST_SUITE(Log, Adapters);

constexpr const char* kStream = "session/s1";

TYPED_TEST(Log, L2_RecordsComeBackAsTheyWentIn) {
  const auto first = chain({}, 1);
  const auto more = chain(head_of(first), 3);
  EXPECT_EQ(this->log().appended(kStream, {}, first), head_of(first));
  EXPECT_EQ(this->log().appended(kStream, head_of(first), more), head_of(more));
  const auto page = this->log().read(kStream);
  EXPECT_EQ(page.head, head_of(more));
  ASSERT_EQ(page.records.size(), 4U);
  EXPECT_TRUE(is_chained(page.records));
  EXPECT_EQ(page.records[0].SerializeAsString(), first[0].SerializeAsString());
  EXPECT_EQ(page.records[3].SerializeAsString(), more[2].SerializeAsString());
}

TYPED_TEST(Log, L1_ConflictBringsWhatWasMissedAndKeepsNothing) {
  const auto first = chain({}, 2);
  this->log().appended(kStream, {}, first);
  const auto others = chain(head_of(first), 3);
  this->log().appended(kStream, head_of(first), others);
  auto outcome = this->log().append(kStream, head_of(first), chain(head_of(first), 2));
  ASSERT_TRUE(std::holds_alternative<Conflict>(outcome));
  EXPECT_FALSE(std::get<Conflict>(outcome).foreign);
  EXPECT_EQ(serialised(std::get<Conflict>(outcome).missed), serialised(others));
  EXPECT_EQ(this->log().read(kStream).records.size(), 5U);
}

TYPED_TEST(Log, L1_WhoExpectsAnEmptyStreamMissesAllOfIt) {
  const auto first = chain({}, 3);
  this->log().appended(kStream, {}, first);
  auto outcome = this->log().append(kStream, {}, chain({}, 1));
  ASSERT_TRUE(std::holds_alternative<Conflict>(outcome));
  EXPECT_FALSE(std::get<Conflict>(outcome).foreign);
  EXPECT_EQ(serialised(std::get<Conflict>(outcome).missed), serialised(first));
}

TYPED_TEST(Log, L1_AConflictIsBoundedAndCanBeFollowedUp) {
  const auto first = chain({}, ports::kMaxMissedRecords + 5, 1);
  this->log().appended(kStream, {}, first);
  auto outcome = this->log().append(kStream, {}, chain({}, 1));
  auto missed = std::get<Conflict>(outcome).missed;
  ASSERT_EQ(missed.size(), ports::kMaxMissedRecords);
  outcome = this->log().append(kStream, head_of(missed), chain(head_of(missed), 1));
  EXPECT_EQ(head_of(std::get<Conflict>(outcome).missed), head_of(first));
}

TYPED_TEST(Log, L3_AnotherHistoryIsForeign) {
  const auto first = chain({}, 3);
  this->log().appended(kStream, {}, first);
  const auto expect_foreign = [&](const Position& expected) {
    auto outcome = this->log().append(kStream, expected, chain(expected, 1));
    ASSERT_TRUE(std::holds_alternative<Conflict>(outcome));
    EXPECT_TRUE(std::get<Conflict>(outcome).foreign);
    EXPECT_THAT(std::get<Conflict>(outcome).missed, IsEmpty());
  };
  expect_foreign({3, "another id, 16 b"});           // at the head
  expect_foreign({2, "another id, 16 b"});           // before it
  expect_foreign({4, head_of(first).id});            // beyond it
  expect_foreign({9'000'000'000, "another id, 1"});  // far beyond
  EXPECT_EQ(this->log().read(kStream).head, head_of(first));
}

TYPED_TEST(Log, L3_AMissingStreamTakesOnlyItsFirstRecord) {
  const Position elsewhere{7, "0123456789abcdef"};
  auto outcome = this->log().append(kStream, elsewhere, chain(elsewhere, 1));
  ASSERT_TRUE(std::holds_alternative<Conflict>(outcome));
  EXPECT_TRUE(std::get<Conflict>(outcome).foreign);
  EXPECT_EQ(this->log().read(kStream).head, Position{});
  this->log().appended(kStream, {}, chain({}, 1));
}

TYPED_TEST(Log, L3_ADocumentNeedsItsSession) {
  auto outcome = this->log().append("notes/s1/plenary", {}, chain({}, 1));
  ASSERT_TRUE(std::holds_alternative<Conflict>(outcome));
  EXPECT_TRUE(std::get<Conflict>(outcome).foreign);
  this->log().appended("session/s1", {}, chain({}, 1));
  this->log().appended("notes/s1/plenary", {}, chain({}, 1));
  EXPECT_EQ(this->log().read("notes/s1/plenary").head.seq, 1U);
  EXPECT_EQ(this->log().read("session/s1").head.seq, 1U);
}

TYPED_TEST(Log, L2_ABatchIsKeptWholeOrNotAtAll) {
  const auto first = chain({}, 1);
  this->log().appended(kStream, {}, first);
  const auto batch = chain(head_of(first), 500, 10);
  this->log().appended(kStream, head_of(first), batch);
  this->log().append(kStream, head_of(first), chain(head_of(first), 500, 10));
  const auto page = this->log().read(kStream, 1);
  EXPECT_EQ(serialised(page.records), serialised(batch));
}

TYPED_TEST(Log, L4_PagesAreGaplessAndBounded) {
  const auto all = chain({}, 25);
  this->log().appended(kStream, {}, all);
  std::vector<plenary::v1::Record> read;
  for (std::uint64_t after = 0; after < 25; after = read.size()) {
    const auto page = this->log().read(kStream, after, 10);
    EXPECT_EQ(page.head, head_of(all));
    EXPECT_EQ(page.records.size(), std::min<std::size_t>(10, 25 - after));
    read.insert(read.end(), page.records.begin(), page.records.end());
  }
  EXPECT_EQ(serialised(read), serialised(all));
  EXPECT_THAT(this->log().read(kStream, 25).records, IsEmpty());
  EXPECT_THAT(this->log().read(kStream, 1'000'000).records, IsEmpty());
  const auto head_only = this->log().read(kStream, 0, 0);
  EXPECT_THAT(head_only.records, IsEmpty());
  EXPECT_EQ(head_only.head, head_of(all));
}

TYPED_TEST(Log, L4_AStreamThatIsNotThereIsEmpty) {
  const auto page = this->log().read("session/nobody");
  EXPECT_THAT(page.records, IsEmpty());
  EXPECT_EQ(page.head, Position{});
}

TYPED_TEST(Log, L2_StreamsDoNotTouchEachOther) {
  const auto one = chain({}, 3);
  const auto two = chain({}, 2);
  this->log().appended("session/a", {}, one);
  this->log().appended("session/b", {}, two);
  EXPECT_EQ(serialised(this->log().read("session/a").records), serialised(one));
  EXPECT_EQ(serialised(this->log().read("session/b").records), serialised(two));
  EXPECT_THAT(this->log().sessions(), ElementsAre("session/a", "session/b"));
}

TYPED_TEST(Log, L2_LargeRecordsAreKeptWhole) {
  const auto records = chain({}, 3, 2'000'000);
  this->log().appended(kStream, {}, records);
  this->adapter_.reopen();
  EXPECT_EQ(serialised(this->log().read(kStream).records), serialised(records));
}

TYPED_TEST(Log, L2_BytesAreBytes) {
  auto records = chain({}, 1);
  records[0].set_id(std::string("\0\xff\0id of 16 bytes", 16));
  this->log().appended(kStream, {}, records);
  this->adapter_.reopen();
  const auto next = chain(head_of(records), 1);
  EXPECT_EQ(this->log().appended(kStream, head_of(records), next), head_of(next));
}

TYPED_TEST(Log, L7_WhatWasAppendedIsThereAfterReopening) {
  const auto records = chain({}, 10);
  this->log().appended(kStream, {}, records);
  this->log().save_snapshot(kStream, {head_of(records), "state"});
  this->log().claim("12345678", "s1");
  this->adapter_.reopen();
  EXPECT_EQ(serialised(this->log().read(kStream).records), serialised(records));
  EXPECT_EQ(this->log().load_snapshot(kStream)->bytes, "state");
  EXPECT_EQ(this->log().find("12345678"), "s1");
  const auto next = chain(head_of(records), 1);
  EXPECT_EQ(this->log().appended(kStream, head_of(records), next), head_of(next));
}

TYPED_TEST(Log, L2_WhatDoesNotContinueIsAMistakeOfOurs) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto append = [&](const Position& expected, std::vector<plenary::v1::Record> records) {
    this->log().append(kStream, expected, std::move(records));
  };
  EXPECT_DEATH(append({}, {}), "continues");
  EXPECT_DEATH(append({}, chain({3, "0123456789abcdef"}, 1)), "continues");
  auto hole = chain({}, 3);
  hole.erase(hole.begin() + 1);
  EXPECT_DEATH(append({}, hole), "continues");
  auto unchained = chain({}, 2);
  unchained[1].set_previous_id("some other record");
  EXPECT_DEATH(append({}, unchained), "continues");
}

}  // namespace
}  // namespace plenary::contract
