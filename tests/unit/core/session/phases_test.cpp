// S1, S6, S8: the phases of a session, and what they stop.
#include <gtest/gtest.h>

#include "core/project.hpp"
#include "support/given.hpp"

namespace plenary::test {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;

std::string grant(Given& given, std::string_view request_id) {
  v1::GrantFloor body;
  body.set_request_id(std::string(request_id));
  return given.when(body).by("chair").then_accepted();
}

TEST(Session, S1_OpensFromDraftOnceAndByModeratorsAlone) {
  Given given = sample_session().phase(v1::SESSION_PHASE_DRAFT);
  given.when(v1::OpenSession()).by("ana").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(v1::OpenSession()).by("lead").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(v1::OpenSession()).by("notes").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(v1::OpenSession()).by("chair").at(500).then_accepted();
  EXPECT_EQ(given.session().phase(), v1::SESSION_PHASE_LIVE);
  EXPECT_EQ(given.session().opened_at_ms(), kStartMs + 500);
  given.when(v1::OpenSession()).by("chair").then_refused(v1::REFUSAL_CODE_ALREADY);
}

TEST(Session, S1_PauseStopsSpeechesAndItemsAndResumeGoesOn) {
  Given given = sample_session().running("i1");
  given.waiting("r1", "ana", "plenary", v1::REQUEST_KIND_INTERVENTION, 1);
  const std::string speech_id = grant(given.running("w1"), "r1");
  given.when(v1::PauseSession()).by("lead").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(v1::PauseSession()).by("chair").at(10'000).then_accepted();
  EXPECT_EQ(given.session().phase(), v1::SESSION_PHASE_PAUSED);
  EXPECT_EQ(given.speech(speech_id).state(), v1::SPEECH_STATE_PAUSED);
  EXPECT_EQ(given.item("i1").runs(0).intervals(0).to_ms(), kStartMs + 10'000);
  EXPECT_EQ(given.item("w1").runs(0).intervals(0).to_ms(), kStartMs + 10'000);
  given.when(v1::PauseSession()).by("chair").then_refused(v1::REFUSAL_CODE_ALREADY);
  given.when(make<v1::StartItem>("item_id: 'i2' seen_run_id: 'run-i1'"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_PAUSED);
  given.when(v1::ResumeSession()).by("chair").at(70'000).then_accepted();
  EXPECT_EQ(given.speech(speech_id).state(), v1::SPEECH_STATE_RUNNING);
  ASSERT_EQ(given.item("i1").runs(0).intervals_size(), 2);
  EXPECT_EQ(given.item("i1").runs(0).intervals(1).from_ms(), kStartMs + 70'000);
  EXPECT_EQ(given.item("i1").runs(0).intervals(1).to_ms(), 0);
  given.when(v1::ResumeSession()).by("chair").then_refused(v1::REFUSAL_CODE_ALREADY);
}

TEST(Session, S1_HandsMayGoUpWhilePaused) {
  Given given = sample_session().running("i1").phase(v1::SESSION_PHASE_PAUSED);
  given.when(make<v1::RequestFloor>("room_id: 'plenary' kind: REQUEST_KIND_INTERVENTION"))
      .by("ana")
      .then_accepted();
  EXPECT_EQ(given.queue("plenary").size(), 1U);
}

TEST(Session, S1_DraftStartsNothing) {
  Given given = sample_session().phase(v1::SESSION_PHASE_DRAFT);
  given.when(make<v1::StartItem>("item_id: 'i1'"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_NOT_LIVE);
  given.when(v1::PauseSession()).by("chair").then_refused(v1::REFUSAL_CODE_NOT_LIVE);
}

TEST(Session, S6_ClosingIsConfirmedAndEndsWhatRuns) {
  Given given = sample_session().running("i1").running("w1");
  given.waiting("r1", "ana", "plenary", v1::REQUEST_KIND_INTERVENTION, 1);
  const std::string speech_id = grant(given, "r1");
  given.when(v1::CloseSession()).by("chair").then_refused(v1::REFUSAL_CODE_CONFIRMATION_NEEDED);
  given.when(make<v1::CloseSession>("confirmed: true"))
      .by("ana")
      .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(make<v1::CloseSession>("confirmed: true")).by("chair").at(30'000).then_accepted();
  EXPECT_EQ(given.session().phase(), v1::SESSION_PHASE_CLOSING);
  EXPECT_EQ(given.speech(speech_id).state(), v1::SPEECH_STATE_ENDED);
  EXPECT_EQ(given.speech(speech_id).ended_at_ms(), kStartMs + 30'000);
  for (const auto* room_id : {"plenary", "lab"}) {
    EXPECT_EQ(given.room(room_id).current_item_id(), "");
    EXPECT_EQ(given.room(room_id).current_speech_id(), "");
  }
  EXPECT_EQ(given.item("w1").runs(0).ended_at_ms(), kStartMs + 30'000);
  EXPECT_TRUE(given.state().acts().empty());
  given.when(make<v1::CloseSession>("confirmed: true"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_ALREADY);
  given.when(make<v1::RequestFloor>("room_id: 'plenary' kind: REQUEST_KIND_POINT_OF_ORDER"))
      .by("ana")
      .then_refused(v1::REFUSAL_CODE_CLOSED);
  given.when(make<v1::Announce>("text: 'late'")).by("chair").then_refused(v1::REFUSAL_CODE_CLOSED);
}

TEST(Session, S6_ReopensWithinTenMinutesToThePhaseBefore) {
  for (const auto before :
       {v1::SESSION_PHASE_LIVE, v1::SESSION_PHASE_PAUSED, v1::SESSION_PHASE_DRAFT}) {
    Given given = sample_session().phase(before);
    given.when(v1::ReopenSession()).by("chair").then_refused(v1::REFUSAL_CODE_ALREADY);
    given.when(make<v1::CloseSession>("confirmed: true")).by("chair").at(0).then_accepted();
    Given late = given;
    late.when(v1::ReopenSession())
        .by("chair")
        .at(10 * kMinuteMs)
        .then_refused(v1::REFUSAL_CODE_TOO_LATE);
    given.when(v1::ReopenSession()).by("ana").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
    given.when(v1::ReopenSession()).by("chair").at(10 * kMinuteMs - 1).then_accepted();
    EXPECT_EQ(given.session().phase(), before);
    EXPECT_EQ(given.session().closing_since_ms(), 0);
  }
}

TEST(Session, S6_TimeItselfFinishesTheClosingAndMaySayItTwice) {
  Given given = sample_session();
  EXPECT_EQ(core::next_deadline(given.state()).at_ms, 0);
  given.when(make<v1::CloseSession>("confirmed: true")).by("chair").at(0).then_accepted();
  const core::Deadline deadline = core::next_deadline(given.state());
  EXPECT_EQ(deadline.at_ms, kStartMs + 10 * kMinuteMs);
  EXPECT_FALSE(deadline.remove);
  const v1::FinishClosing& finish = deadline.command.finish_closing();
  given.when(finish).by("chair").at(10 * kMinuteMs).then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(finish).by_system().at(10 * kMinuteMs - 1).then_refused(v1::REFUSAL_CODE_STALE);
  given.when(finish).by_system().at(10 * kMinuteMs).then_accepted();
  EXPECT_EQ(given.session().phase(), v1::SESSION_PHASE_CLOSED);
  given.when(finish).by_system().at(11 * kMinuteMs).then_nothing();
  EXPECT_EQ(given.session().closed_at_ms(), kStartMs + 10 * kMinuteMs);
  given.when(v1::ReopenSession()).by("chair").then_refused(v1::REFUSAL_CODE_TOO_LATE);
}

TEST(Session, S6_AFinishOfAnEarlierClosingClosesNothing) {
  Given given = sample_session();
  given.when(make<v1::CloseSession>("confirmed: true")).by("chair").at(0).then_accepted();
  const auto finish = core::next_deadline(given.state()).command.finish_closing();
  given.when(v1::ReopenSession()).by("chair").at(kMinuteMs).then_accepted();
  given.when(finish).by_system().at(11 * kMinuteMs).then_refused(v1::REFUSAL_CODE_STALE);
  given.when(make<v1::CloseSession>("confirmed: true"))
      .by("chair")
      .at(12 * kMinuteMs)
      .then_accepted();
  given.when(finish).by_system().at(30 * kMinuteMs).then_refused(v1::REFUSAL_CODE_STALE);
}

TEST(Session, S6_TheRecordGoesWhenItsRetentionEnds) {
  Given given = sample_session().phase(v1::SESSION_PHASE_CLOSED);
  v1::Session closed = given.session();
  closed.set_closed_at_ms(kStartMs);
  given.put(closed);
  constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;
  EXPECT_EQ(core::next_deadline(given.state()).at_ms, kStartMs + 365 * kDayMs);
  EXPECT_TRUE(core::next_deadline(given.state()).remove);
  given.when(make<v1::ChangeSession>("fields: 'title' title { text: 'x' }"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_CLOSED);
  given.when(make<v1::ChangeSession>("fields: 'retention_days' retention_days: 2"))
      .by("chair")
      .then_accepted();
  EXPECT_EQ(core::next_deadline(given.state()).at_ms, kStartMs + 2 * kDayMs);
}

}  // namespace
}  // namespace plenary::test
