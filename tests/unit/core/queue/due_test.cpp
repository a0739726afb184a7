// P6, P8: who is due, whom everybody sees to be next when an item begins.
#include "core/queue/due.hpp"

#include <gtest/gtest.h>

#include "core/project.hpp"
#include "support/queue_steps.hpp"

namespace plenary::test {
namespace {

using namespace words;

constexpr auto kEveryone = v1::AUDIENCE_EVERYONE;
constexpr auto kStaff = v1::AUDIENCE_STAFF;

// i1 names ana, ben and ana once more; i2 names ana; both have time to run.
Given item_with_names() {
  Given given = sample_session();
  given.item("i1", "plenary",
             "speakers { name: 'Ana' person_id: 'ana' } speakers { name: 'Ben' person_id: 'ben' } "
             "speakers { name: 'Ana' person_id: 'ana' } speakers { name: 'Nobody yet' }");
  given.item("i2", "plenary", "speakers { name: 'Ana' person_id: 'ana' }");
  return given.running("i1");
}

Ids due(const Given& given, v1::Audience audience = kEveryone) {
  return core::due_person_ids(audience, given.state(), given.room("plenary"));
}

bool unspoken(const Given& given) {
  return core::is_unspoken(given.state(), given.room("plenary"));
}

TEST(Due, P6_AreThoseOfTheCurrentItemOnceEachUntilTheyHadTheFloor) {
  EXPECT_TRUE(due(sample_session()).empty());
  EXPECT_FALSE(unspoken(sample_session()));  // no item
  auto given = item_with_names();
  EXPECT_EQ(due(given), (Ids{"ana", "ben"}));
  EXPECT_TRUE(unspoken(given));
  const auto speech = grant(given, raise(given, "ana", "plenary", kIntervention));
  EXPECT_EQ(due(given), Ids{"ben"});
  EXPECT_FALSE(unspoken(given));
  given.when(of<v1::EndSpeech>(speech)).by("chair").at(60'000).then_accepted();
  EXPECT_EQ(due(given), Ids{"ben"});
  EXPECT_FALSE(unspoken(given));
  // In the next item she is due once more; back in this one she is not.
  v1::StartItem start;
  start.set_item_id("i2");
  start.set_seen_run_id(given.room("plenary").current_run_id());
  given.when(start).by("chair").at(90'000).then_accepted();
  EXPECT_EQ(due(given), Ids{"ana"});
  EXPECT_TRUE(unspoken(given));
  start.set_item_id("i1");
  start.set_seen_run_id(given.room("plenary").current_run_id());
  given.when(start).by("chair").at(120'000).then_accepted();
  EXPECT_EQ(due(given), Ids{"ben"});
  EXPECT_FALSE(unspoken(given));
}

TEST(Due, Q15_AFloorGivenByMistakeIsNone) {
  auto given = item_with_names();
  grant(given, raise(given, "ana", "plenary", kIntervention));
  undo(given, v1::ACT_KIND_GRANT);
  EXPECT_TRUE(unspoken(given));
  EXPECT_EQ(due(given), Ids{"ben"});  // her hand stands in the queue again
}

TEST(Due, P6_WhoWaitsInTheRoomIsInItsQueueInstead) {
  auto given = item_with_names();
  given.waiting("r1", "ben", "plenary", kIntervention, 1);
  EXPECT_EQ(due(given), Ids{"ana"});
  given.waiting("r2", "ana", "hall", kHand, 1);  // elsewhere
  EXPECT_EQ(due(given), Ids{"ana"});
}

TEST(Due, P8_EveryoneDoesNotReadWhomTheChairHolds) {
  auto given = item_with_names();
  given.waiting("r1", "ben", "plenary", kIntervention, 1);
  v1::Request held = given.request("r1");
  held.set_held(true);
  given.put(held);
  EXPECT_EQ(due(given, kStaff), Ids{"ana"});
  EXPECT_EQ(due(given), (Ids{"ana", "ben"}));
}

TEST(Due, P8_WhereNamesAreHiddenItTellsNobodyWhoSpeaksOrWaits) {
  auto given = item_with_names().settings("plenary", "names_hidden: true");
  const auto hand = raise(given, "ana", "plenary", kIntervention);
  EXPECT_EQ(due(given), (Ids{"ana", "ben"}));
  EXPECT_EQ(due(given, kStaff), Ids{"ben"});
  grant(given, hand);
  EXPECT_TRUE(due(given).empty());
  EXPECT_EQ(due(given, kStaff), Ids{"ben"});
}

TEST(Due, S2_NobodyInABreakNorWhoHasLeftTheSession) {
  auto given = item_with_names();
  given.when(make<v1::RemovePerson>("person_id: 'ana'")).by("chair").then_accepted();
  EXPECT_EQ(due(given), Ids{"ben"});
  v1::AgendaItem coffee = given.item("i1");
  coffee.set_kind(v1::ITEM_KIND_BREAK);
  given.put(coffee);
  EXPECT_TRUE(due(given).empty());
}

TEST(Due, P6_TheRoomsViewHasThemAndIsMadeAnewWhenOneIsRemoved) {
  auto given = item_with_names();
  const core::ViewPart part{core::ViewPart::Kind::room, "plenary"};
  const auto view = core::project(kEveryone, given.state(), part);
  ASSERT_FALSE(view.empty());
  EXPECT_TRUE(view.front().room().item_unspoken());
  EXPECT_EQ(view.front().room().due_person_ids_size(), 2);
  const auto removal = make<v1::RemovePerson>("person_id: 'ana'");
  const auto decided = given.when(removal).by("chair").decision();
  ASSERT_TRUE(decided.has_value());
  EXPECT_TRUE(core::touched_parts(given.state(), decided->changes).contains(part));
}

}  // namespace
}  // namespace plenary::test
