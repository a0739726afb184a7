// What becomes of entries that wait: withdrawn, stepped back, moved, held, removed, cleared, asked.
#include <gtest/gtest.h>

#include "core/limits.hpp"
#include "core/queue/order.hpp"
#include "support/queue_steps.hpp"

namespace plenary::test {
namespace {

using namespace words;

// Three hands in the hall: a, b, c of ana, ben, joe.
struct Hall {
  Given given = sample_session();
  std::string a = raise(given, "ana", "hall", kHand);
  std::string b = raise(given, "ben", "hall", kHand);
  std::string c = raise(given, "joe", "hall", kHand);
  Ids queue() const { return given.queue("hall"); }
  int place(const std::string& id) const {
    return core::place_of(given.state(), given.request(id));
  }
};

TEST(Queue, Q8_AParticipantWithdrawsTheOwnHandOnly) {
  Hall hall;
  hall.given.when(of<v1::WithdrawRequest>(hall.a))
      .by("ben")
      .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  // What somebody raised alone, staff remove and don't withdraw.
  hall.given.when(of<v1::WithdrawRequest>(hall.a))
      .by("notes")
      .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  hall.given.when(of<v1::WithdrawRequest>(hall.a)).by("ana").then_accepted();
  EXPECT_EQ(hall.queue(), (Ids{hall.b, hall.c}));
  hall.given.when(of<v1::WithdrawRequest>(hall.a)).by("ana").then_refused(v1::REFUSAL_CODE_STALE);
}

TEST(Queue, Q16_AnyConfirmedMemberWithdrawsADelegationsPlace) {
  auto given = sample_session().settings("hall", "holder: HOLDER_KIND_DELEGATION");
  auto claims = given.person_of("zoe");
  claims.set_delegation_id("fr");
  claims.set_delegation_confirmed(false);
  given.put(claims);
  const auto id = raise(given, "ana", "hall", kHand);
  given.when(of<v1::WithdrawRequest>(id)).by("ben").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(of<v1::WithdrawRequest>(id)).by("zoe").then_refused(v1::REFUSAL_CODE_UNCONFIRMED);
  given.when(of<v1::WithdrawRequest>(id)).by("abe").then_accepted();
}

TEST(Queue, Q8_SteppingBackGoesBehindTheNextNeverForward) {
  Hall hall;
  hall.given.when(of<v1::StepBack>(hall.a)).by("ben").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  hall.given.when(of<v1::StepBack>(hall.a)).by("ana").then_accepted();
  EXPECT_EQ(hall.queue(), (Ids{hall.b, hall.a, hall.c}));
  hall.given.when(of<v1::StepBack>(hall.a)).by("ana").then_accepted();
  EXPECT_EQ(hall.queue(), (Ids{hall.b, hall.c, hall.a}));
  hall.given.when(of<v1::StepBack>(hall.a)).by("ana").then_refused(v1::REFUSAL_CODE_ALREADY);
  // Who comes later still stands behind.
  const auto later = raise(hall.given, "abe", "hall", kHand);
  EXPECT_EQ(hall.queue(), (Ids{hall.b, hall.c, hall.a, later}));
  EXPECT_EQ(hall.given.request(hall.a).moved().by_person_id(), "ana");
}

TEST(Queue, Q8_SteppingBackPassesAHeldEntryAndStaysInItsBand) {
  Hall hall;
  hall.given.when(make<v1::HoldRequest>("request_id: '" + hall.b + "' held: true"))
      .by("chair")
      .then_accepted();
  hall.given.when(of<v1::StepBack>(hall.a)).by("ana").then_accepted();
  EXPECT_EQ(hall.queue(), (Ids{hall.b, hall.c, hall.a}));

  auto given = sample_session();
  const auto order = raise(given, "ana", "plenary", kOrder);
  raise(given, "ben", "plenary", kIntervention);
  given.when(of<v1::StepBack>(order)).by("ana").then_refused(v1::REFUSAL_CODE_ALREADY);
}

TEST(Queue, Q8_ModeratorsAloneMoveHoldAndRemove) {
  Hall hall;
  for (const auto* somebody : {"ana", "notes", "lead"}) {
    hall.given.when(move_of(hall.a)).by(somebody).then_refused(v1::REFUSAL_CODE_FORBIDDEN);
    hall.given.when(of<v1::HoldRequest>(hall.a))
        .by(somebody)
        .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
    hall.given.when(of<v1::RemoveRequest>(hall.a))
        .by(somebody)
        .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
    hall.given.when(make<v1::ClearQueue>("room_id: 'hall'"))
        .by(somebody)
        .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  }
  hall.given.when(of<v1::RemoveRequest>(hall.a)).by("chair").then_accepted();
  EXPECT_EQ(hall.queue(), (Ids{hall.b, hall.c}));
}

TEST(Queue, Q1_AMoveGoesBeforeAnotherOrToTheEndOfTheBand) {
  Hall hall;
  hall.given.when(move_of(hall.c, hall.b)).by("chair").at(7'000).then_accepted();
  EXPECT_EQ(hall.queue(), (Ids{hall.a, hall.c, hall.b}));
  EXPECT_EQ(hall.given.request(hall.c).moved().by_person_id(), "chair");
  EXPECT_EQ(hall.given.request(hall.c).moved().at_ms(), kStartMs + 7'000);
  hall.given.when(move_of(hall.c, hall.a)).by("chair").then_accepted();
  EXPECT_EQ(hall.queue(), (Ids{hall.c, hall.a, hall.b}));
  hall.given.when(move_of(hall.c)).by("chair").then_accepted();
  EXPECT_EQ(hall.queue(), (Ids{hall.a, hall.b, hall.c}));
  hall.given.when(move_of(hall.c)).by("chair").then_nothing();
  hall.given.when(move_of(hall.a, hall.b)).by("chair").then_nothing();
}

TEST(Queue, Q1_AMoveTakesTheBandOfTheEntryThatItIsPutBefore) {
  auto given = sample_session();
  const auto order = raise(given, "ana", "plenary", kOrder);
  const auto early = raise(given, "ben", "plenary", kIntervention);
  const auto late = raise(given, "joe", "plenary", kIntervention);
  given.when(move_of(late, order)).by("chair").then_accepted();
  EXPECT_EQ(given.queue("plenary"), (Ids{late, order, early}));
  EXPECT_EQ(given.request(late).band(), given.request(order).band());
  // The end of its band is now that of points of order.
  given.when(move_of(late)).by("chair").then_accepted();
  EXPECT_EQ(given.queue("plenary"), (Ids{order, late, early}));
  given.when(move_of(late, early)).by("chair").then_accepted();
  EXPECT_EQ(given.request(late).band(), given.request(early).band());
}

TEST(Queue, Q5_AMoveBesideAnEntryThatIsGoneIsStale) {
  Hall hall;
  hall.given.when(of<v1::RemoveRequest>(hall.b)).by("chair").then_accepted();
  hall.given.when(move_of(hall.c, hall.b))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_STALE, "before_request_id");
  hall.given.when(move_of(hall.b, hall.a))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_STALE, "request_id");
  hall.given.when(move_of(hall.a, hall.a)).by("chair").then_refused(v1::REFUSAL_CODE_BAD_FIELD);
  const auto elsewhere = raise(hall.given, "ana", "plenary", kIntervention);
  hall.given.when(move_of(hall.a, elsewhere))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_BAD_FIELD, "before_request_id");
  auto reasoned = move_of(hall.c, hall.a);
  reasoned.set_reason(std::string(core::kMaxNoteLength + 1, 'x'));
  hall.given.when(reasoned).by("chair").then_refused(v1::REFUSAL_CODE_BAD_FIELD, "reason");
}

TEST(Queue, Q1_ABandIsSpacedAnewWhenNoKeyIsLeft) {
  Hall hall;
  // The same gap is halved until nothing is left of it, several times over.
  for (int turn = 0; turn < 100; ++turn) {
    hall.given.when(move_of(hall.c, hall.b)).by("chair").then_accepted();
    ASSERT_EQ(hall.queue(), (Ids{hall.a, hall.c, hall.b})) << turn;
    hall.given.when(move_of(hall.b, hall.c)).by("chair").then_accepted();
    ASSERT_EQ(hall.queue(), (Ids{hall.a, hall.b, hall.c})) << turn;
  }
  for (int turn = 0; turn < 100; ++turn) {
    const auto first = hall.queue().front();
    hall.given.when(move_of(first)).by("chair").then_accepted();
    ASSERT_EQ(hall.queue().back(), first) << turn;
  }
  const auto order = hall.queue();
  const auto later = raise(hall.given, "abe", "hall", kHand);
  EXPECT_EQ(hall.queue(), (Ids{order[0], order[1], order[2], later}));
}

TEST(Queue, Q15_AnUndoFindsItsPlaceInABandThatWasSpacedAnew) {
  Hall hall;
  const auto d = raise(hall.given, "abe", "hall", kHand);
  hall.given.when(of<v1::RemoveRequest>(hall.b)).by("chair").then_accepted();
  // The gap at the end is halved until the band is spaced anew, more than once.
  for (int turn = 0; turn < 50; ++turn) {
    hall.given.when(move_of(hall.c)).by("chair").then_accepted();
    hall.given.when(move_of(d)).by("chair").then_accepted();
  }
  ASSERT_EQ(hall.queue(), (Ids{hall.a, hall.c, d}));
  undo(hall.given, v1::ACT_KIND_REMOVE);
  EXPECT_EQ(hall.queue(), (Ids{hall.a, hall.b, hall.c, d}));
}

TEST(Queue, Q8_AHeldEntryKeepsItsPlaceAndIsNotCalled) {
  Hall hall;
  const auto hold = make<v1::HoldRequest>("request_id: '" + hall.a + "' held: true");
  hall.given.when(hold).by("chair").then_accepted();
  hall.given.when(hold).by("chair").then_nothing();
  EXPECT_EQ(hall.queue(), (Ids{hall.a, hall.b, hall.c}));
  EXPECT_EQ(hall.place(hall.a), 0);
  EXPECT_EQ(hall.place(hall.b), 1);
  EXPECT_EQ(hall.place(hall.c), 2);
  hall.given.when(next_of("hall", "", hall.a)).by("chair").then_refused(v1::REFUSAL_CODE_STALE);
  hall.given.when(grant_of(hall.a)).by("chair").then_refused(v1::REFUSAL_CODE_HELD);
  hall.given.when(next_of("hall", "", hall.b)).by("chair").then_accepted();
  hall.given.when(of<v1::HoldRequest>(hall.a)).by("chair").then_accepted();
  EXPECT_EQ(hall.place(hall.a), 1);
}

TEST(Queue, Q8_ClearingTakesThePresentQueueOnly) {
  auto given = sample_session();
  raise(given, "ana", "plenary", kIntervention);
  raise(given, "ben", "plenary", kOrder);
  auto ahead = hand("plenary", kIntervention);
  ahead.set_item_id("i2");
  const auto inscribed = given.when(ahead).by("joe").then_accepted();
  given.when(make<v1::ClearQueue>("room_id: 'plenary'")).by("chair").then_accepted();
  EXPECT_EQ(given.queue("plenary"), Ids{});
  EXPECT_EQ(given.queue("plenary", "i2"), Ids{inscribed});
  given.when(make<v1::ClearQueue>("room_id: 'plenary'")).by("chair").then_nothing();
  given.when(make<v1::ClearQueue>("room_id: 'gone'"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_NOT_FOUND);
}

TEST(Queue, Q14_StaffAskSomebodyToBeNext) {
  Hall hall;
  const auto ask = of<v1::AskToBeNext>(hall.b);
  auto accept = of<v1::AnswerAsked>(hall.b);
  accept.set_accept(true);
  const auto decline = of<v1::AnswerAsked>(hall.b);
  hall.given.when(accept).by("ben").then_refused(v1::REFUSAL_CODE_STALE);
  hall.given.when(ask).by("ana").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  hall.given.when(ask).by("notes").then_accepted();
  hall.given.when(ask).by("chair").then_nothing();
  EXPECT_EQ(hall.given.request(hall.b).asked(), v1::ASKED_PENDING);
  hall.given.when(accept).by("ana").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  hall.given.when(decline).by("ben").then_accepted();
  EXPECT_EQ(hall.given.request(hall.b).asked(), v1::ASKED_DECLINED);
  hall.given.when(accept).by("ben").then_refused(v1::REFUSAL_CODE_STALE);
  hall.given.when(ask).by("chair").then_accepted();
  hall.given.when(accept).by("ben").then_accepted();
  hall.given.when(accept).by("ben").then_nothing();
  EXPECT_EQ(hall.given.request(hall.b).asked(), v1::ASKED_ACCEPTED);
  hall.given.when(ask).by("chair").then_refused(v1::REFUSAL_CODE_ALREADY);
  EXPECT_EQ(hall.queue(), (Ids{hall.a, hall.b, hall.c})) << "an answer moves nobody";
  hall.given.when(make<v1::HoldRequest>("request_id: '" + hall.c + "' held: true"))
      .by("chair")
      .then_accepted();
  hall.given.when(of<v1::AskToBeNext>(hall.c)).by("chair").then_refused(v1::REFUSAL_CODE_HELD);
}

TEST(Queue, Q17_InscriptionsJoinThePresentQueueOncePerHolder) {
  auto given = sample_session();
  auto ahead = hand("plenary", kIntervention);
  ahead.set_item_id("i2");
  const auto early = given.when(ahead).by("ana").then_accepted();
  const auto late = raise(given, "ana", "plenary", kIntervention);
  const auto present = raise(given, "ben", "plenary", kIntervention);
  const auto dropped = given.when(ahead).by("ben").then_accepted();
  const auto alone = given.when(ahead).by("joe").then_accepted();
  core::Context context;
  core::Draft draft(given.state(), context);
  const auto before = core::activate_inscriptions(draft, given.state(), "plenary", "i2");
  EXPECT_EQ(before.size(), 4U) << "three inscriptions, and the hand that one of them replaced";
  core::State state = given.state();
  core::apply(state, draft.finish().changes);
  const Given after(state);
  // ana's inscription stood before her hand, ben's behind his: the better place stays (Q4).
  EXPECT_EQ(after.queue("plenary"), (Ids{early, present, alone}));
  EXPECT_EQ(after.queue("plenary", "i2"), Ids{});
  EXPECT_EQ(state.request(late), nullptr);
  EXPECT_EQ(state.request(dropped), nullptr);
}

}  // namespace
}  // namespace plenary::test
