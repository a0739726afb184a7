// Q14, Q16: who speaks from a delegation's place, and who has been told.
#include <gtest/gtest.h>

#include "core/project.hpp"
#include "support/given.hpp"
#include "support/queue_steps.hpp"

namespace plenary::test {
namespace {

Given by_delegation() {
  Given given = sample_session().running("h1");
  return given.settings("hall", "holder: HOLDER_KIND_DELEGATION");
}

v1::Answer members(const Given& given, const std::string& request_id, std::string_view asker) {
  v1::Question question;
  question.mutable_list_members()->set_request_id(request_id);
  v1::Actor actor;
  actor.set_kind(v1::ACTOR_KIND_PERSON);
  actor.set_person_id(std::string(asker));
  return core::answer(given.state(), question, actor, {}, given.now_ms());
}

TEST(Speaker, Q16_MembersAndStaffSeeWhoMayBeNamed) {
  Given given = by_delegation();
  given.person("claims", "fr");
  v1::Person claims = given.person_of("claims");
  claims.set_delegation_confirmed(false);
  given.put(claims);
  const std::string place = raise(given, "ana", "hall", v1::REQUEST_KIND_HAND);
  for (const auto* asker : {"abe", "chair", "notes"}) {
    const v1::Answer answer = members(given, place, asker);
    ASSERT_EQ(answer.members().members_size(), 2) << asker;
    EXPECT_EQ(answer.members().members(0).person_id(), "abe");
    EXPECT_EQ(answer.members().members(1).name(), "Name of ana");
  }
  for (const auto* asker : {"ben", "claims", "lead"}) {
    EXPECT_EQ(members(given, place, asker).refusal().code(), v1::REFUSAL_CODE_FORBIDDEN) << asker;
  }
  const std::string own = raise(given, "zoe", "hall", v1::REQUEST_KIND_HAND);
  EXPECT_EQ(members(given, own, "chair").refusal().code(), v1::REFUSAL_CODE_NOT_FOUND);
}

TEST(Speaker, Q16_EveryMemberSeesTheHandAndWhoSpeaks) {
  Given given = by_delegation();
  const std::string place = raise(given, "ana", "hall", v1::REQUEST_KIND_HAND);
  v1::NameSpeaker name;
  name.set_request_id(place);
  name.set_person_id("abe");
  given.when(name).by("ana").then_accepted();
  for (const auto* member : {"ana", "abe"}) {
    const auto own = core::project_person(given.state(), member, given.now_ms());
    ASSERT_EQ(own.requests_size(), 1) << member;
    EXPECT_EQ(own.requests(0).speaker_person_id(), "abe");
    EXPECT_EQ(own.requests(0).speaker_name(), "Name of abe");
  }
  given.when(make<v1::WithdrawRequest>("request_id: '" + place + "'")).by("ana").then_accepted();
  EXPECT_TRUE(given.queue("hall").empty());
}

TEST(Speaker, Q14_ToldOncePerEntryBySpeakersPage) {
  Given given = by_delegation();
  const std::string place = raise(given, "ana", "hall", v1::REQUEST_KIND_HAND);
  v1::NoteToldNext told;
  told.set_request_id(place);
  given.when(told).by("abe").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(told).by("chair").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  EXPECT_FALSE(core::project_person(given.state(), "ana", 0).requests(0).told_next());
  given.when(told).by("ana").then_accepted();
  given.when(told).by("ana").then_nothing();  // her other device
  EXPECT_TRUE(core::project_person(given.state(), "ana", 0).requests(0).told_next());
  // Whoever is named then has not been told.
  v1::NameSpeaker name;
  name.set_request_id(place);
  name.set_person_id("abe");
  given.when(name).by("ana").then_accepted();
  EXPECT_FALSE(core::project_person(given.state(), "abe", 0).requests(0).told_next());
  given.when(told).by("abe").then_accepted();
  // Called, and back in the queue by an undo: it was told all the same.
  grant(given, place);
  given.when(told).by("abe").then_refused(v1::REFUSAL_CODE_STALE);
  undo(given, v1::ACT_KIND_GRANT);
  EXPECT_TRUE(given.request(place).told_next());
}

}  // namespace
}  // namespace plenary::test
