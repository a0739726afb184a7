// S2, S3, S4, S8, Q5, Q6, Q17: the agenda, and what is current.
#include <gtest/gtest.h>

#include "core/limits.hpp"
#include "core/project.hpp"
#include "core/time/clock.hpp"
#include "support/given.hpp"

namespace plenary::test {
namespace {

std::vector<std::string> order(const Given& given) {
  std::vector<std::string> titles;
  const v1::Agenda agenda = core::export_agenda(given.state());
  for (const auto& item : agenda.items())
    titles.push_back(item.title().text());
  return titles;
}

std::string run_of(const Given& given, std::string_view room_id) {
  return given.room(room_id).current_run_id();
}

TEST(Agenda, S2_StartingAnItemEndsTheOtherOfItsRoomAlone) {
  Given given = sample_session().running("w1");
  const std::string first =
      given.when(make<v1::StartItem>("item_id: 'i1'")).by("chair").at(1'000).then_accepted();
  EXPECT_EQ(given.room("plenary").current_item_id(), "i1");
  EXPECT_EQ(run_of(given, "plenary"), first);
  v1::StartItem next = make<v1::StartItem>("item_id: 'i2'");
  next.set_seen_run_id(first);
  given.when(next).by("chair").at(61'000).then_accepted();
  EXPECT_EQ(given.room("plenary").current_item_id(), "i2");
  EXPECT_EQ(given.item("i1").runs(0).ended_at_ms(), kStartMs + 61'000);
  EXPECT_EQ(given.room("lab").current_item_id(), "w1");
}

TEST(Agenda, S3_TheStoredRunsAndPlansSufficeForElapsedAndLateness) {
  Given given = sample_session();
  const std::string run =
      given.when(make<v1::StartItem>("item_id: 'i1'")).by("chair").at(0).then_accepted();
  given.when(v1::PauseSession()).by("chair").at(60'000).then_accepted();
  given.when(v1::ResumeSession()).by("chair").at(360'000).then_accepted();
  const auto parts =
      core::project(v1::AUDIENCE_EVERYONE, given.state(), {core::ViewPart::Kind::agenda, {}});
  const v1::AgendaItem& item = parts.front().item().item();
  EXPECT_EQ(item.id(), "i1");
  EXPECT_EQ(item.planned_ms(), 600'000);
  ASSERT_EQ(item.runs_size(), 1);
  EXPECT_EQ(item.runs(0).id(), run);
  // Elapsed 9 of 10 minutes have passed less 5 of pause: 4 minutes.
  EXPECT_EQ(core::running_ms(item.runs(0).intervals(), kStartMs + 540'000), 240'000);
}

TEST(Agenda, S4_ItemsAreAddedMovedAndChangedWhileLive) {
  Given given = sample_session().running("i1");
  given.when(make<v1::AddItem>("item { title { text: 'New' } } before_item_id: 'i2'"))
      .by("chair")
      .then_accepted();
  EXPECT_EQ(order(given), (std::vector<std::string>{"Item i1", "New", "Item i2", "Item i3",
                                                    "Item w1", "Item w2", "Item h1"}));
  given.when(make<v1::MoveItem>("item_id: 'i1'")).by("chair").then_accepted();
  EXPECT_EQ(order(given).back(), "Item i1");
  given.when(make<v1::MoveItem>("item_id: 'h1' before_item_id: 'i2'")).by("chair").then_accepted();
  EXPECT_EQ(order(given)[1], "Item h1");
  given.when(make<v1::MoveItem>("item_id: 'h1' before_item_id: 'h1'")).by("chair").then_nothing();
  given
      .when(make<v1::ChangeItem>("item_id: 'i2' item { title { text: 'Other' } room_id: 'lab' "
                                 "planned_ms: 1 speakers: 'Zed' }"))
      .by("chair")
      .then_accepted();
  EXPECT_EQ(given.item("i2").room_id(), "lab");
  EXPECT_EQ(given.item("i2").title().text(), "Other");
  ASSERT_EQ(given.item("i2").speakers_size(), 1);
  EXPECT_TRUE(given.person_of(given.item("i2").speakers(0).person_id()).without_device());
  for (const auto* by : {"ana", "lead", "notes"}) {
    given.when(make<v1::AddItem>("item { title { text: 'x' } }"))
        .by(by)
        .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  }
}

TEST(Agenda, S4_ImportAppendsOrReplacesWhatWasNeverRun) {
  Given given = sample_session().running("i1");
  given.waiting("ahead", "ana", "plenary", v1::REQUEST_KIND_INTERVENTION, 1);
  v1::Request ahead = given.request("ahead");
  ahead.set_item_id("i2");
  given.put(ahead);
  auto import = make<v1::ImportAgenda>(
      "agenda { rooms { id: 'lab' name { text: 'ignored' } } "
      "rooms { id: 'new' name { text: 'New room' } settings { preset: PRESET_WORKSHOP } } "
      "items { room_id: 'new' title { text: 'A' } } items { title { text: 'B' } } "
      "delegations { text: 'France' } delegations { text: 'Malta' } }");
  given.when(import).by("chair").then_refused(v1::REFUSAL_CODE_BAD_FIELD, "mode");
  import.set_mode(v1::ImportAgenda::MODE_APPEND);
  Given replaced = given;
  given.when(import).by("chair").then_accepted();
  EXPECT_EQ(given.state().items().size(), 8U);
  EXPECT_EQ(order(given).back(), "B");
  EXPECT_EQ(given.room("lab").name().text(), "Lab");
  EXPECT_EQ(given.room("new").settings().preset(), v1::PRESET_WORKSHOP);
  EXPECT_FALSE(given.room("new").plenary());
  EXPECT_EQ(given.state().delegations().size(), 4U);
  import.set_mode(v1::ImportAgenda::MODE_REPLACE);
  replaced.when(import).by("chair").then_accepted();
  EXPECT_EQ(order(replaced), (std::vector<std::string>{"Item i1", "A", "B"}));
  EXPECT_EQ(replaced.state().request("ahead"), nullptr);  // nothing waits for what is no more
}

TEST(Agenda, S8_AnItemThatHasRunIsKeptAndCanBeReopened) {
  Given given = sample_session();
  const std::string first =
      given.when(make<v1::StartItem>("item_id: 'i1'")).by("chair").at(0).then_accepted();
  v1::EndItem end = make<v1::EndItem>("room_id: 'plenary'");
  end.set_seen_run_id(first);
  given.when(end).by("chair").at(60'000).then_accepted();
  given.when(make<v1::RemoveItem>("item_id: 'i1'"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_HAS_RUN);
  given.when(make<v1::ChangeItem>("item_id: 'i1' item { title { text: 'x' } room_id: 'lab' }"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_HAS_RUN, "item.room_id");
  given.when(make<v1::RemoveItem>("item_id: 'i3'")).by("chair").then_accepted();
  given.when(make<v1::StartItem>("item_id: 'i1'")).by("chair").at(100'000).then_accepted();
  const auto& runs = given.item("i1").runs();
  ASSERT_EQ(runs.size(), 2);
  EXPECT_EQ(core::running_ms(runs[0].intervals(), kStartMs + 130'000) +
                core::running_ms(runs[1].intervals(), kStartMs + 130'000),
            90'000);
}

TEST(Agenda, S8_ARunningSpeechEndsWithItsRun) {
  Given given = sample_session().running("i1");
  given.waiting("r1", "ana", "plenary", v1::REQUEST_KIND_INTERVENTION, 1);
  const std::string speech =
      given.when(make<v1::GrantFloor>("request_id: 'r1'")).by("chair").at(0).then_accepted();
  Given ended = given;
  given.when(make<v1::StartItem>("item_id: 'i2' seen_run_id: 'run-i1'"))
      .by("chair")
      .at(9'000)
      .then_accepted();
  ended.when(make<v1::EndItem>("room_id: 'plenary' seen_run_id: 'run-i1'"))
      .by("chair")
      .at(9'000)
      .then_accepted();
  for (const auto* after : {&given, &ended}) {
    EXPECT_EQ(after->speech(speech).state(), v1::SPEECH_STATE_ENDED);
    EXPECT_EQ(after->speech(speech).ended_at_ms(), kStartMs + 9'000);
    EXPECT_EQ(after->room("plenary").current_speech_id(), "");
  }
}

TEST(Agenda, Q5_ADoubleClickStartsOneItem) {
  Given given = sample_session().running("i1");
  const auto start = make<v1::StartItem>("item_id: 'i2' seen_run_id: 'run-i1'");
  given.when(start).by("chair").then_accepted();
  given.when(start).by("chair").then_refused(v1::REFUSAL_CODE_STALE, "seen_run_id");
  given.when(make<v1::EndItem>("room_id: 'plenary' seen_run_id: 'run-i1'"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_STALE);
  v1::StartItem same = make<v1::StartItem>("item_id: 'i2'");
  same.set_seen_run_id(run_of(given, "plenary"));
  given.when(same).by("chair").then_refused(v1::REFUSAL_CODE_ALREADY);
  given.when(make<v1::StartItem>("item_id: 'gone'"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_NOT_FOUND);
  given.when(make<v1::StartItem>("item_id: 'w1'"))
      .by("ana")
      .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(make<v1::StartItem>("item_id: 'w1'")).by("lead").then_accepted();
}

TEST(Agenda, Q6_TheItemSaysWhetherItsQueueStartsOpenAndTheStartWhatStays) {
  Given given = sample_session().running("i1");
  given.item("shut", "plenary", "queue_starts_closed: true");
  given.waiting("r1", "ana", "plenary", v1::REQUEST_KIND_INTERVENTION, 1);
  Given cleared = given;
  given.when(make<v1::StartItem>("item_id: 'shut' seen_run_id: 'run-i1'"))
      .by("chair")
      .then_accepted();
  EXPECT_FALSE(given.room("plenary").queue_open());
  EXPECT_EQ(given.queue("plenary"), std::vector<std::string>{"r1"});
  cleared.when(make<v1::StartItem>("item_id: 'i2' seen_run_id: 'run-i1' waiting: WAITING_CLEAR"))
      .by("chair")
      .then_accepted();
  EXPECT_TRUE(cleared.room("plenary").queue_open());
  EXPECT_TRUE(cleared.queue("plenary").empty());
}

TEST(Agenda, Q17_InscriptionsBecomeRequestsWhenTheirItemStarts) {
  Given given = sample_session().running("i1").phase(v1::SESSION_PHASE_LIVE);
  given
      .when(make<v1::RequestFloor>(
          "room_id: 'plenary' kind: REQUEST_KIND_INTERVENTION item_id: 'i2'"))
      .by("ana")
      .then_accepted();
  EXPECT_TRUE(given.queue("plenary").empty());
  EXPECT_EQ(given.queue("plenary", "i2").size(), 1U);
  given.when(make<v1::StartItem>("item_id: 'i2' seen_run_id: 'run-i1'"))
      .by("chair")
      .then_accepted();
  EXPECT_EQ(given.queue("plenary").size(), 1U);
  EXPECT_TRUE(given.queue("plenary", "i2").empty());
}

TEST(Agenda, Q15_TheStartOfAnItemIsUndoneAsAWhole) {
  Given given = sample_session().running("i1");
  given.waiting("r1", "ana", "plenary", v1::REQUEST_KIND_INTERVENTION, 1);
  given.waiting("r2", "ben", "plenary", v1::REQUEST_KIND_INTERVENTION, 1);
  const std::string speech =
      given.when(make<v1::GrantFloor>("request_id: 'r1'")).by("chair").at(0).then_accepted();
  given.when(make<v1::StartItem>("item_id: 'i2' seen_run_id: 'run-i1' waiting: WAITING_CLEAR"))
      .by("chair")
      .at(5'000)
      .then_accepted();
  ASSERT_EQ(given.state().acts().size(), 1U);
  v1::Undo undo;
  undo.set_act_id(given.state().acts().begin()->first);
  given.when(undo).by("ana").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(undo).by("chair").at(6'000).then_accepted();
  EXPECT_EQ(given.room("plenary").current_item_id(), "i1");
  EXPECT_EQ(given.room("plenary").current_speech_id(), speech);
  EXPECT_EQ(given.speech(speech).state(), v1::SPEECH_STATE_RUNNING);
  EXPECT_EQ(given.queue("plenary"), std::vector<std::string>{"r2"});
  EXPECT_EQ(given.item("i2").runs_size(), 0);
}

TEST(Agenda, Q15_TheEndOfAnItemIsNoActAndEndsUndoingWithinIt) {
  Given given = sample_session().running("i1");
  given.waiting("r1", "ana", "plenary", v1::REQUEST_KIND_INTERVENTION, 1);
  given.when(make<v1::GrantFloor>("request_id: 'r1'")).by("chair").then_accepted();
  ASSERT_EQ(given.state().acts().size(), 1U);
  given.when(make<v1::EndItem>("room_id: 'plenary' seen_run_id: 'run-i1'"))
      .by("chair")
      .then_accepted();
  EXPECT_TRUE(given.state().acts().empty());
}

}  // namespace
}  // namespace plenary::test
