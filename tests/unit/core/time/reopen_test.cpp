// P4, Q7, Q15, S6, T3, T4: speeches that go on again after an undo or a reopening, as they stood.
#include <gtest/gtest.h>

#include "core/time/clock.hpp"
#include "support/queue_steps.hpp"

namespace plenary::test {
namespace {

using Ids = std::vector<std::string>;
constexpr auto kHand = v1::REQUEST_KIND_HAND;
constexpr auto kOrder = v1::REQUEST_KIND_POINT_OF_ORDER;
constexpr auto kTopic = v1::REQUEST_KIND_NEW_TOPIC;

template <typename Command>
Command of(const std::string& speech_id) {
  Command command;
  command.set_speech_id(speech_id);
  return command;
}

v1::RemovePerson removal_of(std::string_view person_id) {
  v1::RemovePerson command;
  command.set_person_id(std::string(person_id));
  return command;
}

TEST(Reopen, P4_AnUndoneGrantGivesTheFloorToNobodyWhoWasRemoved) {
  Given given = sample_session();
  const auto first = grant(given, raise(given, "ana", "hall", kHand));
  grant(given, raise(given, "ben", "hall", kHand));
  given.when(removal_of("ana")).by("chair").then_accepted();
  undo(given, v1::ACT_KIND_GRANT);
  EXPECT_EQ(given.room("hall").current_speech_id(), "");
  EXPECT_EQ(given.speech(first).state(), v1::SPEECH_STATE_ENDED);
  EXPECT_EQ(given.queue("hall").size(), 1U) << "ben has his place again";
}

TEST(Reopen, P4_TheEndOfARemovedSpeakersSpeechIsNotUndone) {
  Given given = sample_session();
  const auto speech = grant(given, raise(given, "ana", "hall", kHand));
  given.when(of<v1::EndSpeech>(speech)).by("chair").then_accepted();
  EXPECT_NE(act_of(given, v1::ACT_KIND_END), "");
  given.when(removal_of("ana")).by("chair").then_accepted();
  EXPECT_EQ(act_of(given, v1::ACT_KIND_END), "");
}

TEST(Reopen, P4_AnUndoneStartBringsBackWhoIsStillHere) {
  Given given = sample_session().running("w1").settings("lab", "interruption_suspends: true");
  const auto topic = grant(given, raise(given, "ana", "lab", kTopic));
  const auto order = grant(given, raise(given, "ben", "lab", kOrder));
  given.when(make<v1::StartItem>("item_id: 'w2' seen_run_id: 'run-w1'"))
      .by("chair")
      .then_accepted();
  given.when(removal_of("ben")).by("chair").then_accepted();
  undo(given, v1::ACT_KIND_START_ITEM);
  EXPECT_EQ(given.speech(order).state(), v1::SPEECH_STATE_ENDED);
  EXPECT_EQ(given.room("lab").current_speech_id(), topic);
  EXPECT_EQ(given.speech(topic).state(), v1::SPEECH_STATE_RUNNING);
  EXPECT_EQ(given.room("lab").suspended_speech_ids_size(), 0);
}

TEST(Reopen, T3_WhatTheSessionStoppedGoesOnWithTheSession) {
  Given given = sample_session();
  const auto speech = grant(given, raise(given, "ana", "hall", kHand));
  given.when(v1::PauseSession()).by("chair").at(1'000).then_accepted();
  given.when(of<v1::EndSpeech>(speech)).by("chair").at(2'000).then_accepted();
  undo(given, v1::ACT_KIND_END);
  EXPECT_EQ(given.speech(speech).state(), v1::SPEECH_STATE_PAUSED);
  given.when(v1::ResumeSession()).by("chair").at(3'000).then_accepted();
  EXPECT_EQ(given.speech(speech).state(), v1::SPEECH_STATE_RUNNING);
}

TEST(Reopen, T4_WhatWasPausedByHandStaysSoThroughSuspensionAndUndo) {
  Given given = sample_session().settings("lab", "interruption_suspends: true");
  const auto topic = grant(given, raise(given, "ana", "lab", kTopic));
  given.when(of<v1::PauseSpeech>(topic)).by("chair").at(1'000).then_accepted();
  const auto order = grant(given, raise(given, "ben", "lab", kOrder));
  given.when(of<v1::EndSpeech>(topic)).by("chair").at(2'000).then_accepted();
  undo(given, v1::ACT_KIND_END);
  EXPECT_EQ(given.speech(topic).state(), v1::SPEECH_STATE_PAUSED);
  given.when(of<v1::EndSpeech>(order)).by("chair").at(3'000).then_accepted();
  EXPECT_EQ(given.room("lab").current_speech_id(), topic);
  EXPECT_EQ(given.speech(topic).state(), v1::SPEECH_STATE_PAUSED);
}

TEST(Reopen, Q15_AnActOfAnEarlierBuildIsInferredFromTheClocks) {
  Given given = sample_session().running("w1").settings("lab", "interruption_suspends: true");
  const auto topic = grant(given, raise(given, "ana", "lab", kTopic));
  const auto order = grant(given, raise(given, "ben", "lab", kOrder));
  given.when(make<v1::StartItem>("item_id: 'w2' seen_run_id: 'run-w1'"))
      .by("chair")
      .at(5'000)
      .then_accepted();
  v1::Act old = *given.state().act(act_of(given, v1::ACT_KIND_START_ITEM));
  old.clear_stopped();
  given.put(old);
  undo(given, v1::ACT_KIND_START_ITEM);
  EXPECT_EQ(given.room("lab").current_speech_id(), order);
  EXPECT_EQ(given.speech(order).state(), v1::SPEECH_STATE_RUNNING);
  const auto& suspended = given.room("lab").suspended_speech_ids();
  EXPECT_EQ(Ids(suspended.begin(), suspended.end()), Ids{topic});
  EXPECT_EQ(given.speech(topic).state(), v1::SPEECH_STATE_SUSPENDED);
}

TEST(Reopen, Q7_ATopicFromBeforeTheFirstItemIsNoneOfItsRun) {
  Given given = sample_session();
  const auto topic = grant(given, raise(given, "ana", "lab", kTopic));
  EXPECT_EQ(given.room("lab").topic_speech_id(), topic);
  given.when(make<v1::StartItem>("item_id: 'w1'")).by("chair").then_accepted();
  EXPECT_EQ(given.room("lab").topic_speech_id(), "");
  v1::RequestFloor reply = hand("lab", v1::REQUEST_KIND_REPLY);
  reply.set_topic_speech_id(topic);
  given.when(reply).by("ben").then_refused(v1::REFUSAL_CODE_NO_TOPIC);
  undo(given, v1::ACT_KIND_START_ITEM);
  given.when(reply).by("ben").then_accepted();
}

TEST(Reopen, S6_ASlipOfTheFingerLosesNeitherItemNorSpeaker) {
  Given given = sample_session().running("w1").settings("lab", "interruption_suspends: true");
  const auto topic = grant(given, raise(given, "ana", "lab", kTopic));
  const auto order = grant(given, raise(given, "ben", "lab", kOrder));
  given.when(make<v1::CloseSession>("confirmed: true")).by("chair").at(10'000).then_accepted();
  EXPECT_EQ(given.room("lab").current_item_id(), "");
  EXPECT_EQ(given.speech(order).state(), v1::SPEECH_STATE_ENDED);
  given.when(v1::ReopenSession()).by("chair").at(60'000).then_accepted();
  EXPECT_EQ(given.room("lab").current_item_id(), "w1");
  EXPECT_EQ(given.room("lab").current_run_id(), "run-w1");
  EXPECT_EQ(given.room("lab").topic_speech_id(), topic);
  EXPECT_EQ(given.room("lab").current_speech_id(), order);
  EXPECT_EQ(given.speech(order).state(), v1::SPEECH_STATE_RUNNING);
  EXPECT_EQ(given.speech(topic).state(), v1::SPEECH_STATE_SUSPENDED);
  ASSERT_EQ(given.item("w1").runs_size(), 1) << "the run goes on, it is no second one";
  EXPECT_EQ(core::running_ms(given.item("w1").runs(0).intervals(), kStartMs + 61'000), 11'000)
      << "while it was closed nothing counted";
  EXPECT_EQ(given.session().rooms_before_closing_size(), 0);
}

TEST(Reopen, S6_WhoWasRemovedWhileItWasClosedHasTheFloorNoMore) {
  Given given = sample_session().running("h1");
  const auto speech = grant(given, raise(given, "ana", "hall", kHand));
  given.when(v1::PauseSession()).by("chair").at(1'000).then_accepted();
  given.when(make<v1::CloseSession>("confirmed: true")).by("chair").at(2'000).then_accepted();
  given.when(removal_of("ana")).by("chair").then_accepted();
  given.when(v1::ReopenSession()).by("chair").at(3'000).then_accepted();
  EXPECT_EQ(given.session().phase(), v1::SESSION_PHASE_PAUSED);
  EXPECT_EQ(given.room("hall").current_run_id(), "run-h1");
  EXPECT_EQ(given.room("hall").current_speech_id(), "");
  EXPECT_EQ(given.speech(speech).state(), v1::SPEECH_STATE_ENDED);
  EXPECT_NE(given.item("h1").runs(0).intervals(0).to_ms(), 0)
      << "its clock stands with the session";
  given.when(v1::ResumeSession()).by("chair").at(4'000).then_accepted();
  EXPECT_EQ(given.item("h1").runs(0).intervals_size(), 2);
}

}  // namespace
}  // namespace plenary::test
