// P4, P5, P8, Q8, Q14, Q16: whose the place of a delegation is, and whose it is not.
#include <gtest/gtest.h>

#include "core/project.hpp"
#include "support/queue_steps.hpp"

namespace plenary::test {
namespace {

constexpr auto kHand = v1::REQUEST_KIND_HAND;

// The hall's places are the delegations'; ana of France waits there, abe says that he is French
// too.
struct Hall {
  Hall() {
    given.settings("hall", "holder: HOLDER_KIND_DELEGATION");
    v1::RequestFloor up = hand("hall", kHand, "our secret note");
    place = given.when(up).by("ana").then_accepted();
  }
  void unconfirm(std::string_view person_id) {
    v1::Person person = given.person_of(person_id);
    person.set_delegation_confirmed(false);
    given.put(person);
  }
  Given given = sample_session();
  std::string place;
};

template <typename Command>
Command of(const std::string& request_id) {
  Command command;
  command.set_request_id(request_id);
  return command;
}

v1::Answer ask(const Given& given, const std::string& request_id, const std::string& person_id) {
  v1::Question question;
  question.mutable_explain_place()->set_request_id(request_id);
  v1::Actor asker;
  asker.set_kind(v1::ACTOR_KIND_PERSON);
  asker.set_person_id(person_id);
  return core::answer(given.state(), question, asker, {}, given.now_ms());
}

TEST(Delegation, P5_WhoOnlyClaimsItReadsNothingOfItsPlace) {
  Hall hall;
  EXPECT_EQ(core::project_person(hall.given.state(), "abe", 0).requests_size(), 1);
  hall.unconfirm("abe");
  EXPECT_EQ(core::project_person(hall.given.state(), "abe", 0).requests_size(), 0);
  EXPECT_EQ(core::project_person(hall.given.state(), "ana", 0).requests_size(), 1);
  hall.given.when(of<v1::WithdrawRequest>(hall.place))
      .by("abe")
      .then_refused(v1::REFUSAL_CODE_UNCONFIRMED);
}

TEST(Delegation, P8_TheReasonOfAMoveIsForConfirmedMembers) {
  Hall hall;
  const auto other = raise(hall.given, "ben", "hall", kHand);
  v1::MoveRequest move = move_of(other, hall.place);
  move.set_reason("because");
  hall.given.when(move).by("chair").then_accepted();
  v1::MoveRequest back = move_of(hall.place, other);
  back.set_reason("so that it is seen");
  hall.given.when(back).by("chair").then_accepted();
  const auto reason = [&](const std::string& person_id) {
    const v1::Answer answer = ask(hall.given, hall.place, person_id);
    std::string found;
    for (const auto& one : answer.place().reasons())
      found += one.reason();
    return found;
  };
  EXPECT_EQ(reason("abe"), "so that it is seen");
  EXPECT_EQ(reason("joe"), "");
  hall.unconfirm("abe");
  EXPECT_EQ(reason("abe"), "");
}

TEST(Delegation, P8_WhoSteppedBackIsNotNamedWhereTheRoomHidesNames) {
  Given given = sample_session().settings("hall", "names_hidden: true");
  const auto place = raise(given, "ana", "hall", kHand);
  raise(given, "ben", "hall", kHand);
  given.when(of<v1::StepBack>(place)).by("ana").then_accepted();
  const auto names = [&](const std::string& person_id) {
    std::string found;
    const v1::Answer answer = ask(given, place, person_id);
    for (const auto& one : answer.place().reasons())
      found += one.person_name();
    return found;
  };
  EXPECT_EQ(names("joe"), "");
  EXPECT_EQ(names("ana"), "Name of ana");
  EXPECT_EQ(names("chair"), "Name of ana");
  given.settings("hall", "names_hidden: false");
  v1::Room shown = given.room("hall");
  shown.mutable_settings()->set_names_hidden(false);
  given.put(shown);
  EXPECT_EQ(names("joe"), "Name of ana");
}

TEST(Delegation, P4_WhoChangesDelegationLeavesThePlaceToAnother) {
  Hall hall;
  const auto move = make<v1::ChangePerson>("person_id: 'ana' name: 'Ana' delegation_id: 'de'");
  hall.given.when(move).by("chair").then_accepted();
  EXPECT_EQ(hall.given.request(hall.place).speaker_person_id(), "abe");
  hall.given.when(of<v1::WithdrawRequest>(hall.place))
      .by("ana")
      .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  const auto speech = grant(hall.given, hall.place);
  EXPECT_EQ(hall.given.speech(speech).person_id(), "abe");
  EXPECT_EQ(hall.given.speech(speech).delegation_id(), "fr");
}

TEST(Delegation, P4_APlaceThatNobodyIsLeftToSpeakFromGoes) {
  Hall hall;
  hall.unconfirm("abe");
  const auto own = raise(hall.given, "ana", "plenary", v1::REQUEST_KIND_INTERVENTION);
  hall.given.when(make<v1::ChangePerson>("person_id: 'ana' name: 'Ana' delegation_id: 'de'"))
      .by("chair")
      .then_accepted();
  EXPECT_TRUE(hall.given.queue("hall").empty());
  EXPECT_EQ(hall.given.queue("plenary"), std::vector<std::string>{own})
      << "what one holds oneself stays";
}

TEST(Delegation, Q15_AnUndoGivesThePlaceToWhoIsStillOfTheDelegation) {
  Hall hall;
  hall.given.when(of<v1::RemoveRequest>(hall.place)).by("chair").then_accepted();
  hall.given.when(make<v1::ChangePerson>("person_id: 'ana' name: 'Ana' delegation_id: 'de'"))
      .by("chair")
      .then_accepted();
  undo(hall.given, v1::ACT_KIND_REMOVE);
  EXPECT_EQ(hall.given.request(hall.place).speaker_person_id(), "abe");
}

TEST(Delegation, Q14_WhatOneAcceptedTheNextSpeakerHasNot) {
  Hall hall;
  hall.given.when(of<v1::AskToBeNext>(hall.place)).by("chair").then_accepted();
  v1::AnswerAsked yes = of<v1::AnswerAsked>(hall.place);
  yes.set_accept(true);
  hall.given.when(yes).by("ana").then_accepted();
  hall.given.when(make<v1::RemovePerson>("person_id: 'ana'")).by("chair").then_accepted();
  EXPECT_EQ(hall.given.request(hall.place).speaker_person_id(), "abe");
  EXPECT_EQ(hall.given.request(hall.place).asked(), v1::ASKED_UNSPECIFIED);
}

TEST(Delegation, Q8_NamingAnotherSpeakerMakesAHandNobodyElses) {
  Hall hall;
  v1::NameSpeaker name = of<v1::NameSpeaker>(hall.place);
  name.set_person_id("abe");
  hall.given.when(name).by("ana").then_accepted();
  hall.given.when(of<v1::WithdrawRequest>(hall.place))
      .by("notes")
      .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  // What staff raised for somebody they may take down, whoever speaks.
  v1::RequestFloor for_ben = hand("hall", kHand);
  for_ben.set_for_person_id("ben");
  const auto raised = hall.given.when(for_ben).by("notes").then_accepted();
  hall.given.when(of<v1::WithdrawRequest>(raised)).by("notes").then_accepted();
}

}  // namespace
}  // namespace plenary::test
