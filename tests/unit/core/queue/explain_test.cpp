// Why an entry stands where it stands (Q10).
#include <gtest/gtest.h>

#include <optional>

#include "core/queue/order.hpp"
#include "support/queue_steps.hpp"

namespace plenary::test {
namespace {

using namespace words;

v1::PlaceExplanation explain(const Given& given, const std::string& id, bool with_reason = false) {
  return core::explain_place(given.state(), given.request(id), with_reason);
}

std::optional<v1::PlaceReason> reason(const v1::PlaceExplanation& explanation,
                                      v1::PlaceReason::Kind kind) {
  for (const auto& found : explanation.reasons()) {
    if (found.kind() == kind) return found;
  }
  return std::nullopt;
}

// What stands before an entry is told, all of it and once.
void expect_whole(const v1::PlaceExplanation& explanation) {
  int sum = 1;
  for (const auto& found : explanation.reasons())
    sum += found.count();
  EXPECT_EQ(sum, explanation.place()) << explanation.ShortDebugString();
}

TEST(Explain, Q10_HigherBandsAndEarlierOnes) {
  auto given = sample_session();
  const auto first = raise(given, "ana", "plenary", kIntervention);
  const auto second = raise(given, "ben", "plenary", kIntervention);
  raise(given, "joe", "plenary", kOrder);
  raise(given, "zoe", "plenary", kOrder);
  const auto told = explain(given, second);
  EXPECT_EQ(told.place(), 4);
  ASSERT_TRUE(reason(told, v1::PlaceReason::KIND_HIGHER_BAND));
  EXPECT_EQ(reason(told, v1::PlaceReason::KIND_HIGHER_BAND)->count(), 2);
  EXPECT_EQ(reason(told, v1::PlaceReason::KIND_HIGHER_BAND)->request_kind(), kOrder);
  EXPECT_EQ(reason(told, v1::PlaceReason::KIND_EARLIER)->count(), 1);
  expect_whole(told);
  expect_whole(explain(given, first));
}

TEST(Explain, Q10_TheFirstOne) {
  auto given = sample_session();
  const auto only = raise(given, "ana", "plenary", kIntervention);
  const auto told = explain(given, only);
  ASSERT_EQ(told.reasons_size(), 1);
  EXPECT_EQ(told.reasons(0).kind(), v1::PlaceReason::KIND_FIRST);
}

TEST(Explain, Q10_MovedByTheChairAtItsTime) {
  auto given = sample_session();
  const auto first = raise(given, "ana", "plenary", kIntervention);
  const auto second = raise(given, "ben", "plenary", kIntervention);
  const auto third = raise(given, "joe", "plenary", kIntervention);
  auto move = move_of(third, first);
  move.set_reason("leaves early");
  given.when(move).by("chair").at(42'000).then_accepted();
  const auto told = reason(explain(given, third, true), v1::PlaceReason::KIND_MOVED);
  ASSERT_TRUE(told);
  EXPECT_EQ(told->person_name(), "Name of chair");
  EXPECT_EQ(told->at_ms(), kStartMs + 42'000);
  EXPECT_EQ(told->reason(), "leaves early");
  EXPECT_EQ(reason(explain(given, third), v1::PlaceReason::KIND_MOVED)->reason(), "")
      << "the reason is for staff and owner (P8)";
  const auto passed = explain(given, second);
  EXPECT_EQ(reason(passed, v1::PlaceReason::KIND_MOVED_BEFORE)->count(), 1);
  EXPECT_EQ(reason(passed, v1::PlaceReason::KIND_EARLIER)->count(), 1);
  expect_whole(passed);
}

TEST(Explain, Q10_MovedToTheEndAndIntoAnotherBand) {
  auto given = sample_session();
  const auto first = raise(given, "ana", "plenary", kIntervention);
  const auto second = raise(given, "ben", "plenary", kIntervention);
  const auto order = raise(given, "joe", "plenary", kOrder);
  const auto right = raise(given, "zoe", "plenary", kRightOfReply);
  given.when(move_of(first)).by("chair").then_accepted();
  const auto told = explain(given, first);
  EXPECT_EQ(reason(told, v1::PlaceReason::KIND_MOVED)->count(), 1) << "ben came later";
  expect_whole(told);
  given.when(move_of(right, order)).by("chair").then_accepted();
  const auto passed = explain(given, second);
  EXPECT_EQ(reason(passed, v1::PlaceReason::KIND_MOVED_BEFORE)->count(), 1)
      << "a right of reply is no point of order, wherever it stands";
  EXPECT_EQ(reason(passed, v1::PlaceReason::KIND_HIGHER_BAND)->count(), 1);
  expect_whole(passed);
}

TEST(Explain, P8_HeldEntriesCountInNobodysPlace) {
  auto given = sample_session();
  const auto first = raise(given, "ana", "plenary", kIntervention);
  const auto second = raise(given, "ben", "plenary", kIntervention);
  given.when(make<v1::HoldRequest>("request_id: '" + first + "' held: true"))
      .by("chair")
      .then_accepted();
  EXPECT_TRUE(reason(explain(given, first), v1::PlaceReason::KIND_HELD));
  EXPECT_EQ(explain(given, first).place(), 0);
  const auto told = explain(given, second);
  EXPECT_EQ(told.place(), 1);
  EXPECT_TRUE(reason(told, v1::PlaceReason::KIND_FIRST));
  expect_whole(told);
}

}  // namespace
}  // namespace plenary::test
