// Clocks: what counts, limits, pauses, time added and taken off; the session's pause; the end of a
// run.
#include <gtest/gtest.h>

#include "core/limits.hpp"
#include "core/queue/order.hpp"
#include "core/time/clock.hpp"
#include "core/time/floor.hpp"
#include "support/queue_steps.hpp"

namespace plenary::test {
namespace {

using namespace words;

v1::AddTime add(std::string_view speech_id, std::int64_t add_ms) {
  auto command = of<v1::AddTime>(speech_id);
  command.set_add_ms(add_ms);
  return command;
}

v1::TakeOffTime take_off(std::string_view speech_id, std::int64_t deduct_ms) {
  auto command = of<v1::TakeOffTime>(speech_id);
  command.set_deduct_ms(deduct_ms);
  return command;
}

// ana has the floor of the hall since at(0).
struct Speaking {
  Given given = sample_session();
  std::string speech;
  explicit Speaking(std::string_view settings = {}) {
    given.settings("hall", settings);
    speech = grant(given, raise(given, "ana", "hall", kHand));
  }
  const v1::Speech& now() const { return given.speech(speech); }
  std::int64_t counted(std::int64_t at_ms) const {
    return core::counted_ms(now(), kStartMs + at_ms);
  }
};

TEST(Clock, T1_ASpeechCountsFromTheGrantToTheEndLessPauses) {
  Speaking speaking;
  EXPECT_EQ(speaking.counted(30'000), 30'000);
  speaking.given.when(of<v1::PauseSpeech>(speaking.speech)).by("chair").at(40'000).then_accepted();
  EXPECT_EQ(speaking.counted(90'000), 40'000);
  speaking.given.when(of<v1::ResumeSpeech>(speaking.speech))
      .by("chair")
      .at(100'000)
      .then_accepted();
  speaking.given.when(of<v1::EndSpeech>(speaking.speech)).by("chair").at(120'000).then_accepted();
  EXPECT_EQ(speaking.counted(500'000), 60'000);
}

TEST(Clock, T1_AClockThatGoesBackNeverCountsBelowNothing) {
  Speaking speaking;
  speaking.given.when(of<v1::PauseSpeech>(speaking.speech)).by("chair").at(-5'000).then_accepted();
  EXPECT_EQ(speaking.counted(0), 0);
  EXPECT_GE(speaking.now().intervals(0).to_ms(), speaking.now().intervals(0).from_ms());
}

TEST(Clock, T2_TheLimitIsTheItemsElseTheKindsElseTheRooms) {
  auto given = sample_session();
  const auto limit = [&](v1::RequestKind kind) {
    return core::limit_of(given.room("plenary").settings(),
                          given.state().item(given.room("plenary").current_item_id()), kind);
  };
  EXPECT_EQ(limit(kIntervention), 0) << "none is allowed";
  given.settings("plenary", "speech_limit_ms: 180000");
  EXPECT_EQ(limit(kIntervention), 180'000);
  given.settings("plenary", "kind_limits { kind: REQUEST_KIND_POINT_OF_ORDER limit_ms: 60000 }");
  EXPECT_EQ(limit(kOrder), 60'000);
  EXPECT_EQ(limit(kIntervention), 180'000);
  given.item("i9", "plenary", "speech_limit_ms: 300000").running("i9");
  EXPECT_EQ(limit(kOrder), 300'000);
  const auto speech = grant(given, raise(given, "ana", "plenary", kOrder));
  EXPECT_EQ(given.speech(speech).limit_ms(), 300'000);
}

TEST(Clock, T3_OnlyTheChairPausesResumesAndAddsTime) {
  Speaking speaking("speech_limit_ms: 60000");
  for (const auto* somebody : {"ana", "notes", "lead"}) {
    auto& given = speaking.given;
    given.when(of<v1::PauseSpeech>(speaking.speech))
        .by(somebody)
        .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
    given.when(of<v1::ResumeSpeech>(speaking.speech))
        .by(somebody)
        .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
    given.when(of<v1::StartSpeech>(speaking.speech))
        .by(somebody)
        .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
    given.when(add(speaking.speech, 1)).by(somebody).then_refused(v1::REFUSAL_CODE_FORBIDDEN);
    given.when(take_off(speaking.speech, 1)).by(somebody).then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  }
}

TEST(Clock, T3_PauseAndResumeTwiceAreOne) {
  Speaking speaking;
  auto& given = speaking.given;
  given.when(of<v1::ResumeSpeech>(speaking.speech)).by("chair").at(1'000).then_nothing();
  given.when(of<v1::PauseSpeech>(speaking.speech)).by("chair").at(2'000).then_accepted();
  given.when(of<v1::PauseSpeech>(speaking.speech)).by("chair").at(3'000).then_nothing();
  given.when(of<v1::ResumeSpeech>(speaking.speech)).by("chair").at(4'000).then_accepted();
  EXPECT_EQ(speaking.counted(5'000), 3'000);
}

TEST(Clock, T3_TimeIsAddedToALimit) {
  Speaking speaking("speech_limit_ms: 60000");
  auto& given = speaking.given;
  given.when(add(speaking.speech, 30'000)).by("chair").then_accepted();
  EXPECT_EQ(speaking.now().limit_ms(), 90'000);
  given.when(add(speaking.speech, -89'999)).by("chair").then_accepted();
  EXPECT_EQ(speaking.now().limit_ms(), 1);
  const auto least = std::numeric_limits<std::int64_t>::min();
  const auto most = std::numeric_limits<std::int64_t>::max();
  for (const auto wrong : {std::int64_t{0}, std::int64_t{-1}, core::kMaxLimitMs, least, most}) {
    given.when(add(speaking.speech, wrong))
        .by("chair")
        .then_refused(v1::REFUSAL_CODE_BAD_FIELD, "add_ms");
  }
  given.when(of<v1::EndSpeech>(speaking.speech)).by("chair").then_accepted();
  given.when(add(speaking.speech, 1)).by("chair").then_refused(v1::REFUSAL_CODE_STALE);
}

TEST(Clock, T3_WithoutALimitThereIsNothingToAddTo) {
  Speaking speaking;
  speaking.given.when(add(speaking.speech, 30'000))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_NO_LIMIT);
}

TEST(Clock, T6_TheClockWaitsForStartWhereTheRoomSaysSo) {
  Speaking speaking("clock_waits_for_start: true");
  auto& given = speaking.given;
  EXPECT_EQ(speaking.now().state(), v1::SPEECH_STATE_AWAITING_START);
  EXPECT_EQ(speaking.counted(60'000), 0);
  given.when(of<v1::PauseSpeech>(speaking.speech)).by("chair").then_refused(v1::REFUSAL_CODE_STALE);
  given.when(of<v1::ResumeSpeech>(speaking.speech))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_STALE);
  given.when(of<v1::StartSpeech>(speaking.speech)).by("chair").at(10'000).then_accepted();
  EXPECT_EQ(speaking.counted(60'000), 50'000);
  given.when(of<v1::StartSpeech>(speaking.speech)).by("chair").at(11'000).then_nothing();
  given.when(of<v1::PauseSpeech>(speaking.speech)).by("chair").at(12'000).then_accepted();
  given.when(of<v1::StartSpeech>(speaking.speech)).by("chair").then_refused(v1::REFUSAL_CODE_STALE);
}

TEST(Clock, T6_AnOutageCountsUnlessItIsTakenOff) {
  Speaking speaking;
  auto& given = speaking.given;
  given.when(take_off(speaking.speech, 10'001))
      .by("chair")
      .at(10'000)
      .then_refused(v1::REFUSAL_CODE_BAD_FIELD, "deduct_ms");
  given.when(take_off(speaking.speech, 0)).by("chair").then_refused(v1::REFUSAL_CODE_BAD_FIELD);
  given.when(take_off(speaking.speech, -1)).by("chair").then_refused(v1::REFUSAL_CODE_BAD_FIELD);
  given.when(take_off(speaking.speech, 4'000)).by("chair").then_accepted();
  EXPECT_EQ(speaking.counted(10'000), 6'000);
  given.when(of<v1::EndSpeech>(speaking.speech)).by("chair").at(20'000).then_accepted();
  // It may be noticed only afterwards.
  given.when(take_off(speaking.speech, 6'000)).by("chair").then_accepted();
  EXPECT_EQ(speaking.counted(99'000), 10'000);
  given.when(take_off("gone", 1)).by("chair").then_refused(v1::REFUSAL_CODE_NOT_FOUND);
}

TEST(Clock, S1_TheSessionsPauseStopsAllClocksAndOnlyTheseGoOn) {
  auto given = sample_session().running("i1").settings("lab", "interruption_suspends: true");
  const auto running = grant(given, raise(given, "ana", "hall", kHand));
  const auto paused = grant(given, raise(given, "ben", "plenary", kIntervention));
  const auto suspended = grant(given, raise(given, "joe", "lab", kTopic));
  const auto question = grant(given, raise(given, "zoe", "lab", kQuestion));
  given.when(of<v1::PauseSpeech>(paused)).by("chair").at(10'000).then_accepted();
  given.when(make<v1::PauseSession>()).by("chair").at(20'000).then_accepted();
  EXPECT_TRUE(given.speech(running).stopped_by_session());
  EXPECT_FALSE(given.speech(paused).stopped_by_session());
  const auto& run = [&]() -> const v1::Run& { return given.item("i1").runs(0); };
  EXPECT_EQ(core::running_ms(run().intervals(), kStartMs + 50'000), 20'000);
  // What ends in the pause ends; what comes back waits for the session.
  given.when(of<v1::EndSpeech>(question)).by("chair").at(30'000).then_accepted();
  EXPECT_TRUE(given.speech(suspended).stopped_by_session());
  given.when(make<v1::ResumeSession>()).by("chair").at(50'000).then_accepted();
  EXPECT_EQ(given.speech(running).state(), v1::SPEECH_STATE_RUNNING);
  EXPECT_EQ(given.speech(suspended).state(), v1::SPEECH_STATE_RUNNING);
  EXPECT_EQ(given.speech(paused).state(), v1::SPEECH_STATE_PAUSED);
  const auto at = kStartMs + 60'000;
  EXPECT_EQ(core::counted_ms(given.speech(running), at), 30'000);
  EXPECT_EQ(core::counted_ms(given.speech(paused), at), 10'000);
  EXPECT_EQ(core::counted_ms(given.speech(suspended), at), 10'000);
  EXPECT_EQ(core::running_ms(run().intervals(), at), 30'000);
}

TEST(Clock, S1_WhatTheChairPausesInThePauseStaysPaused) {
  Speaking speaking;
  auto& given = speaking.given;
  given.when(make<v1::PauseSession>()).by("chair").at(5'000).then_accepted();
  given.when(of<v1::PauseSpeech>(speaking.speech)).by("chair").at(6'000).then_accepted();
  given.when(make<v1::ResumeSession>()).by("chair").at(7'000).then_accepted();
  EXPECT_EQ(speaking.now().state(), v1::SPEECH_STATE_PAUSED);
}

TEST(Clock, S8_ARunningSpeechEndsWithItsRun) {
  auto given = sample_session().running("w1").settings("lab", "interruption_suspends: true");
  const auto inner = grant(given, raise(given, "ana", "lab", kTopic));
  const auto outer = grant(given, raise(given, "ben", "lab", kQuestion));
  core::Context context;
  context.now_ms = kStartMs + 9'000;
  core::Draft draft(given.state(), context);
  core::stop_speeches_of_room(draft, given.state(), "lab", context.now_ms);
  core::State state = given.state();
  core::apply(state, draft.finish().changes);
  for (const auto& id : {inner, outer}) {
    EXPECT_EQ(state.speech(id)->state(), v1::SPEECH_STATE_ENDED);
    EXPECT_EQ(state.speech(id)->ended_at_ms(), context.now_ms);
  }
  EXPECT_EQ(state.room("lab")->current_speech_id(), "");
  EXPECT_TRUE(state.room("lab")->suspended_speech_ids().empty());
}

TEST(Clock, T6_IntervalsHaveABoundAndKeepTheirSum) {
  core::Intervals intervals;
  std::int64_t sum = 0;
  for (std::int64_t turn = 0; turn < 3'000; ++turn) {
    const std::int64_t length = 1 + turn % 7;
    core::start_clock(intervals, turn * 10);
    core::start_clock(intervals, turn * 10 + 1);  // runs already
    core::stop_clock(intervals, turn * 10 + length);
    core::stop_clock(intervals, turn * 10 + length + 1);  // stands already
    sum += length;
    ASSERT_LE(static_cast<std::size_t>(intervals.size()), core::kMaxIntervals);
    ASSERT_EQ(core::running_ms(intervals, turn * 10 + 9), sum);
  }
}

TEST(Clock, T6_ResumingHasABound) {
  Speaking speaking;
  auto full = speaking.now();
  full.set_state(v1::SPEECH_STATE_PAUSED);
  while (static_cast<std::size_t>(full.intervals_size()) < core::kMaxIntervals) {
    *full.add_intervals() = full.intervals(0);
  }
  for (auto& interval : *full.mutable_intervals())
    interval.set_to_ms(interval.from_ms() + 1);
  speaking.given.put(full);
  speaking.given.when(of<v1::ResumeSpeech>(speaking.speech))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_LIMIT_REACHED, "intervals");
}

// Speeches of these lengths have been held in the hall; nobody speaks.
Given past_speeches(std::initializer_list<std::int64_t> lengths_ms) {
  auto given = sample_session();
  std::int64_t at_ms = 0;
  for (const auto length_ms : lengths_ms) {
    const auto id = raise(given, "zoe", "hall", kHand);
    const auto speech = given.when(grant_of(id)).by("chair").at(at_ms).then_accepted();
    at_ms += length_ms;
    given.when(of<v1::EndSpeech>(speech)).by("chair").at(at_ms).then_accepted();
  }
  return given;
}

TEST(Clock, Q11_TheMedianIsOfPastSpeechesThatCount) {
  EXPECT_EQ(core::median_speech_ms(sample_session().state(), "hall"), 0);
  auto given = past_speeches({60'000, 10'000, 30'000});
  EXPECT_EQ(core::median_speech_ms(given.state(), "hall"), 30'000);
  // One that runs is none of them, nor one that was granted by mistake.
  const auto id = raise(given, "ana", "hall", kHand);
  grant(given, id);
  v1::Undo mistake;
  mistake.set_act_id(act_of(given, v1::ACT_KIND_GRANT));
  given.when(mistake).by("chair").at(900'000).then_accepted();
  EXPECT_EQ(core::median_speech_ms(given.state(), "hall"), 30'000);
  EXPECT_EQ(core::median_speech_ms(given.state(), "lab"), 0);
}

TEST(Clock, Q11_TheWaitIsARangeFromLimitOrMedian) {
  auto given = past_speeches({40'000});
  const auto a = raise(given, "ana", "hall", kHand);
  const auto b = raise(given, "ben", "hall", kHand);
  const auto c = raise(given, "joe", "hall", kHand);
  const auto wait = [&](const std::string& id, std::int64_t at_ms) {
    return core::estimated_wait(given.state(), given.request(id), kStartMs + at_ms);
  };
  // Two speeches of 40 s, give or take a quarter.
  EXPECT_EQ(wait(c, 40'000).low_ms, 60'000);
  EXPECT_EQ(wait(c, 40'000).high_ms, 100'000);
  given.settings("hall", "speech_limit_ms: 120000");
  EXPECT_EQ(wait(c, 40'000).low_ms, 60'000);
  EXPECT_EQ(wait(c, 40'000).high_ms, 300'000);
  // With somebody on the floor, the rest of that speech too; it shrinks as time goes by.
  const auto speech = given.when(grant_of(a)).by("chair").at(40'000).then_accepted();
  EXPECT_EQ(wait(b, 50'000).low_ms, 20'000);
  EXPECT_EQ(wait(b, 50'000).high_ms, 140'000);
  EXPECT_EQ(wait(b, 400'000).high_ms, 0);
  EXPECT_EQ(wait(c, 50'000).low_ms, 50'000);
  given.when(of<v1::EndSpeech>(speech)).by("chair").at(60'000).then_accepted();
}

TEST(Clock, Q11_UnknownWithoutALimitOrAPastSpeechAndForHeldEntries) {
  auto given = sample_session();
  const auto a = raise(given, "ana", "hall", kHand);
  const auto b = raise(given, "ben", "hall", kHand);
  EXPECT_EQ(core::estimated_wait(given.state(), given.request(b), kStartMs).high_ms, 0);
  given.settings("hall", "speech_limit_ms: 60000");
  EXPECT_GT(core::estimated_wait(given.state(), given.request(b), kStartMs).high_ms, 0);
  given.when(make<v1::HoldRequest>("request_id: '" + b + "' held: true"))
      .by("chair")
      .then_accepted();
  EXPECT_EQ(core::estimated_wait(given.state(), given.request(b), kStartMs).high_ms, 0);
  EXPECT_EQ(core::estimated_wait(given.state(), given.request(a), kStartMs).high_ms, 0)
      << "is next, and nobody speaks";
}

}  // namespace
}  // namespace plenary::test
