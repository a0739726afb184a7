// What can be undone, until when, by whom, and that it is as it was before.
#include <gtest/gtest.h>

#include "core/limits.hpp"
#include "core/time/clock.hpp"
#include "support/queue_steps.hpp"

namespace plenary::test {
namespace {

using namespace words;

v1::Undo undo_of(std::string_view act_id) {
  v1::Undo command;
  command.set_act_id(std::string(act_id));
  return command;
}

v1::WithdrawRequest withdraw(std::string_view request_id) {
  v1::WithdrawRequest command;
  command.set_request_id(std::string(request_id));
  return command;
}

v1::RemoveRequest removal(std::string_view request_id) {
  v1::RemoveRequest command;
  command.set_request_id(std::string(request_id));
  return command;
}

// Three hands in the hall: a, b, c of ana, ben, joe.
struct Hall {
  Given given = sample_session();
  std::string a = raise(given, "ana", "hall", kHand);
  std::string b = raise(given, "ben", "hall", kHand);
  std::string c = raise(given, "joe", "hall", kHand);
  Ids queue() const { return given.queue("hall"); }
  std::string bytes(const std::string& id) const { return given.request(id).SerializeAsString(); }
};

TEST(Undo, Q15_AGrantIsVoidTheEntryIsBackAndTheSpeechBeforeGoesOn) {
  Hall hall;
  auto& given = hall.given;
  const auto first = given.when(grant_of(hall.a)).by("chair").at(0).then_accepted();
  const auto entry = hall.bytes(hall.c);
  const auto wrong = given.when(grant_of(hall.c, first)).by("chair").at(10'000).then_accepted();
  given.when(undo_of(act_of(given, v1::ACT_KIND_GRANT))).by("chair").at(15'000).then_accepted();
  EXPECT_EQ(hall.queue(), (Ids{hall.b, hall.c}));
  EXPECT_EQ(hall.bytes(hall.c), entry);
  EXPECT_EQ(given.speech(wrong).state(), v1::SPEECH_STATE_VOID);
  EXPECT_EQ(core::counted_ms(given.speech(wrong), kStartMs + 60'000), 0);
  EXPECT_EQ(given.room("hall").current_speech_id(), first);
  EXPECT_EQ(given.speech(first).state(), v1::SPEECH_STATE_RUNNING);
  EXPECT_EQ(given.speech(first).ended_at_ms(), 0);
  EXPECT_EQ(core::counted_ms(given.speech(first), kStartMs + 20'000), 15'000)
      << "what the wrong speech took is nobody's";
  EXPECT_EQ(act_of(given, v1::ACT_KIND_GRANT), "");
}

TEST(Undo, Q15_ASpeechThatStoodStillDoesSoAgain) {
  Hall hall;
  auto& given = hall.given;
  const auto first = grant(given, hall.a);
  given.when(of<v1::PauseSpeech>(first)).by("chair").at(4'000).then_accepted();
  given.when(grant_of(hall.b, first)).by("chair").at(9'000).then_accepted();
  undo(given, v1::ACT_KIND_GRANT);
  EXPECT_EQ(given.speech(first).state(), v1::SPEECH_STATE_PAUSED);

  given.settings("hall", "clock_waits_for_start: true");
  const auto waits = grant(given, hall.b);
  grant(given, hall.c);
  undo(given, v1::ACT_KIND_GRANT);
  EXPECT_EQ(given.speech(waits).state(), v1::SPEECH_STATE_AWAITING_START);
}

TEST(Undo, Q15_AnInterruptionThatIsUndoneGivesTheFloorBack) {
  auto given = sample_session().settings("lab", "interruption_suspends: true");
  const auto first = grant(given, raise(given, "ana", "lab", kTopic));
  const auto question = raise(given, "ben", "lab", kQuestion);
  grant(given, question);
  undo(given, v1::ACT_KIND_GRANT);
  EXPECT_EQ(given.room("lab").current_speech_id(), first);
  EXPECT_EQ(given.room("lab").suspended_speech_ids_size(), 0);
  EXPECT_EQ(given.speech(first).state(), v1::SPEECH_STATE_RUNNING);
  EXPECT_EQ(given.queue("lab"), Ids{question});
}

TEST(Undo, Q15_TheTopicIsTheOneBefore) {
  auto given = sample_session();
  const auto topic = grant(given, raise(given, "ana", "lab", kTopic));
  grant(given, raise(given, "ben", "lab", kTopic));
  EXPECT_NE(given.room("lab").topic_speech_id(), topic);
  undo(given, v1::ACT_KIND_GRANT);
  EXPECT_EQ(given.room("lab").topic_speech_id(), topic);
}

TEST(Undo, Q15_AGrantInAPausedSessionWaitsForTheSession) {
  Hall hall;
  auto& given = hall.given;
  const auto first = grant(given, hall.a);
  grant(given, hall.b);
  given.when(make<v1::PauseSession>()).by("chair").at(1'000).then_accepted();
  undo(given, v1::ACT_KIND_GRANT);
  EXPECT_TRUE(given.speech(first).stopped_by_session());
  EXPECT_EQ(given.speech(first).state(), v1::SPEECH_STATE_PAUSED);
  given.when(make<v1::ResumeSession>()).by("chair").at(2'000).then_accepted();
  EXPECT_EQ(given.speech(first).state(), v1::SPEECH_STATE_RUNNING);
}

TEST(Undo, Q15_WhatWasRaisedAgainMeanwhileMakesWayForTheBetterPlace) {
  Hall hall;
  grant(hall.given, hall.a);
  const auto again = raise(hall.given, "ana", "hall", kHand);
  EXPECT_EQ(hall.queue(), (Ids{hall.b, hall.c, again}));
  undo(hall.given, v1::ACT_KIND_GRANT);
  EXPECT_EQ(hall.queue(), (Ids{hall.a, hall.b, hall.c})) << "one waiting per holder and kind (Q4)";
}

TEST(Undo, Q15_AnEndIsTakenBack) {
  Hall hall;
  auto& given = hall.given;
  const auto speech = given.when(grant_of(hall.a)).by("chair").at(0).then_accepted();
  given.when(of<v1::EndSpeech>(speech)).by("chair").at(10'000).then_accepted();
  given.when(undo_of(act_of(given, v1::ACT_KIND_END))).by("chair").at(30'000).then_accepted();
  EXPECT_EQ(given.room("hall").current_speech_id(), speech);
  EXPECT_EQ(given.speech(speech).state(), v1::SPEECH_STATE_RUNNING);
  EXPECT_EQ(core::counted_ms(given.speech(speech), kStartMs + 35'000), 15'000);
}

TEST(Undo, Q15_AnEndedInterruptionSuspendsAgain) {
  auto given = sample_session().settings("lab", "interruption_suspends: true");
  const auto inner = grant(given, raise(given, "ana", "lab", kTopic));
  const auto question = grant(given, raise(given, "ben", "lab", kQuestion));
  given.when(of<v1::YieldFloor>(question)).by("ben").at(3'000).then_accepted();
  EXPECT_EQ(given.room("lab").current_speech_id(), inner);
  undo(given, v1::ACT_KIND_END);
  EXPECT_EQ(given.room("lab").current_speech_id(), question);
  EXPECT_EQ(given.speech(inner).state(), v1::SPEECH_STATE_SUSPENDED);
  ASSERT_EQ(given.room("lab").suspended_speech_ids_size(), 1);
  EXPECT_EQ(given.room("lab").suspended_speech_ids(0), inner);
}

TEST(Undo, Q15_ASuspendedSpeechThatWasEndedIsSuspendedAgain) {
  auto given = sample_session().settings("lab", "interruption_suspends: true");
  const auto inner =
      given.when(grant_of(raise(given, "ana", "lab", kTopic))).by("chair").at(0).then_accepted();
  const auto middle = raise(given, "ben", "lab", kQuestion);
  const auto asked = given.when(grant_of(middle, inner)).by("chair").at(1'000).then_accepted();
  const auto outer = raise(given, "joe", "lab", kQuestion);
  given.when(grant_of(outer, asked)).by("chair").at(2'000).then_accepted();
  given.when(of<v1::EndSpeech>(inner)).by("chair").at(3'000).then_accepted();
  undo(given, v1::ACT_KIND_END);
  ASSERT_EQ(given.room("lab").suspended_speech_ids_size(), 2);
  EXPECT_EQ(given.room("lab").suspended_speech_ids(0), inner) << "in the order of their grants";
  EXPECT_EQ(given.speech(inner).state(), v1::SPEECH_STATE_SUSPENDED);
}

TEST(Undo, Q15_AMoveIsTakenBackAndWhatElseWasSaidStays) {
  Hall hall;
  auto& given = hall.given;
  given.when(move_of(hall.c, hall.a)).by("chair").then_accepted();
  given.when(make<v1::HoldRequest>("request_id: '" + hall.c + "' held: true"))
      .by("chair")
      .then_accepted();
  undo(given, v1::ACT_KIND_MOVE);
  EXPECT_EQ(hall.queue(), (Ids{hall.a, hall.b, hall.c}));
  EXPECT_TRUE(given.request(hall.c).held());
  EXPECT_FALSE(given.request(hall.c).has_moved());
}

TEST(Undo, Q15_ARemovalAndAClearAreTakenBack) {
  Hall hall;
  auto& given = hall.given;
  const auto before = snapshot_bytes(given.state());
  given.when(removal(hall.b)).by("chair").then_accepted();
  undo(given, v1::ACT_KIND_REMOVE);
  EXPECT_EQ(snapshot_bytes(given.state()), before);
  given.when(make<v1::ClearQueue>("room_id: 'hall'")).by("chair").then_accepted();
  EXPECT_EQ(hall.queue(), Ids{});
  undo(given, v1::ACT_KIND_CLEAR);
  EXPECT_EQ(snapshot_bytes(given.state()), before);
}

TEST(Undo, P4_AnUndoBringsNobodyBackWhoWasRemoved) {
  Hall hall;
  auto& given = hall.given;
  given.when(make<v1::ClearQueue>("room_id: 'hall'")).by("chair").then_accepted();
  given.when(make<v1::RemovePerson>("person_id: 'ben'")).by("chair").then_accepted();
  undo(given, v1::ACT_KIND_CLEAR);
  EXPECT_EQ(hall.queue(), (Ids{hall.a, hall.c}));
}

TEST(Undo, Q15_TheNextActOnTheSameThingEndsIt) {
  Hall hall;
  auto& given = hall.given;
  const auto first = grant(given, hall.a);
  const auto granted = act_of(given, v1::ACT_KIND_GRANT);
  given.when(of<v1::EndSpeech>(first)).by("chair").then_accepted();
  given.when(undo_of(granted)).by("chair").then_refused(v1::REFUSAL_CODE_STALE, "act_id");
  // Another thing is another matter.
  const auto ended = act_of(given, v1::ACT_KIND_END);
  given.when(removal(hall.b)).by("chair").then_accepted();
  given.when(undo_of(ended)).by("chair").then_accepted();
  given.when(undo_of(ended)).by("chair").then_refused(v1::REFUSAL_CODE_STALE);
}

TEST(Undo, Q15_AMoveOfWhatIsGoneIsForgotten) {
  Hall hall;
  auto& given = hall.given;
  given.when(move_of(hall.c, hall.a)).by("chair").then_accepted();
  const auto moved = act_of(given, v1::ACT_KIND_MOVE);
  given.when(make<v1::ClearQueue>("room_id: 'hall'")).by("chair").then_accepted();
  given.when(undo_of(moved)).by("chair").then_refused(v1::REFUSAL_CODE_STALE);
}

TEST(Undo, Q15_OnlyModeratorsUndoActsOfTheChair) {
  Hall hall;
  auto& given = hall.given;
  grant(given, hall.a);
  const auto act = undo_of(act_of(given, v1::ACT_KIND_GRANT));
  for (const auto* somebody : {"ana", "notes", "lead"}) {
    given.when(act).by(somebody).then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  }
  given.person("deputy", {}, {"moderator:"});
  given.when(act).by("deputy").then_accepted();
}

TEST(Undo, Q15_AWithdrawalIsItsOwnersForThirtySeconds) {
  Hall hall;
  auto& given = hall.given;
  const auto entry = hall.bytes(hall.b);
  given.when(withdraw(hall.b)).by("ben").at(0).then_accepted();
  const auto act = undo_of(act_of(given, v1::ACT_KIND_WITHDRAW));
  given.when(act).by("chair").at(1'000).then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(act).by("ana").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(act).by("ben").at(30'000).then_refused(v1::REFUSAL_CODE_TOO_LATE);
  given.when(act).by("ben").at(29'999).then_accepted();
  EXPECT_EQ(hall.queue(), (Ids{hall.a, hall.b, hall.c}));
  EXPECT_EQ(hall.bytes(hall.b), entry);
}

TEST(Undo, Q15_WithdrawalsDoNotCrowdOutTheChairsActs) {
  Hall hall;
  auto& given = hall.given;
  grant(given, hall.c);
  const auto granted = act_of(given, v1::ACT_KIND_GRANT);
  for (std::size_t turn = 0; turn < core::kMaxWithdrawalsOfRoom + 5; ++turn) {
    given.when(withdraw(raise(given, "zoe", "hall", kHand))).by("zoe").then_accepted();
  }
  EXPECT_EQ(given.state().acts().size(), core::kMaxWithdrawalsOfRoom + 1);
  given.when(undo_of(granted)).by("chair").then_accepted();
  // The next one takes away those whose time is over.
  given.when(withdraw(hall.a)).by("ana").at(core::kUndoWithdrawalMs).then_accepted();
  EXPECT_EQ(given.state().acts().size(), 1U);
}

TEST(Undo, Q15_TheOldestActOfARoomGoes) {
  auto given = sample_session();
  std::string first;
  for (std::size_t turn = 0; turn <= core::kMaxActsOfRoom; ++turn) {
    const auto id = given.when(hand("hall", kHand))
                        .by("zoe")
                        .at(static_cast<std::int64_t>(turn))
                        .then_accepted();
    given.when(removal(id)).by("chair").then_accepted();
    if (turn == 0) first = act_of(given, v1::ACT_KIND_REMOVE);
  }
  EXPECT_EQ(given.state().acts().size(), core::kMaxActsOfRoom);
  EXPECT_EQ(given.state().act(first), nullptr);
}

TEST(Undo, Q15_AnItemsStartIsTakenBack) {
  auto given = sample_session().running("i1", -60'000);
  const auto speech = grant(given, raise(given, "ana", "plenary", kIntervention));
  const auto waiting = raise(given, "ben", "plenary", kIntervention);
  auto ahead = hand("plenary", kIntervention);
  ahead.set_item_id("i2");
  const auto kept = given.when(ahead).by("joe").then_accepted();
  const auto gone = given.when(ahead).by("zoe").then_accepted();
  given.when(make<v1::StartItem>("item_id: 'i2' seen_run_id: 'run-i1' waiting: WAITING_CLEAR"))
      .by("chair")
      .at(10'000)
      .then_accepted();
  EXPECT_EQ(given.queue("plenary"), (Ids{kept, gone}));
  EXPECT_EQ(given.speech(speech).state(), v1::SPEECH_STATE_ENDED);
  given.when(withdraw(gone)).by("zoe").then_accepted();
  undo(given, v1::ACT_KIND_START_ITEM);
  EXPECT_EQ(given.queue("plenary"), Ids{waiting});
  EXPECT_EQ(given.queue("plenary", "i2"), Ids{kept}) << "who withdrew meanwhile stays away";
  EXPECT_EQ(given.room("plenary").current_item_id(), "i1");
  EXPECT_EQ(given.room("plenary").current_run_id(), "run-i1");
  EXPECT_EQ(given.room("plenary").current_speech_id(), speech);
  EXPECT_EQ(given.speech(speech).state(), v1::SPEECH_STATE_RUNNING);
  EXPECT_EQ(given.item("i2").runs_size(), 0);
  ASSERT_EQ(given.item("i1").runs_size(), 1);
  EXPECT_EQ(given.item("i1").runs(0).ended_at_ms(), 0);
  EXPECT_EQ(core::running_ms(given.item("i1").runs(0).intervals(), kStartMs + 10'000), 70'000);
}

TEST(Undo, Q15_AStartThatSuspendedSpeechesEndedWithGivesThemBack) {
  auto given =
      sample_session().running("w1", -60'000).settings("lab", "interruption_suspends: true");
  const auto inner =
      given.when(grant_of(raise(given, "ana", "lab", kTopic))).by("chair").at(0).then_accepted();
  const auto question = raise(given, "ben", "lab", kQuestion);
  const auto outer = given.when(grant_of(question, inner)).by("chair").at(5'000).then_accepted();
  given.when(make<v1::StartItem>("item_id: 'w2' seen_run_id: 'run-w1'"))
      .by("lead")
      .at(9'000)
      .then_accepted();
  EXPECT_EQ(given.room("lab").topic_speech_id(), "");
  undo(given, v1::ACT_KIND_START_ITEM);
  EXPECT_EQ(given.room("lab").current_speech_id(), outer);
  ASSERT_EQ(given.room("lab").suspended_speech_ids_size(), 1);
  EXPECT_EQ(given.room("lab").suspended_speech_ids(0), inner);
  EXPECT_EQ(given.speech(inner).state(), v1::SPEECH_STATE_SUSPENDED);
  EXPECT_EQ(given.room("lab").topic_speech_id(), inner);
}

TEST(Undo, Q17_AnInscriptionThatComesBackAfterItsItemBeganWaitsInThePresentQueue) {
  auto given = sample_session();
  auto ahead = hand("plenary", kIntervention);
  ahead.set_item_id("i2");
  const auto inscribed = given.when(ahead).by("ana").then_accepted();
  given.when(withdraw(inscribed)).by("ana").then_accepted();
  given.when(make<v1::StartItem>("item_id: 'i2'")).by("chair").then_accepted();
  given.when(undo_of(act_of(given, v1::ACT_KIND_WITHDRAW))).by("ana").then_accepted();
  EXPECT_EQ(given.queue("plenary"), Ids{inscribed});
}

TEST(Undo, Q17_AnInscriptionThatComesBackFollowsItsItemIntoAnotherRoom) {
  auto given = sample_session();
  const auto inscribe = [&](std::string_view who, v1::RequestKind kind) {
    auto ahead = hand("plenary", kind);
    ahead.set_item_id("i2");
    const auto id = given.when(ahead).by(who).then_accepted();
    given.when(withdraw(id)).by(who).then_accepted();
    return id;
  };
  const auto order = inscribe("ana", kOrder);
  inscribe("ben", kIntervention);  // which the other room does not offer
  given
      .when(make<v1::ChangeItem>("item_id: 'i2' item { title { text: 'Two' } room_id: 'lab' kind: "
                                 "ITEM_KIND_WORKSHOP inscription_ahead: true }"))
      .by("chair")
      .then_accepted();
  for (const auto* who : {"ana", "ben"}) {
    const auto& acts = given.state().withdrawals_of_person(who);
    ASSERT_EQ(acts.size(), 1U);
    given.when(undo_of(*acts.begin())).by(who).then_accepted();
  }
  EXPECT_EQ(given.queue("plenary", "i2"), Ids{});
  EXPECT_EQ(given.queue("lab", "i2"), Ids{order});
  given.when(make<v1::StartItem>("item_id: 'i2'")).by("lead").then_accepted();
  EXPECT_EQ(given.queue("lab"), Ids{order});
}

}  // namespace
}  // namespace plenary::test
