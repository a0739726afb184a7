// Hands that go up: order, presets, one per holder and kind, closed queues, topics, holders,
// inscriptions ahead.
#include <gtest/gtest.h>

#include "core/limits.hpp"
#include "support/queue_steps.hpp"

namespace plenary::test {
namespace {

using namespace words;

v1::RequestFloor inscription(std::string_view item_id) {
  auto command = hand("plenary", kIntervention);
  command.set_item_id(std::string(item_id));
  return command;
}

v1::RequestFloor on_behalf(std::string_view room_id, v1::RequestKind kind,
                           std::string_view person_id) {
  auto command = hand(room_id, kind);
  command.set_for_person_id(std::string(person_id));
  return command;
}

v1::RequestFloor reply_to(std::string_view topic_speech_id) {
  auto command = hand("lab", kReply);
  command.set_topic_speech_id(std::string(topic_speech_id));
  return command;
}

TEST(Queue, Q1_OrderIsBandThenKeyThenSequence) {
  auto given = sample_session();
  const auto first = raise(given, "ana", "plenary", kIntervention);
  const auto second = raise(given, "ben", "plenary", kIntervention);
  const auto reply = raise(given, "joe", "plenary", kRightOfReply);
  const auto order = raise(given, "zoe", "plenary", kOrder);
  EXPECT_EQ(given.queue("plenary"), (Ids{order, first, second, reply}));
}

TEST(Queue, Q1_SequenceIsIssuedOnceByTheServer) {
  auto given = sample_session();
  const auto one = given.when(hand("hall", kHand)).by("ana").at(9'000).then_accepted();
  // Whatever the clock says, who comes later stands behind.
  const auto two = given.when(hand("hall", kHand)).by("ben").at(1'000).then_accepted();
  EXPECT_EQ(given.request(one).sequence() + 1, given.request(two).sequence());
  EXPECT_EQ(given.session().next_sequence(), given.request(two).sequence() + 1);
  EXPECT_EQ(given.queue("hall"), (Ids{one, two}));
}

TEST(Queue, Q2_ThePlaceIsTheHoldersAndNoConnections) {
  auto given = sample_session();
  const auto id = raise(given, "ana", "hall", kHand);
  EXPECT_EQ(given.request(id).holder_person_id(), "ana");
  // Elsewhere, and after any number of other commands, the entry stands.
  given.when(make<v1::EnterRoom>("room_id: 'lab'")).by("ana").then_accepted();
  EXPECT_EQ(given.queue("hall"), Ids{id});
}

TEST(Queue, Q3_SimpleOffersHandsOnly) {
  auto given = sample_session();
  raise(given, "ana", "hall", kHand);
  for (const auto kind : {kOrder, kQuestion, kReply, kTopic, kIntervention, kRightOfReply,
                          v1::REQUEST_KIND_UNSPECIFIED}) {
    given.when(hand("hall", kind)).by("ben").then_refused(v1::REFUSAL_CODE_KIND_NOT_OFFERED);
  }
}

TEST(Queue, Q3_WorkshopRanksOrderQuestionReplyTopic) {
  auto given = sample_session();
  const auto opening = raise(given, "ana", "lab", kTopic);
  const auto topic_speech = given.when(grant_of(opening)).by("lead").then_accepted();
  const auto topic = raise(given, "ana", "lab", kTopic);
  const auto reply = given.when(reply_to(topic_speech)).by("ben").then_accepted();
  const auto question = raise(given, "joe", "lab", kQuestion);
  const auto order = raise(given, "zoe", "lab", kOrder);
  EXPECT_EQ(given.queue("lab"), (Ids{order, question, reply, topic}));
  given.when(hand("lab", kHand)).by("abe").then_refused(v1::REFUSAL_CODE_KIND_NOT_OFFERED);
  given.when(hand("lab", kIntervention)).by("abe").then_refused(v1::REFUSAL_CODE_KIND_NOT_OFFERED);
}

TEST(Queue, Q3_FormalRanksOrderInterventionRightOfReply) {
  auto given = sample_session();
  const auto right = raise(given, "ana", "plenary", kRightOfReply);
  const auto intervention = raise(given, "ben", "plenary", kIntervention);
  const auto order = raise(given, "joe", "plenary", kOrder);
  EXPECT_EQ(given.queue("plenary"), (Ids{order, intervention, right}));
  given.when(hand("plenary", kTopic)).by("abe").then_refused(v1::REFUSAL_CODE_KIND_NOT_OFFERED);
}

TEST(Queue, Q4_RaisingAgainKeepsThePlaceAndUpdatesTheNote) {
  auto given = sample_session();
  const auto one = given.when(hand("hall", kHand, "first")).by("ana").then_accepted();
  const auto two = raise(given, "ben", "hall", kHand);
  EXPECT_EQ(given.when(hand("hall", kHand, "second")).by("ana").then_accepted(), one);
  EXPECT_EQ(given.queue("hall"), (Ids{one, two}));
  EXPECT_EQ(given.request(one).note(), "second");
  given.when(hand("hall", kHand, "second")).by("ana").then_nothing();
}

TEST(Queue, Q4_OneOfEachKindAndInEachRoom) {
  auto given = sample_session();
  raise(given, "ana", "plenary", kIntervention);
  raise(given, "ana", "plenary", kOrder);
  raise(given, "ana", "hall", kHand);
  EXPECT_EQ(given.queue("plenary").size(), 2U);
  EXPECT_EQ(given.queue("hall").size(), 1U);
}

TEST(Queue, Q4_OnePerDelegationWhereTheRoomSaysSo) {
  auto given = sample_session().settings("plenary", "holder: HOLDER_KIND_DELEGATION");
  const auto one = raise(given, "ana", "plenary", kIntervention);
  EXPECT_EQ(given.request(one).holder_delegation_id(), "fr");
  EXPECT_EQ(given.request(one).holder_person_id(), "");
  EXPECT_EQ(given.when(hand("plenary", kIntervention, "us")).by("abe").then_accepted(), one);
  EXPECT_EQ(given.queue("plenary"), Ids{one});
  EXPECT_EQ(given.request(one).note(), "us");
  EXPECT_EQ(given.request(one).speaker_person_id(), "ana");
}

TEST(Queue, Q4_ANoteHasABound) {
  auto given = sample_session();
  given.when(hand("nowhere", kHand)).by("ana").then_refused(v1::REFUSAL_CODE_NOT_FOUND, "room_id");
  const std::string longest(core::kMaxNoteLength, 'x');
  given.when(hand("hall", kHand, longest + "x"))
      .by("ana")
      .then_refused(v1::REFUSAL_CODE_BAD_FIELD, "note");
  given.when(hand("hall", kHand, longest)).by("ana").then_accepted();
}

TEST(Queue, Q6_ClosedQueueTakesPointsOfOrderAndWhatStaffAdd) {
  auto given = sample_session();
  const auto waiting = raise(given, "ana", "plenary", kIntervention);
  given.when(make<v1::SetQueueOpen>("room_id: 'plenary' open: false")).by("chair").then_accepted();
  given.when(hand("plenary", kIntervention)).by("ben").then_refused(v1::REFUSAL_CODE_QUEUE_CLOSED);
  given.when(hand("plenary", kOrder)).by("ben").then_accepted();
  given.when(on_behalf("plenary", kIntervention, "joe")).by("notes").then_accepted();
  // What waits already stays, and its note can be put right.
  given.when(hand("plenary", kIntervention, "shorter")).by("ana").then_accepted();
  EXPECT_EQ(given.request(waiting).note(), "shorter");
  given.when(make<v1::SetQueueOpen>("room_id: 'plenary' open: true")).by("chair").then_accepted();
  given.when(hand("plenary", kIntervention)).by("ben").then_accepted();
}

TEST(Queue, Q6_OnlyModeratorsCloseAQueue) {
  auto given = sample_session();
  const auto close = make<v1::SetQueueOpen>("room_id: 'lab' open: false");
  given.when(close).by("ana").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(close).by("notes").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(close).by("lead").then_accepted();
  given.when(close).by("lead").then_nothing();
  given.when(make<v1::SetQueueOpen>("room_id: 'gone'"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_NOT_FOUND);
}

TEST(Queue, Q7_AReplyNamesTheTopic) {
  auto given = sample_session();
  given.when(reply_to("")).by("ben").then_refused(v1::REFUSAL_CODE_NO_TOPIC);
  const auto first = raise(given, "ana", "lab", kTopic);
  const auto topic = grant(given, first);
  EXPECT_EQ(given.room("lab").topic_speech_id(), topic);
  given.when(reply_to("")).by("ben").then_refused(v1::REFUSAL_CODE_STALE, "topic_speech_id");
  const auto reply = given.when(reply_to(topic)).by("ben").then_accepted();
  EXPECT_EQ(given.request(reply).topic_speech_id(), topic);

  const auto later = grant(given, raise(given, "joe", "lab", kTopic));
  given.when(reply_to(topic)).by("abe").then_refused(v1::REFUSAL_CODE_STALE, "topic_speech_id");
  // What waits for the older topic stays, and says so; raised again it is about the new one.
  EXPECT_EQ(given.request(reply).topic_speech_id(), topic);
  EXPECT_EQ(given.when(reply_to(later)).by("ben").then_accepted(), reply);
  EXPECT_EQ(given.request(reply).topic_speech_id(), later);
}

TEST(Queue, Q8_StaffAddOnSomeonesBehalf) {
  auto given = sample_session();
  const auto id = given.when(on_behalf("hall", kHand, "ana")).by("notes").then_accepted();
  EXPECT_EQ(given.request(id).speaker_person_id(), "ana");
  EXPECT_EQ(given.request(id).raised_by_person_id(), "notes");
  given.when(on_behalf("hall", kHand, "ben")).by("joe").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  // The lead of the lab is nobody's staff in the hall.
  given.when(on_behalf("hall", kHand, "ben")).by("lead").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(on_behalf("hall", kHand, "who")).by("chair").then_refused(v1::REFUSAL_CODE_NOT_FOUND);
  given.when(on_behalf("hall", kHand, "ben")).by_organizer().then_accepted();
  given.when(hand("hall", kHand))
      .by_organizer()
      .then_refused(v1::REFUSAL_CODE_BAD_FIELD, "for_person_id");
}

TEST(Queue, P4_MutedRemovedAndUnadmittedPeopleRaiseNothing) {
  auto given = sample_session();
  auto muted = given.person_of("ana");
  muted.set_muted(true);
  auto removed = given.person_of("ben");
  removed.set_removed(true);
  auto lobby = given.person_of("joe");
  lobby.set_admitted(false);
  given.put(muted).put(removed).put(lobby);
  given.when(hand("hall", kHand)).by("ana").then_refused(v1::REFUSAL_CODE_MUTED);
  given.when(hand("hall", kHand)).by("ben").then_refused(v1::REFUSAL_CODE_REMOVED);
  given.when(hand("hall", kHand)).by("joe").then_refused(v1::REFUSAL_CODE_NOT_ADMITTED);
  given.when(on_behalf("hall", kHand, "ben")).by("chair").then_refused(v1::REFUSAL_CODE_REMOVED);
  given.when(on_behalf("hall", kHand, "joe"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_NOT_ADMITTED);
  given.when(on_behalf("hall", kHand, "ana")).by("chair").then_accepted();
}

TEST(Queue, Q16_OnlyAConfirmedMemberTakesADelegationsPlace) {
  auto given = sample_session().settings("plenary", "holder: HOLDER_KIND_DELEGATION");
  auto claims = given.person_of("ben");
  claims.set_delegation_confirmed(false);
  given.put(claims);
  given.when(hand("plenary", kIntervention)).by("ben").then_refused(v1::REFUSAL_CODE_UNCONFIRMED);
  // Who belongs to none holds the place alone.
  const auto id = raise(given, "zoe", "plenary", kIntervention);
  EXPECT_EQ(given.request(id).holder_person_id(), "zoe");
}

TEST(Queue, Q16_TheSpeakerOfADelegationsPlaceIsNamedByAMember) {
  auto given = sample_session().settings("plenary", "holder: HOLDER_KIND_DELEGATION");
  auto claims = given.person_of("zoe");
  claims.set_delegation_id("fr");
  claims.set_delegation_confirmed(false);
  given.put(claims);
  const auto id = raise(given, "ana", "plenary", kIntervention);
  given.when(make<v1::AskToBeNext>("request_id: '" + id + "'")).by("chair").then_accepted();
  v1::NameSpeaker name;
  name.set_request_id(id);
  name.set_person_id("abe");
  given.when(name).by("ben").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(name).by("zoe").then_refused(v1::REFUSAL_CODE_UNCONFIRMED);
  given.when(name).by("abe").then_accepted();
  EXPECT_EQ(given.request(id).speaker_person_id(), "abe");
  EXPECT_EQ(given.request(id).holder_delegation_id(), "fr");
  EXPECT_EQ(given.request(id).asked(), v1::ASKED_UNSPECIFIED) << "it was ana who was asked";
  name.set_person_id("ben");
  given.when(name).by("abe").then_refused(v1::REFUSAL_CODE_BAD_FIELD, "person_id");
  name.set_person_id("zoe");
  given.when(name).by("abe").then_refused(v1::REFUSAL_CODE_UNCONFIRMED, "person_id");
  name.set_person_id("who");
  given.when(name).by("abe").then_refused(v1::REFUSAL_CODE_NOT_FOUND, "person_id");
  name.set_person_id("ana");
  given.when(name).by("notes").then_accepted();
  const auto speech = grant(given, id);
  EXPECT_EQ(given.speech(speech).person_id(), "ana");
  EXPECT_EQ(given.speech(speech).holder_delegation_id(), "fr");
}

TEST(Queue, Q16_APersonsOwnPlaceHasNoOtherSpeaker) {
  auto given = sample_session();
  v1::NameSpeaker name;
  name.set_request_id(raise(given, "ana", "plenary", kIntervention));
  name.set_person_id("abe");
  given.when(name).by("ana").then_refused(v1::REFUSAL_CODE_BAD_FIELD, "request_id");
}

TEST(Queue, Q17_InscribedAheadForALaterItem) {
  auto given = sample_session();
  const auto later = given.when(inscription("i2")).by("ana").then_accepted();
  const auto now = raise(given, "ana", "plenary", kIntervention);
  EXPECT_EQ(given.queue("plenary"), Ids{now});
  EXPECT_EQ(given.queue("plenary", "i2"), Ids{later});
  EXPECT_EQ(given.when(inscription("i2")).by("ana").then_accepted(), later) << "one per item";
  given.when(inscription("i3")).by("ana").then_refused(v1::REFUSAL_CODE_NO_INSCRIPTION);
  given.when(inscription("w1")).by("ana").then_refused(v1::REFUSAL_CODE_BAD_FIELD, "item_id");
  given.when(inscription("gone")).by("ana").then_refused(v1::REFUSAL_CODE_NOT_FOUND, "item_id");
}

TEST(Queue, Q17_InscriptionsAreTakenInDraftAndWithTheQueueClosed) {
  auto given = sample_session().phase(v1::SESSION_PHASE_DRAFT);
  given.when(hand("plenary", kIntervention)).by("ana").then_refused(v1::REFUSAL_CODE_NOT_LIVE);
  given.when(inscription("i2")).by("ana").then_accepted();
  given.when(make<v1::SetQueueOpen>("room_id: 'plenary' open: false")).by("chair").then_accepted();
  given.when(inscription("i2")).by("ben").then_accepted();
  EXPECT_EQ(given.queue("plenary", "i2").size(), 2U);
}

TEST(Queue, Q17_AnItemThatIsCurrentOrOverTakesNoInscription) {
  auto given = sample_session().running("i2");
  const auto id = given.when(inscription("i2")).by("ana").then_accepted();
  EXPECT_EQ(given.request(id).item_id(), "") << "it is the present queue";
  auto over = given.room("plenary");
  over.clear_current_item_id();
  over.clear_current_run_id();
  given.put(over);
  given.when(inscription("i2")).by("ben").then_refused(v1::REFUSAL_CODE_NO_INSCRIPTION);
}

TEST(Queue, S1_HandsGoUpWhilePausedAndNotAfterTheEnd) {
  auto given = sample_session().phase(v1::SESSION_PHASE_PAUSED);
  raise(given, "ana", "hall", kHand);
  for (const auto phase : {v1::SESSION_PHASE_CLOSING, v1::SESSION_PHASE_CLOSED}) {
    given.phase(phase);
    given.when(hand("hall", kHand)).by("ben").then_refused(v1::REFUSAL_CODE_CLOSED);
  }
}

TEST(Queue, P6_StaffActForAPersonWithoutADeviceAndTheLogTellsThemApart) {
  auto given = sample_session();
  auto guest = given.person_of("zoe");
  guest.set_without_device(true);
  given.put(guest);
  const auto id = given.when(on_behalf("hall", kHand, "zoe")).by("notes").then_accepted();
  EXPECT_EQ(given.request(id).raised_by_person_id(), "notes");
  EXPECT_EQ(given.request(id).holder_person_id(), "zoe");
  v1::WithdrawRequest withdraw;
  withdraw.set_request_id(id);
  given.when(withdraw).by("ana").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(withdraw).by("notes").then_accepted();
  EXPECT_EQ(given.state().act(act_of(given, v1::ACT_KIND_WITHDRAW))->by_person_id(), "notes");

  const auto again = given.when(on_behalf("hall", kHand, "zoe")).by("notes").then_accepted();
  v1::YieldFloor yield;
  yield.set_speech_id(grant(given, again));
  EXPECT_EQ(given.speech(yield.speech_id()).person_id(), "zoe");
  given.when(yield).by("lead").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(yield).by("notes").then_accepted();
  EXPECT_EQ(given.state().act(act_of(given, v1::ACT_KIND_END))->by_person_id(), "notes");
}

}  // namespace
}  // namespace plenary::test
