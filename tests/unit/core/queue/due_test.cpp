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
  EXPECT_EQ(due(given), (Ids{"ana", "ben"}));
}

TEST(Due, P6_AHandUpTakesNobodysSlot) {
  auto given = item_with_names();
  raise(given, "joe", "plenary", kIntervention);
  raise(given, "ana", "plenary", kIntervention);
  EXPECT_EQ(due(given), (Ids{"ana", "ben"}));
}

TEST(Due, Q8_WhoseHandIsHeldIsNotForAnybody) {
  auto given = item_with_names();
  v1::HoldRequest hold;
  hold.set_request_id(raise(given, "ana", "plenary", kIntervention));
  hold.set_held(true);
  given.when(hold).by("chair").then_accepted();
  EXPECT_EQ(due(given, kStaff), Ids{"ben"});
  EXPECT_EQ(due(given), Ids{"ben"});
  raise(given, "ana", "plenary", kOrder);  // another hand, which can be called
  EXPECT_EQ(due(given), (Ids{"ana", "ben"}));
  given.waiting("r2", "ben", "hall", kHand, 1);  // elsewhere
  EXPECT_EQ(due(given), (Ids{"ana", "ben"}));
}

TEST(Due, P8_WhereNamesAreHiddenItTellsNobodyWhoSpoke) {
  auto given = item_with_names().settings("plenary", "names_hidden: true");
  const auto hand = raise(given, "ana", "plenary", kIntervention);
  EXPECT_EQ(due(given), (Ids{"ana", "ben"}));
  EXPECT_EQ(due(given, kStaff), (Ids{"ana", "ben"}));
  grant(given, hand);
  EXPECT_TRUE(due(given).empty());
  EXPECT_EQ(due(given, kStaff), Ids{"ben"});
}

v1::GrantFloor grant_to(std::string_view person_id, std::string_view seen_speech_id = {}) {
  auto command = make<v1::GrantFloor>("room_id: 'plenary' kind: REQUEST_KIND_INTERVENTION");
  command.set_person_id(std::string(person_id));
  command.set_seen_speech_id(std::string(seen_speech_id));
  return command;
}

TEST(Due, P6_TheFloorIsGivenWithoutAHandAndUndoneWithoutOne) {
  auto given = item_with_names();
  const auto speech = given.when(grant_to("ana")).by("chair").then_accepted();
  EXPECT_EQ(given.room("plenary").current_speech_id(), speech);
  EXPECT_EQ(given.speech(speech).person_id(), "ana");
  EXPECT_EQ(given.speech(speech).kind(), kIntervention);
  EXPECT_EQ(given.speech(speech).delegation_id(), "fr");
  EXPECT_TRUE(given.queue("plenary").empty());
  EXPECT_EQ(due(given), Ids{"ben"});
  undo(given, v1::ACT_KIND_GRANT);
  EXPECT_TRUE(given.queue("plenary").empty());
  EXPECT_EQ(due(given), (Ids{"ana", "ben"}));
}

TEST(Due, P6_AHandThatIsUpIsTaken) {
  auto given = item_with_names();
  raise(given, "joe", "plenary", kIntervention);
  const auto hand = raise(given, "ana", "plenary", kIntervention);
  given.when(grant_to("ana")).by("chair").then_accepted();
  EXPECT_EQ(given.queue("plenary").size(), 1u);
  undo(given, v1::ACT_KIND_GRANT);
  EXPECT_EQ(given.queue("plenary").back(), hand);
}

TEST(Due, Q5_TheFloorOfSomebodyNamedIsGivenAsItWasSeen) {
  auto given = item_with_names();
  given.when(grant_to("ben")).by("ana").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(grant_to("nobody")).by("chair").then_refused(v1::REFUSAL_CODE_NOT_FOUND, "person_id");
  given.when(grant_to("")).by("chair").then_refused(v1::REFUSAL_CODE_NOT_FOUND, "person_id");
  auto unknown = grant_to("ben");
  unknown.set_kind(kTopic);
  given.when(unknown).by("chair").then_refused(v1::REFUSAL_CODE_KIND_NOT_OFFERED, "kind");
  unknown.set_room_id("nowhere");
  given.when(unknown).by("chair").then_refused(v1::REFUSAL_CODE_NOT_FOUND, "room_id");
  const auto speech = given.when(grant_to("ana")).by("chair").then_accepted();
  given.when(grant_to("ben")).by("chair").then_refused(v1::REFUSAL_CODE_STALE, "seen_speech_id");
  given.when(grant_to("ben", speech)).by("chair").then_accepted();
  v1::HoldRequest hold;
  hold.set_request_id(raise(given, "joe", "plenary", kIntervention));
  hold.set_held(true);
  given.when(hold).by("chair").then_accepted();
  const auto now = given.room("plenary").current_speech_id();
  given.when(grant_to("joe", now)).by("chair").then_refused(v1::REFUSAL_CODE_HELD, "person_id");
  given.phase(v1::SESSION_PHASE_PAUSED);
  given.when(grant_to("ben", now)).by("chair").then_refused(v1::REFUSAL_CODE_PAUSED);
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
