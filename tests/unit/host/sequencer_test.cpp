// The sequencer alone: any outcome at any step.
#include "host/sequencer.hpp"

#include <gtest/gtest.h>

#include "core/apply.hpp"
#include "host/limits.hpp"
#include "support/given.hpp"
#include "support/seeded_ids.hpp"

namespace plenary::host {
namespace {

using test::make;
using test::to_command;

constexpr std::int64_t kNowMs = 1'800'000'100'000;

class SequencerTest : public testing::Test {
 protected:
  SequencerTest() : ids_(7), sequencer_(ids_, nullptr), other_(ids_, nullptr) {
    for (Sequencer* each : {&sequencer_, &other_})
      each->load(sample());
    sequencer_.track(true);
  }

  // A state as another instance stored it, at position 10.
  v1::Snapshot sample() {
    v1::Snapshot snapshot;
    snapshot.mutable_position()->set_seq(10);
    snapshot.mutable_position()->set_id("0123456789abcdef");
    snapshot.set_at_ms(kNowMs);
    snapshot.ParsePartialFromString(snapshot.SerializeAsString() +
                                    test::snapshot_bytes(test::sample_session().state()));
    return snapshot;
  }

  static Pending hand(const std::string& person, const std::string& id) {
    Pending pending;
    pending.ticket = ++tickets_;
    pending.actor.set_kind(v1::ACTOR_KIND_PERSON);
    pending.actor.set_person_id(person);
    pending.command_id = id;
    pending.command = to_command(make<v1::RequestFloor>("room_id: 'hall' kind: REQUEST_KIND_HAND"));
    return pending;
  }

  // Another instance's records after our head.
  std::vector<v1::Record> foreign(const std::string& person, const std::string& id) {
    other_.take(hand(person, id));
    Effects effects = other_.begin(kNowMs);
    auto records = effects.append->records;
    other_.appended(ports::Appended{}, kNowMs);
    return records;
  }

  static std::string bytes(const Sequencer& sequencer) {
    return test::snapshot_bytes(sequencer.state());
  }

  static inline std::uint64_t tickets_ = 0;
  test::SeededIds ids_;
  Sequencer sequencer_;
  Sequencer other_;
};

TEST_F(SequencerTest, C2_H1_NothingIsShownOrAnsweredBeforeTheAppend) {
  const std::string before = bytes(sequencer_);
  sequencer_.take(hand("ana", "1"));
  Effects effects = sequencer_.begin(kNowMs);
  ASSERT_TRUE(effects.append.has_value());
  EXPECT_TRUE(effects.answers.empty());
  EXPECT_EQ(bytes(sequencer_), before);
  EXPECT_EQ(effects.append->expected.seq, 10u);
  effects = sequencer_.appended(ports::Appended{}, kNowMs);
  EXPECT_NE(bytes(sequencer_), before);
  ASSERT_EQ(effects.answers.size(), 1u);
  EXPECT_EQ(effects.answers[0].reply.position().seq(), 11u);
  EXPECT_FALSE(effects.answers[0].reply.created_id().empty());
}

TEST_F(SequencerTest, C2_H2_H3_RefusalsAndRepeatsOfABatchLeaveAfterItsAppend) {
  sequencer_.take(hand("ana", "1"));
  sequencer_.begin(kNowMs);
  sequencer_.appended(ports::Appended{}, kNowMs);
  sequencer_.take(hand("ana", "1"));     // a repeat
  sequencer_.take(hand("nobody", "2"));  // refused
  sequencer_.take(hand("ben", "3"));
  sequencer_.take(hand("ben", "3"));  // the same again, in one batch
  Effects effects = sequencer_.begin(kNowMs);
  ASSERT_TRUE(effects.append.has_value());
  EXPECT_EQ(effects.append->records.size(), 1u);
  EXPECT_TRUE(effects.answers.empty());
  effects = sequencer_.appended(ports::Appended{}, kNowMs);
  ASSERT_EQ(effects.answers.size(), 4u);
  EXPECT_EQ(effects.answers[0].reply.position().seq(), 11u);
  EXPECT_TRUE(effects.answers[1].reply.has_refusal());
  EXPECT_EQ(effects.answers[2].reply.position().seq(), 12u);
  EXPECT_EQ(effects.answers[3].reply.SerializeAsString(),
            effects.answers[2].reply.SerializeAsString());
}

TEST_F(SequencerTest, BatchThatChangesNothingIsAnsweredAtOnce) {
  sequencer_.take(hand("nobody", "1"));
  const Effects effects = sequencer_.begin(kNowMs);
  EXPECT_FALSE(effects.append.has_value());
  ASSERT_EQ(effects.answers.size(), 1u);
  EXPECT_EQ(effects.answers[0].reply.refusal().code(), v1::REFUSAL_CODE_UNKNOWN_TOKEN);
}

TEST_F(SequencerTest, C2_H6_RepeatIsAnsweredWithPositionAndCreatedId) {
  sequencer_.take(hand("ana", "1"));
  sequencer_.begin(kNowMs);
  const auto first = sequencer_.appended(ports::Appended{}, kNowMs).answers.at(0).reply;
  Pending again = hand("ana", "1");
  again.expired = true;  // however late it comes
  sequencer_.take(std::move(again));
  const Effects effects = sequencer_.begin(kNowMs);
  EXPECT_FALSE(effects.append.has_value());
  EXPECT_EQ(effects.answers.at(0).reply.SerializeAsString(), first.SerializeAsString());
}

TEST_F(SequencerTest, SameIdOfAnotherPersonIsAnotherCommand) {
  sequencer_.take(hand("ana", "1"));
  sequencer_.take(hand("ben", "1"));
  EXPECT_EQ(sequencer_.begin(kNowMs).append->records.size(), 2u);
}

TEST_F(SequencerTest, C2_H6_RepeatsSurviveASnapshot) {
  sequencer_.take(hand("ana", "1"));
  sequencer_.begin(kNowMs);
  const auto first = sequencer_.appended(ports::Appended{}, kNowMs).answers.at(0).reply;
  v1::Snapshot snapshot = sample();
  *snapshot.mutable_position() = to_message(sequencer_.head());
  sequencer_.repeats().save(snapshot);
  Sequencer loaded(ids_, nullptr);
  loaded.load(snapshot);
  loaded.take(hand("ana", "1"));
  EXPECT_EQ(loaded.begin(kNowMs).answers.at(0).reply.SerializeAsString(),
            first.SerializeAsString());
}

TEST_F(SequencerTest, H6_ExpiredIsRefused) {
  Pending late = hand("ana", "1");
  late.expired = true;
  sequencer_.take(std::move(late));
  EXPECT_EQ(sequencer_.begin(kNowMs).answers.at(0).reply.refusal().code(),
            v1::REFUSAL_CODE_EXPIRED);
}

TEST_F(SequencerTest, RecordTimeNeverGoesBack) {
  sequencer_.take(hand("ana", "1"));
  const Effects effects = sequencer_.begin(kNowMs - 5'000);  // an instance whose clock is behind
  EXPECT_EQ(effects.append->records.at(0).at_ms(), kNowMs);
}

TEST_F(SequencerTest, Q4_H5_ConflictIsDecidedAgainOnWhatWasMissed) {
  sequencer_.take(hand("ana", "1"));
  sequencer_.begin(kNowMs);
  const auto missed = foreign("ana", "other");  // the same hand, raised elsewhere
  const Effects effects = sequencer_.appended(ports::Conflict{missed, false}, kNowMs);
  // Raising again keeps the place: nothing more to change, and the answer says where it is.
  EXPECT_EQ(sequencer_.head().seq, 11u);
  EXPECT_FALSE(effects.append.has_value());
  ASSERT_EQ(effects.answers.size(), 1u);
  EXPECT_EQ(effects.answers[0].reply.position().seq(), 11u);
  EXPECT_EQ(sequencer_.state().queue("hall").size(), 1u);
}

TEST_F(SequencerTest, ConflictAppliesWhatWasMissedToBothStates) {
  sequencer_.take(hand("ana", "1"));
  sequencer_.begin(kNowMs);
  Effects effects = sequencer_.appended(ports::Conflict{foreign("ben", "2"), false}, kNowMs);
  ASSERT_TRUE(effects.append.has_value());
  EXPECT_EQ(effects.append->expected.seq, 11u);
  EXPECT_EQ(effects.append->records.at(0).seq(), 12u);
  effects = sequencer_.appended(ports::Appended{}, kNowMs);
  EXPECT_EQ(effects.answers.at(0).reply.position().seq(), 12u);
  EXPECT_EQ(sequencer_.state().queue("hall").size(), 2u);
}

TEST_F(SequencerTest, C2_ConflictThatHoldsTheCommandItselfIsARepeat) {
  // The page sent it to another instance as well.
  sequencer_.take(hand("ana", "1"));
  sequencer_.begin(kNowMs);
  const Effects effects = sequencer_.appended(ports::Conflict{foreign("ana", "1"), false}, kNowMs);
  EXPECT_FALSE(effects.append.has_value());
  EXPECT_EQ(effects.answers.at(0).reply.position().seq(), 11u);
}

TEST_F(SequencerTest, H5_AfterEightConflictsUnavailable) {
  sequencer_.take(hand("ana", "1"));
  Effects effects = sequencer_.begin(kNowMs);
  const char* people[] = {"abe", "ben", "joe", "zoe", "chair", "notes", "lead"};
  for (int conflict = 1; conflict < kMaxConflicts; ++conflict) {
    const auto missed = foreign(people[conflict - 1], "x" + std::to_string(conflict));
    effects = sequencer_.appended(ports::Conflict{missed, false}, kNowMs);
    ASSERT_TRUE(effects.append.has_value()) << conflict;
  }
  // One more: somebody withdraws.
  Pending withdrawal = hand("abe", "w");
  withdrawal.command = v1::Command();
  const auto& requests = other_.state().requests_of_person("abe");
  withdrawal.command.mutable_withdraw_request()->set_request_id(*requests.begin());
  other_.take(withdrawal);
  auto missed = other_.begin(kNowMs).append->records;
  effects = sequencer_.appended(ports::Conflict{missed, false}, kNowMs);
  EXPECT_FALSE(effects.append.has_value());
  EXPECT_EQ(effects.answers.at(0).reply.refusal().code(), v1::REFUSAL_CODE_UNAVAILABLE);
}

TEST_F(SequencerTest, ForeignConflictLosesTheSession) {
  sequencer_.take(hand("ana", "1"));
  sequencer_.begin(kNowMs);
  EXPECT_EQ(sequencer_.appended(ports::Conflict{{}, true}, kNowMs).lost, Lost::foreign);
}

TEST_F(SequencerTest, C2_H7_UnavailableKeepsNothingAndSaysSo) {
  const std::string before = bytes(sequencer_);
  sequencer_.take(hand("ana", "1"));
  sequencer_.take(hand("nobody", "2"));
  sequencer_.begin(kNowMs);
  const Effects effects = sequencer_.appended(ports::Unavailable{"away"}, kNowMs);
  ASSERT_EQ(effects.answers.size(), 2u);
  for (const Answered& answered : effects.answers) {
    EXPECT_EQ(answered.reply.refusal().code(), v1::REFUSAL_CODE_UNAVAILABLE);
  }
  EXPECT_EQ(bytes(sequencer_), before);
  // The tentative state was rolled back too: the same hand gets the same place.
  sequencer_.take(hand("ana", "3"));
  EXPECT_EQ(sequencer_.begin(kNowMs).append->records.at(0).seq(), 11u);
}

TEST_F(SequencerTest, C2_H4_UnknownAndOwnRecordThereIsSuccess) {
  sequencer_.take(hand("ana", "1"));
  const auto own = sequencer_.begin(kNowMs).append->records;
  Effects effects = sequencer_.appended(ports::Unknown{"time-out"}, kNowMs);
  EXPECT_TRUE(effects.read);
  EXPECT_TRUE(effects.answers.empty());
  effects = sequencer_.read_page({own, {11, own.back().id()}}, kNowMs);
  EXPECT_FALSE(effects.append.has_value());
  EXPECT_EQ(effects.answers.at(0).reply.position().seq(), 11u);
  EXPECT_FALSE(sequencer_.in_doubt());
}

TEST_F(SequencerTest, C2_H4_UnknownAndNothingThereAppendsTheSameBytesAgain) {
  sequencer_.take(hand("ana", "1"));
  const auto own = sequencer_.begin(kNowMs).append->records;
  sequencer_.appended(ports::Unknown{"time-out"}, kNowMs);
  Effects effects = sequencer_.read_page({{}, sequencer_.head()}, kNowMs + 60'000);
  ASSERT_TRUE(effects.append.has_value());
  EXPECT_EQ(effects.append->records.at(0).SerializeAsString(), own.at(0).SerializeAsString());
  // The first attempt arrives late, before the second: recognised by its id.
  effects = sequencer_.appended(ports::Conflict{own, false}, kNowMs);
  EXPECT_FALSE(effects.append.has_value());
  EXPECT_EQ(effects.answers.at(0).reply.position().seq(), 11u);
}

TEST_F(SequencerTest, C2_H4_UnknownAndOthersThereIsDecidedAgain) {
  sequencer_.take(hand("ana", "1"));
  const auto own = sequencer_.begin(kNowMs).append->records;
  sequencer_.appended(ports::Unknown{"time-out"}, kNowMs);
  const auto others = foreign("ben", "2");
  const Effects effects = sequencer_.read_page({others, {11, others.back().id()}}, kNowMs);
  ASSERT_TRUE(effects.append.has_value());
  EXPECT_EQ(effects.append->expected.seq, 11u);
  EXPECT_NE(effects.append->records.at(0).id(), own.at(0).id());
}

TEST_F(SequencerTest, WhoWaitsTooLongInDoubtIsToldAndNotTwice) {
  sequencer_.take(hand("ana", "1"));
  const auto own = sequencer_.begin(kNowMs).append->records;
  sequencer_.appended(ports::Unknown{"time-out"}, kNowMs);
  sequencer_.take(hand("ben", "2"));
  EXPECT_EQ(sequencer_.give_up().size(), 2u);
  EXPECT_TRUE(sequencer_.give_up().empty());
  const Effects effects = sequencer_.read_page({own, {11, own.back().id()}}, kNowMs);
  EXPECT_TRUE(effects.answers.empty());
  EXPECT_EQ(sequencer_.head().seq, 11u);  // it was kept, and is known as a repeat
  EXPECT_NE(sequencer_.repeats().find("person/ana", "1"), nullptr);
}

TEST_F(SequencerTest, H10_RecordTooNewIsNeverSkipped) {
  auto records = foreign("ben", "1");
  records[0].set_reader_version(core::kReaderVersion + 1);
  EXPECT_EQ(sequencer_.read_page({records, {11, records[0].id()}}, kNowMs).lost, Lost::too_new);
  EXPECT_EQ(sequencer_.head().seq, 10u);
}

TEST_F(SequencerTest, AnotherHistoryIsNoticed) {
  auto records = foreign("ben", "1");
  records[0].set_previous_id("somebody else's.");
  EXPECT_EQ(sequencer_.read_page({records, {11, records[0].id()}}, kNowMs).lost, Lost::foreign);
  EXPECT_EQ(sequencer_.read_page({{}, {10, "another"}}, kNowMs).lost, Lost::foreign);
  EXPECT_EQ(sequencer_.read_page({{}, {9, "x"}}, kNowMs).lost, Lost::foreign);
  EXPECT_EQ(sequencer_.read_page({{}, {}}, kNowMs).lost, Lost::gone);
}

TEST_F(SequencerTest, H6_PersonWithAThousandRepeatsIsRateLimitedAndNothingEvicted) {
  Pending pending = hand("ana", "0");
  for (std::size_t n = 0; n < kMaxRepeatsOfPerson; ++n) {
    // Raising and changing the note: each is a record.
    pending.command_id = std::to_string(n);
    pending.command.mutable_request_floor()->set_note("note " + std::to_string(n));
    ASSERT_FALSE(sequencer_.take(pending));
    ASSERT_TRUE(sequencer_.begin(kNowMs).append.has_value()) << n;
    sequencer_.appended(ports::Appended{}, kNowMs);
  }
  EXPECT_EQ(sequencer_.repeats().of("person/ana"), kMaxRepeatsOfPerson);
  pending.command_id = "one more";
  pending.command.mutable_request_floor()->set_note("one more");
  sequencer_.take(pending);
  EXPECT_EQ(sequencer_.begin(kNowMs).answers.at(0).reply.refusal().code(),
            v1::REFUSAL_CODE_RATE_LIMITED);
  pending.command_id = "0";
  sequencer_.take(pending);
  EXPECT_EQ(sequencer_.begin(kNowMs).answers.at(0).reply.position().seq(), 11u);
  // Ten minutes of record time later they are gone.
  sequencer_.take(hand("ben", "later"));
  sequencer_.begin(kNowMs + kRepeatsKeptMs + 1);
  sequencer_.appended(ports::Appended{}, kNowMs);
  EXPECT_EQ(sequencer_.repeats().of("person/ana"), 0u);
}

TEST_F(SequencerTest, WaitingIsBounded) {
  for (std::size_t n = 0; n < kMaxWaitingOfPerson; ++n) {
    ASSERT_FALSE(sequencer_.take(hand("ana", std::to_string(n))));
  }
  EXPECT_EQ(sequencer_.take(hand("ana", "x"))->code(), v1::REFUSAL_CODE_RATE_LIMITED);
  EXPECT_FALSE(sequencer_.take(hand("ben", "x")));
}

}  // namespace
}  // namespace plenary::host
