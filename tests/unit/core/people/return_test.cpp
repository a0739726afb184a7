// P7: coming back on another device with a pass that a moderator shows.
#include <gtest/gtest.h>

#include "core/project.hpp"
#include "support/given.hpp"
#include "support/queue_steps.hpp"

namespace plenary::test {
namespace {

v1::OfferReturn offer(std::string_view person, std::string_view pass, std::string_view more = {}) {
  auto command = make<v1::OfferReturn>(more);
  command.set_person_id(std::string(person));
  command.set_return_id(std::string(pass));
  command.set_expires_at_ms(kStartMs + 600'000);
  return command;
}

v1::EnterSession come_back(std::string_view key, std::string_view pass) {
  v1::EnterSession command;
  command.set_person_id(std::string(key));
  command.set_return_id(std::string(pass));
  return command;
}

v1::EnterSession by_code(std::string_view key) {
  auto command = make<v1::EnterSession>("name: 'Somebody'");
  command.set_person_id(std::string(key));
  return command;
}

TEST(Return, P7_ThePassLeadsToThePersonAndBindsTheBrowsersKey) {
  Given given = sample_session().running("i1");
  given.waiting("r1", "ana", "plenary", v1::REQUEST_KIND_INTERVENTION, 1);
  EXPECT_EQ(given.when(offer("ana", "pass")).by("chair").then_accepted(), "ana");
  const int present = given.state().people_present();
  EXPECT_EQ(given.when(come_back("phone", "pass")).by_edge().then_accepted(), "ana");
  EXPECT_EQ(given.state().people_present(), present);
  EXPECT_EQ(given.state().who_is("phone")->id(), "ana");
  EXPECT_EQ(given.person_of("ana").token_generation(), 0);
  // The browser comes by the code later, and is still the same person (P1); so is the old one.
  EXPECT_EQ(given.when(by_code("phone")).by_edge().then_accepted(), "ana");
  EXPECT_EQ(given.when(by_code("ana")).by_edge().then_accepted(), "ana");
  // What either device sends, the person does.
  given.when(make<v1::WithdrawRequest>("request_id: 'r1'")).by("phone").then_accepted();
  EXPECT_TRUE(given.queue("plenary").empty());
}

TEST(Return, P7_APassIsUsedOnceAndForAWhile) {
  Given given = sample_session();
  given.when(offer("ana", "pass")).by("chair").then_accepted();
  given.when(come_back("phone", "other"))
      .by_edge()
      .then_refused(v1::REFUSAL_CODE_UNKNOWN_TOKEN, "return_id");
  given.when(come_back("phone", "pass")).by_edge().at(1'000).then_accepted();
  // The answer was lost: the same browser asks again.
  given.when(come_back("phone", "pass")).by_edge().at(2'000).then_nothing();
  given.when(come_back("thief", "pass"))
      .by_edge()
      .then_refused(v1::REFUSAL_CODE_IN_USE, "return_id");
  given.when(come_back("phone", "pass"))
      .by_edge()
      .at(600'000)
      .then_refused(v1::REFUSAL_CODE_UNKNOWN_TOKEN);
  // A new pass takes the place of the one before.
  auto first = offer("ana", "first");
  first.set_expires_at_ms(kStartMs + 900'000);
  auto second = first;
  second.set_return_id("second");
  given.when(first).by("chair").then_accepted();
  given.when(second).by("chair").then_accepted();
  given.when(come_back("tablet", "first")).by_edge().then_refused(v1::REFUSAL_CODE_UNKNOWN_TOKEN);
  given.when(come_back("tablet", "second")).by_edge().then_accepted();
}

TEST(Return, P7_OldDevicesAreRevokedIfThePassSaysSo) {
  Given given = sample_session();
  given.when(offer("ana", "one")).by("chair").then_accepted();
  given.when(come_back("tablet", "one")).by_edge().then_accepted();
  given.when(offer("ana", "two", "revokes_devices: true")).by("chair").then_accepted();
  EXPECT_EQ(given.person_of("ana").token_generation(), 0);  // not before somebody has come back
  given.when(come_back("phone", "two")).by_edge().then_accepted();
  EXPECT_EQ(given.person_of("ana").token_generation(), 1);
  EXPECT_EQ(given.person_of("tablet").token_generation(), 1);
  // Nor do the old browsers come in again by the code: their keys are known.
  for (const auto* key : {"ana", "tablet"}) {
    given.when(by_code(key)).by_edge().then_refused(v1::REFUSAL_CODE_UNKNOWN_TOKEN);
  }
  given.when(by_code("phone")).by_edge().then_nothing();
  // Unless the old one comes back itself.
  given.when(offer("ana", "three")).by("chair").then_accepted();
  given.when(come_back("ana", "three")).by_edge().then_accepted();
  given.when(by_code("ana")).by_edge().then_nothing();
  // Whom an outside issuer names is named by a subject, not by a browser.
  auto outside = by_code("tablet");
  outside.mutable_vouched()->set_role(v1::ROLE_PARTICIPANT);
  given.when(outside).by_edge().then_accepted();
}

TEST(Return, P7_OfferedByWhoeverCouldGiveWhatItGives) {
  Given given = sample_session();
  given.when(offer("ana", "pass")).by("ben").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(offer("ana", "pass")).by("notes").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(offer("ana", "pass")).by("lead").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  for (const auto* person : {"ana", "chair", "notes"}) {
    given.when(make<v1::EnterRoom>("room_id: 'lab'")).by(person).then_accepted();
  }
  given.when(offer("ana", "pass")).by("lead").then_accepted();
  // Present in the lab, but with roles that its moderator could not give.
  given.when(offer("chair", "x")).by("lead").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(offer("notes", "x")).by("lead").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(offer("ben", "pass")).by("chair").then_refused(v1::REFUSAL_CODE_ALREADY, "return_id");
  given.when(offer("gone", "x")).by("chair").then_refused(v1::REFUSAL_CODE_NOT_FOUND);
  auto over = offer("ben", "x");
  over.set_expires_at_ms(kStartMs);
  given.when(over).by("chair").then_refused(v1::REFUSAL_CODE_BAD_FIELD, "expires_at_ms");
}

TEST(Return, P7_ARemovedPersonDoesNotComeBack) {
  Given given = sample_session();
  given.when(offer("ana", "pass")).by("chair").then_accepted();
  given.when(make<v1::RemovePerson>("person_id: 'ana'")).by("chair").then_accepted();
  given.when(come_back("phone", "pass")).by_edge().then_refused(v1::REFUSAL_CODE_UNKNOWN_TOKEN);
}

TEST(Return, P7_AKeyThatIsSomebodysStaysTheirs) {
  Given given = sample_session();
  given.when(offer("ana", "pass")).by("chair").then_accepted();
  EXPECT_EQ(given.when(come_back("ben", "pass")).by_edge().then_accepted(), "ana");
  EXPECT_FALSE(given.person_of("ben").removed());
  EXPECT_EQ(given.when(by_code("ben")).by_edge().then_accepted(), "ben");
}

TEST(Return, P7_WhomStaffWroteDownGetsADeviceByIt) {
  Given given = sample_session().running("h1");
  const std::string elder = given.when(make<v1::AddPerson>("name: 'Elder' delegation_id: 'jp'"))
                                .by("chair")
                                .then_accepted();
  given.when(offer(elder, "pass")).by("chair").then_accepted();
  EXPECT_EQ(given.when(come_back("phone", "pass")).by_edge().then_accepted(), elder);
  EXPECT_FALSE(given.person_of(elder).without_device());
  given.when(make<v1::RequestFloor>("room_id: 'hall' kind: REQUEST_KIND_HAND"))
      .by("phone")
      .then_accepted();
  EXPECT_EQ(given.request(given.queue("hall")[0]).speaker_person_id(), elder);
}

}  // namespace
}  // namespace plenary::test
