// Who gets the floor, keeps it, loses it: next, grant, interruptions, ends; two moderators at once.
#include <gtest/gtest.h>

#include "core/limits.hpp"
#include "core/time/clock.hpp"
#include "support/queue_steps.hpp"

namespace plenary::test {
namespace {

using namespace words;

Ids suspended(const Given& given, std::string_view room_id) {
  const auto& ids = given.room(room_id).suspended_speech_ids();
  return {ids.begin(), ids.end()};
}

TEST(Floor, Q5_TwoNextsAtOnceCallOne) {
  auto given = sample_session().person("deputy", {}, {"moderator:"});
  const auto a = raise(given, "ana", "hall", kHand);
  const auto b = raise(given, "ben", "hall", kHand);
  const auto both = next_of("hall", "", a);
  given.when(both).by("chair").then_accepted();
  given.when(both).by("deputy").then_refused(v1::REFUSAL_CODE_STALE);
  EXPECT_EQ(given.queue("hall"), Ids{b}) << "nobody was skipped";
}

TEST(Floor, Q5_ADoubleClickSkipsNobody) {
  auto given = sample_session();
  const auto a = raise(given, "ana", "hall", kHand);
  const auto b = raise(given, "ben", "hall", kHand);
  const auto speech = given.when(next_of("hall", "", a)).by("chair").then_accepted();
  given.when(next_of("hall", "", a)).by("chair").then_refused(v1::REFUSAL_CODE_STALE);
  // Nor one that saw the speech, and names an entry that is no longer the first.
  raise(given, "joe", "hall", kHand);
  given.when(next_of("hall", speech, given.queue("hall")[1]))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_STALE, "request_id");
  given.when(next_of("hall", speech, b)).by("chair").then_accepted();
}

TEST(Floor, Q5_NextNamesTheFirstThatCanBeCalledInItsRoom) {
  auto given = sample_session();
  const auto elsewhere = raise(given, "ana", "lab", kTopic);
  auto ahead = hand("plenary", kIntervention);
  ahead.set_item_id("i2");
  const auto inscribed = given.when(ahead).by("ana").then_accepted();
  for (const auto& id : {elsewhere, inscribed, std::string("gone"), std::string()}) {
    given.when(next_of("plenary", "", id))
        .by("chair")
        .then_refused(v1::REFUSAL_CODE_STALE, "request_id");
  }
  given.when(grant_of(inscribed)).by("chair").then_refused(v1::REFUSAL_CODE_BAD_FIELD);
  given.when(next_of("gone", "", inscribed)).by("chair").then_refused(v1::REFUSAL_CODE_NOT_FOUND);
  given.when(next_of("lab", "", elsewhere)).by("ana").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
}

TEST(Floor, Q5_AGrantThatSawAnotherSpeechIsStale) {
  auto given = sample_session().person("deputy", {}, {"moderator:"});
  const auto a = raise(given, "ana", "hall", kHand);
  const auto b = raise(given, "ben", "hall", kHand);
  const auto c = raise(given, "joe", "hall", kHand);
  given.when(grant_of(b, "")).by("chair").then_accepted();
  given.when(grant_of(c, "")).by("deputy").then_refused(v1::REFUSAL_CODE_STALE, "seen_speech_id");
  given.when(grant_of(b, given.room("hall").current_speech_id()))
      .by("deputy")
      .then_refused(v1::REFUSAL_CODE_STALE, "request_id");
  EXPECT_EQ(given.queue("hall"), (Ids{a, c}));
}

TEST(Floor, Q5_TheWrongSpeechIsNeverEnded) {
  auto given = sample_session().person("deputy", {}, {"moderator:"});
  const auto first = grant(given, raise(given, "ana", "hall", kHand));
  const auto second = grant(given, raise(given, "ben", "hall", kHand));
  given.when(of<v1::EndSpeech>(first)).by("deputy").then_refused(v1::REFUSAL_CODE_STALE);
  given.when(of<v1::YieldFloor>(first)).by("ana").then_refused(v1::REFUSAL_CODE_STALE);
  given.when(of<v1::PauseSpeech>(first)).by("deputy").then_refused(v1::REFUSAL_CODE_STALE);
  given.when(of<v1::EndSpeech>("gone")).by("deputy").then_refused(v1::REFUSAL_CODE_STALE);
  EXPECT_EQ(given.room("hall").current_speech_id(), second);
}

TEST(Floor, Q8_AnyEntryCanBeGranted) {
  auto given = sample_session();
  const auto a = raise(given, "ana", "hall", kHand);
  const auto b = raise(given, "ben", "hall", kHand);
  const auto speech = grant(given, b);
  EXPECT_EQ(given.queue("hall"), Ids{a});
  EXPECT_EQ(given.room("hall").current_speech_id(), speech);
  EXPECT_EQ(given.speech(speech).request_id(), b);
}

TEST(Floor, Q4_WhoSpeaksMayRaiseAgain) {
  auto given = sample_session();
  grant(given, raise(given, "ana", "hall", kHand));
  const auto again = raise(given, "ana", "hall", kHand);
  EXPECT_EQ(given.queue("hall"), Ids{again});
}

TEST(Floor, T3_AGrantEndsTheSpeechBefore) {
  auto given = sample_session();
  const auto a = raise(given, "ana", "hall", kHand);
  const auto b = raise(given, "ben", "hall", kHand);
  const auto first = given.when(grant_of(a)).by("chair").at(0).then_accepted();
  const auto second = given.when(grant_of(b, first)).by("chair").at(60'000).then_accepted();
  EXPECT_EQ(given.speech(first).state(), v1::SPEECH_STATE_ENDED);
  EXPECT_EQ(given.speech(first).ended_at_ms(), kStartMs + 60'000);
  EXPECT_EQ(core::counted_ms(given.speech(first), given.now_ms()), 60'000);
  EXPECT_EQ(given.speech(second).state(), v1::SPEECH_STATE_RUNNING);
}

TEST(Floor, T3_TheSpeakerYieldsAndNobodyElseForThem) {
  auto given = sample_session();
  const auto speech = grant(given, raise(given, "ana", "hall", kHand));
  for (const auto* other : {"ben", "abe", "notes", "chair"}) {
    given.when(of<v1::YieldFloor>(speech)).by(other).then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  }
  given.when(of<v1::EndSpeech>(speech)).by("ana").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(of<v1::YieldFloor>(speech)).by("ana").at(30'000).then_accepted();
  EXPECT_EQ(given.speech(speech).state(), v1::SPEECH_STATE_ENDED);
  EXPECT_EQ(given.room("hall").current_speech_id(), "");
}

TEST(Floor, T4_AnInterruptionSuspendsWhereTheRoomSaysSo) {
  auto given = sample_session().settings("lab", "interruption_suspends: true");
  const auto topic = raise(given, "ana", "lab", kTopic);
  const auto question = raise(given, "ben", "lab", kQuestion);
  const auto order = raise(given, "joe", "lab", kOrder);
  const auto speech = given.when(grant_of(topic)).by("lead").at(0).then_accepted();
  const auto asked = given.when(grant_of(question, speech)).by("lead").at(10'000).then_accepted();
  const auto point = given.when(grant_of(order, asked)).by("lead").at(15'000).then_accepted();
  EXPECT_EQ(suspended(given, "lab"), (Ids{speech, asked}));
  EXPECT_EQ(given.speech(speech).state(), v1::SPEECH_STATE_SUSPENDED);
  given.when(of<v1::EndSpeech>(point)).by("lead").at(20'000).then_accepted();
  EXPECT_EQ(given.room("lab").current_speech_id(), asked) << "the innermost comes back";
  given.when(of<v1::YieldFloor>(asked)).by("ben").at(25'000).then_accepted();
  EXPECT_EQ(given.room("lab").current_speech_id(), speech);
  EXPECT_EQ(given.speech(speech).state(), v1::SPEECH_STATE_RUNNING);
  EXPECT_EQ(suspended(given, "lab"), Ids{});
  EXPECT_EQ(core::counted_ms(given.speech(speech), kStartMs + 30'000), 15'000);
  EXPECT_EQ(core::counted_ms(given.speech(asked), kStartMs + 30'000), 10'000);
  EXPECT_EQ(core::counted_ms(given.speech(point), kStartMs + 30'000), 5'000);
}

TEST(Floor, T4_AnInterruptionEndsTheSpeechElsewhere) {
  auto given = sample_session();
  const auto speech = grant(given, raise(given, "ana", "lab", kTopic));
  grant(given, raise(given, "ben", "lab", kQuestion));
  EXPECT_EQ(given.speech(speech).state(), v1::SPEECH_STATE_ENDED);
  EXPECT_EQ(suspended(given, "lab"), Ids{});
}

TEST(Floor, T4_OtherKindsEndTheInterruptionAndTheSuspendedWaitOn) {
  auto given = sample_session().settings("lab", "interruption_suspends: true");
  const auto speech = grant(given, raise(given, "ana", "lab", kTopic));
  const auto question = grant(given, raise(given, "ben", "lab", kQuestion));
  const auto other = grant(given, raise(given, "joe", "lab", kTopic));
  EXPECT_EQ(given.speech(question).state(), v1::SPEECH_STATE_ENDED);
  EXPECT_EQ(suspended(given, "lab"), Ids{speech});
  // The chair need not go back to it.
  given.when(of<v1::EndSpeech>(speech)).by("chair").then_accepted();
  EXPECT_EQ(suspended(given, "lab"), Ids{});
  EXPECT_EQ(given.room("lab").current_speech_id(), other);
}

TEST(Floor, T4_APausedSpeechComesBackPaused) {
  auto given = sample_session().settings("lab", "interruption_suspends: true");
  const auto speech = grant(given, raise(given, "ana", "lab", kTopic));
  given.when(of<v1::PauseSpeech>(speech)).by("lead").at(5'000).then_accepted();
  const auto question = grant(given, raise(given, "ben", "lab", kQuestion));
  given.when(of<v1::EndSpeech>(question)).by("lead").at(9'000).then_accepted();
  EXPECT_EQ(given.room("lab").current_speech_id(), speech);
  EXPECT_EQ(given.speech(speech).state(), v1::SPEECH_STATE_PAUSED);
  EXPECT_EQ(core::counted_ms(given.speech(speech), kStartMs + 60'000), 5'000);
}

TEST(Floor, T4_SuspensionsHaveABound) {
  auto given = sample_session().settings("lab", "interruption_suspends: true");
  grant(given, raise(given, "ana", "lab", kTopic));
  for (std::size_t depth = 0; depth < core::kMaxSuspended; ++depth) {
    grant(given, raise(given, "ben", "lab", kQuestion));
  }
  const auto speech = given.room("lab").current_speech_id();
  const auto next = raise(given, "joe", "lab", kQuestion);
  given.when(grant_of(next, speech))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_LIMIT_REACHED, "suspended speeches");
}

TEST(Floor, T6_NamesDelegationAndKindAreAsTheyWereAtTheGrant) {
  auto given = sample_session().running("i1");
  auto note = hand("plenary", kIntervention, "on page 3");
  const auto request = given.when(note).by("ana").then_accepted();
  const auto id = grant(given, request);
  auto renamed = given.person_of("ana");
  renamed.set_name("Somebody else");
  renamed.set_delegation_id("jp");
  given.put(renamed);
  const auto& speech = given.speech(id);
  EXPECT_EQ(speech.name(), "Name of ana");
  EXPECT_EQ(speech.delegation_id(), "fr");
  EXPECT_EQ(speech.delegation_name(), "France");
  EXPECT_TRUE(speech.delegation_confirmed());
  EXPECT_EQ(speech.kind(), kIntervention);
  EXPECT_EQ(speech.item_id(), "i1");
  EXPECT_EQ(speech.run_id(), "run-i1");
  EXPECT_EQ(speech.topic_note(), "") << "the note of an intervention is for staff and owner";
}

TEST(Floor, Q7_ANewTopicIsTheRoomsTopicWithItsNote) {
  auto given = sample_session();
  const auto request = given.when(hand("lab", kTopic, "Budget")).by("ana").then_accepted();
  const auto speech = grant(given, request);
  EXPECT_EQ(given.room("lab").topic_speech_id(), speech);
  EXPECT_EQ(given.speech(speech).topic_note(), "Budget");
  const auto order = grant(given, raise(given, "ben", "lab", kOrder));
  EXPECT_EQ(given.room("lab").topic_speech_id(), speech);
  given.when(of<v1::EndSpeech>(order)).by("lead").then_accepted();
  EXPECT_EQ(given.room("lab").topic_speech_id(), speech);
}

TEST(Floor, S1_PausedGrantsNothingAndLetsPeopleFinish) {
  auto given = sample_session();
  const auto speech = grant(given, raise(given, "ana", "hall", kHand));
  const auto waiting = raise(given, "ben", "hall", kHand);
  given.when(make<v1::PauseSession>()).by("chair").then_accepted();
  given.when(grant_of(waiting, speech)).by("chair").then_refused(v1::REFUSAL_CODE_PAUSED);
  given.when(next_of("hall", speech, waiting)).by("chair").then_refused(v1::REFUSAL_CODE_PAUSED);
  given.when(of<v1::ResumeSpeech>(speech)).by("chair").then_refused(v1::REFUSAL_CODE_PAUSED);
  given.when(of<v1::StartSpeech>(speech)).by("chair").then_refused(v1::REFUSAL_CODE_PAUSED);
  given.when(of<v1::YieldFloor>(speech)).by("ana").then_accepted();
  given.phase(v1::SESSION_PHASE_DRAFT);
  given.when(grant_of(waiting)).by("chair").then_refused(v1::REFUSAL_CODE_NOT_LIVE);
}

}  // namespace
}  // namespace plenary::test
