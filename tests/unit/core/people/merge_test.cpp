// P7: two who are one. "twin" came in beside "ana".
#include <gtest/gtest.h>

#include "core/project.hpp"
#include "core/rights.hpp"
#include "support/given.hpp"
#include "support/queue_steps.hpp"

namespace plenary::test {
namespace {

constexpr auto kIntervention = v1::REQUEST_KIND_INTERVENTION;

v1::MergePeople merge(std::string_view from = "twin", std::string_view into = "ana") {
  v1::MergePeople command;
  command.set_person_id(std::string(from));
  command.set_into_person_id(std::string(into));
  return command;
}

Given with_twin(std::string_view delegation = "fr",
                std::initializer_list<std::string_view> grants = {}) {
  Given given = sample_session().running("i1").running("h1").running("w1");
  given.person("twin", delegation, grants);
  return given;
}

TEST(Merge, P7_TheBetterPlaceOfTheSameKindSurvives) {
  Given given = with_twin();
  given.waiting("early", "twin", "plenary", kIntervention, 1);
  given.waiting("bens", "ben", "plenary", kIntervention, 1);
  given.waiting("late", "ana", "plenary", kIntervention, 1);
  given.waiting("other", "twin", "plenary", v1::REQUEST_KIND_RIGHT_OF_REPLY, 2);
  v1::Request late = given.request("late");
  late.set_note("on article 5");
  given.put(late);
  EXPECT_EQ(given.when(merge()).by("chair").then_accepted(), "ana");
  EXPECT_EQ(given.queue("plenary"), (std::vector<std::string>{"early", "bens", "other"}));
  for (const auto* id : {"early", "other"}) {
    EXPECT_EQ(given.request(id).speaker_person_id(), "ana");
    EXPECT_EQ(given.request(id).holder_person_id(), "ana");
  }
  EXPECT_EQ(given.request("early").note(), "on article 5");
  const auto own = core::project_person(given.state(), "ana", given.now_ms());
  EXPECT_EQ(own.requests_size(), 2);
  given.when(make<v1::WithdrawRequest>("request_id: 'other'")).by("ana").then_accepted();
}

TEST(Merge, P7_OrTheBetterPlaceOfTheOneWhoStays) {
  Given given = with_twin();
  given.waiting("mine", "ana", "plenary", kIntervention, 1);
  given.waiting("second", "twin", "plenary", kIntervention, 1);
  v1::Request held = given.request("mine");
  held.set_held(true);
  given.put(held);
  given.when(make<v1::MoveRequest>("request_id: 'second'")).by("chair").then_accepted();
  given.when(merge()).by("chair").then_accepted();
  EXPECT_EQ(given.queue("plenary"), std::vector<std::string>{"mine"});
  EXPECT_FALSE(given.request("mine").held());
  EXPECT_EQ(act_of(given, v1::ACT_KIND_MOVE), "") << "the entry that it moved is gone";
}

TEST(Merge, P7_AllSpeechesCountForOneAndARunningOneGoesOn) {
  Given given = with_twin();
  given.waiting("r1", "twin", "plenary", kIntervention, 1);
  const std::string first = grant(given, "r1");
  given.when(make<v1::EndSpeech>("speech_id: '" + first + "'"))
      .by("chair")
      .at(30'000)
      .then_accepted();
  given.waiting("r2", "ana", "plenary", kIntervention, 1);
  const std::string second = grant(given, "r2");
  given.when(make<v1::EndSpeech>("speech_id: '" + second + "'"))
      .by("chair")
      .at(50'000)
      .then_accepted();
  given.waiting("r3", "twin", "hall", v1::REQUEST_KIND_HAND);
  const std::string running = grant(given, "r3");
  given.when(merge()).by("chair").at(60'000).then_accepted();
  EXPECT_EQ(given.speech(first).person_id(), "ana");
  EXPECT_EQ(given.speech(first).name(), "Name of twin") << "as it was when it was held (T6)";
  EXPECT_EQ(given.speech(running).state(), v1::SPEECH_STATE_RUNNING);
  const auto own = core::project_person(given.state(), "ana", given.now_ms());
  ASSERT_EQ(own.floors_size(), 1);
  EXPECT_EQ(own.floors(0).speech_id(), running);
  v1::Actor chair;
  chair.set_kind(v1::ACTOR_KIND_PERSON);
  chair.set_person_id("chair");
  v1::Question sums;
  sums.mutable_sum_speaking_times();
  const auto times = core::answer(given.state(), sums, chair, {}, given.now_ms()).speaking_times();
  ASSERT_EQ(times.people_size(), 1);
  EXPECT_EQ(times.people(0).speeches(), 3);
  EXPECT_EQ(times.people(0).total_ms(), 60'000);
  // The twin's device ends the speech: it is the same person's now.
  given.when(make<v1::YieldFloor>("speech_id: '" + running + "'")).by("twin").then_accepted();
}

TEST(Merge, P7_RolesAdmissionAndDelegationOfBoth) {
  Given given = with_twin("", {"moderator:lab", "note_taker:"});
  v1::Person twin = given.person_of("twin");
  twin.set_muted(true);
  twin.set_entered_at_ms(kStartMs - 5'000);
  given.put(twin);
  given.person("ana", "fr", {"moderator:lab"});
  given.when(merge()).by("chair").then_accepted();
  const v1::Person& ana = given.person_of("ana");
  EXPECT_EQ(ana.name(), "Name of ana");
  EXPECT_EQ(ana.delegation_id(), "fr");
  EXPECT_EQ(ana.grants_size(), 2);
  EXPECT_TRUE(core::is_moderator(given.state(), "ana", "lab"));
  EXPECT_TRUE(core::is_staff(given.state(), "ana", "plenary"));
  EXPECT_TRUE(ana.muted()) << "nobody gets rid of it by coming in twice";
  EXPECT_EQ(ana.entered_at_ms(), kStartMs - 5'000);
  EXPECT_FALSE(core::is_staff_of_any(given.state(), "twin"));
}

TEST(Merge, P7_WhoHasNoDelegationGetsThatOfTheOther) {
  Given given = with_twin("jp");
  given.when(merge("twin", "zoe")).by("chair").then_accepted();
  EXPECT_EQ(given.person_of("zoe").delegation_id(), "jp");
  EXPECT_TRUE(given.person_of("zoe").delegation_confirmed());
}

TEST(Merge, P7_KeysAndPersonalInvitationsLeadToTheOneWhoRemains) {
  Given given = with_twin();
  given
      .when(make<v1::CreateInvitation>(
          "invitation_id: 'own' role: ROLE_NOTE_TAKER room_id: 'lab' personal: true"))
      .by("chair")
      .then_accepted();
  const auto open = make<v1::EnterSession>("person_id: 'twin' name: 'T' invitation_id: 'own'");
  given.when(open).by_edge().then_accepted();
  given.when(merge()).by("chair").then_accepted();
  EXPECT_EQ(given.when(open).by_edge().then_accepted(), "ana");
  EXPECT_EQ(given.state().invitation("own")->person_id(), "ana");
  EXPECT_TRUE(core::is_staff(given.state(), "ana", "lab"));
  // Merged once more, the first key leads on.
  given.when(merge("ana", "abe")).by("chair").then_accepted();
  EXPECT_EQ(given.state().who_is("twin")->id(), "abe");
  EXPECT_EQ(given.when(open).by_edge().then_accepted(), "abe");
  given.when(make<v1::RemovePerson>("person_id: 'abe'")).by("chair").then_accepted();
  given.when(open).by_edge().then_refused(v1::REFUSAL_CODE_REMOVED);
}

TEST(Merge, P7_WhatCouldBeUndoneStillCan) {
  Given given = with_twin();
  given.waiting("r1", "twin", "plenary", kIntervention, 1);
  given.waiting("r2", "twin", "hall", v1::REQUEST_KIND_HAND);
  grant(given, "r1");
  given.when(make<v1::WithdrawRequest>("request_id: 'r2'")).by("twin").then_accepted();
  given.when(merge()).by("chair").then_accepted();
  undo(given, v1::ACT_KIND_GRANT);
  EXPECT_EQ(given.queue("plenary"), std::vector<std::string>{"r1"});
  EXPECT_EQ(given.request("r1").speaker_person_id(), "ana");
  v1::Undo back;
  back.set_act_id(act_of(given, v1::ACT_KIND_WITHDRAW));
  given.when(back).by("ana").then_accepted();
  EXPECT_EQ(given.request("r2").holder_person_id(), "ana");
}

TEST(Merge, P7_ANamedSpeakerWhoCameInIsThatPerson) {
  Given given;
  given
      .when(make<v1::CreateSession>("id: 's' join_code: '00000000' agenda { title { text: 'M' } "
                                    "items { title { text: 'One' } "
                                    "speakers: 'The Director' } }"))
      .by_organizer()
      .then_accepted();
  const std::string item_id = given.state().items().begin()->first;
  const std::string written = given.item(item_id).speakers(0).person_id();
  given.when(make<v1::EnterSession>("person_id: 'phone' name: 'D. Rector'"))
      .by_edge()
      .then_accepted();
  given.when(merge(written, "phone")).by_organizer().then_accepted();
  EXPECT_EQ(given.item(item_id).speakers(0).person_id(), "phone");
  EXPECT_EQ(given.item(item_id).speakers(0).name(), "The Director");
  EXPECT_FALSE(given.person_of("phone").without_device());
  // Changing the item later means the same person still, and writes down nobody anew.
  v1::ChangeItem change;
  change.set_item_id(item_id);
  change.mutable_item()->mutable_title()->set_text("First");
  change.mutable_item()->add_speakers("The Director");
  const auto people = given.state().people().size();
  given.when(change).by_organizer().then_accepted();
  EXPECT_EQ(given.item(item_id).speakers(0).person_id(), "phone");
  EXPECT_EQ(given.state().people().size(), people);
}

TEST(Merge, P7_APlaceOfADelegationStaysTheDelegations) {
  Given given = with_twin("fr");
  given.settings("hall", "holder: HOLDER_KIND_DELEGATION");
  const std::string place = raise(given, "twin", "hall", v1::REQUEST_KIND_HAND);
  given.when(merge("twin", "ben")).by("chair").then_accepted();
  EXPECT_EQ(given.request(place).holder_delegation_id(), "fr");
  EXPECT_NE(given.request(place).speaker_person_id(), "ben");
  // With nobody left of it, the place goes with the person.
  given.person("sole", "jp");
  given.when(merge("joe", "zoe")).by("chair").then_accepted();  // zoe speaks for Japan now
  const std::string last = raise(given, "sole", "hall", v1::REQUEST_KIND_HAND);
  given.when(make<v1::RemovePerson>("person_id: 'zoe'")).by("chair").then_accepted();
  given.when(merge("sole", "ben")).by("chair").then_accepted();
  EXPECT_EQ(given.request(last).holder_delegation_id(), "de");
  EXPECT_EQ(given.request(last).speaker_person_id(), "ben");
}

TEST(Merge, P7_IsForModeratorsOfTheSessionAndOfTwoWhoAreHere) {
  Given given = with_twin();
  given.when(merge()).by("lead").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(merge()).by("ana").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(merge("ana", "ana")).by("chair").then_refused(v1::REFUSAL_CODE_BAD_FIELD);
  given.when(merge("gone")).by("chair").then_refused(v1::REFUSAL_CODE_NOT_FOUND, "person_id");
  given.when(merge("ana", "gone"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_NOT_FOUND, "into_person_id");
  given.when(merge()).by("chair").then_accepted();
  given.when(merge()).by("chair").then_refused(v1::REFUSAL_CODE_NOT_FOUND, "person_id");
}

TEST(Merge, P7_TheChairMergesItselfAndStaysTheChair) {
  Given given = with_twin();
  given.when(merge("chair", "ana")).by("chair").then_accepted();
  given.when(v1::PauseSession()).by("chair").then_accepted();
  EXPECT_TRUE(core::is_moderator(given.state(), "ana"));
  EXPECT_EQ(core::answer(given.state(), make<v1::Question>("list_people { limit: 200 }"),
                         make<v1::Actor>("kind: ACTOR_KIND_PERSON person_id: 'ana'"), {}, 0)
                .people()
                .total(),
            static_cast<int>(given.state().people().size()) - 1);
}

}  // namespace
}  // namespace plenary::test
