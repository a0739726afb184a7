// P2, P4, P6, P9: what staff do about people, and where people are.
#include <gtest/gtest.h>

#include "core/project.hpp"
#include "core/rights.hpp"
#include "support/given.hpp"

namespace plenary::test {
namespace {

TEST(People, P2_RolesAreGivenAndTakenByModeratorsOfTheScope) {
  Given given = sample_session();
  const auto for_lab =
      make<v1::GrantRole>("person_id: 'ana' grant { role: ROLE_NOTE_TAKER room_id: 'lab' }");
  const auto for_all = make<v1::GrantRole>("person_id: 'ana' grant { role: ROLE_MODERATOR }");
  given.when(for_lab).by("ben").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(for_lab).by("notes").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(for_all).by("lead").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(for_lab).by("lead").then_accepted();
  given.when(for_lab).by("lead").then_nothing();
  EXPECT_TRUE(core::is_staff(given.state(), "ana", "lab"));
  EXPECT_FALSE(core::is_staff(given.state(), "ana", "plenary"));
  EXPECT_FALSE(core::is_moderator(given.state(), "ana", "lab"));
  given
      .when(make<v1::RevokeRole>("person_id: 'ana' grant { role: ROLE_NOTE_TAKER room_id: 'lab' }"))
      .by("lead")
      .then_accepted();
  EXPECT_EQ(core::audience_of(given.state(), "ana"), v1::AUDIENCE_EVERYONE);
  for (const auto* role : {"ROLE_DISPLAY", "ROLE_PARTICIPANT"}) {
    given.when(make<v1::GrantRole>(std::string("person_id: 'ana' grant { role: ") + role + " }"))
        .by("chair")
        .then_refused(v1::REFUSAL_CODE_BAD_FIELD, "grant.role");
  }
}

TEST(People, P2_ThePlenarysModeratorsModerateEveryRoom) {
  Given given = sample_session();
  given.person("deputy", {}, {"moderator:plenary"}).person("scribe", {}, {"note_taker:plenary"});
  for (const auto* room : {"plenary", "lab", "hall", ""}) {
    EXPECT_TRUE(core::is_moderator(given.state(), "chair", room)) << room;
    EXPECT_TRUE(core::is_moderator(given.state(), "deputy", room)) << room;
    EXPECT_TRUE(core::is_staff(given.state(), "notes", room)) << room;
    EXPECT_FALSE(core::is_moderator(given.state(), "notes", room)) << room;
  }
  EXPECT_TRUE(core::is_staff(given.state(), "scribe", "plenary"));
  EXPECT_FALSE(core::is_staff(given.state(), "scribe", "lab"));
  EXPECT_FALSE(core::is_moderator(given.state(), "lead", "plenary"));
}

TEST(People, P2_TheChairIsHandedOverButNotDropped) {
  Given given = sample_session();
  const auto drop = make<v1::RevokeRole>("person_id: 'chair' grant { role: ROLE_MODERATOR }");
  given.when(drop).by("chair").then_refused(v1::REFUSAL_CODE_IN_USE);
  given.when(make<v1::RemovePerson>("person_id: 'chair'"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_IN_USE);
  given.when(make<v1::GrantRole>("person_id: 'ana' grant { role: ROLE_MODERATOR }"))
      .by("chair")
      .then_accepted();
  given.when(drop).by("ana").then_accepted();
  given.when(v1::PauseSession()).by("chair").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(make<v1::RevokeRole>("person_id: 'ana' grant { role: ROLE_MODERATOR }"))
      .by_organizer()
      .then_accepted();
}

TEST(People, P4_ARemovedPersonLosesHandsRolesFloorAndToken) {
  Given given = sample_session().running("i1").running("h1");
  given.settings("hall", "holder: HOLDER_KIND_DELEGATION");
  given
      .when(make<v1::CreateInvitation>(
          "invitation_id: 'own' role: ROLE_MODERATOR room_id: 'lab' personal: true"))
      .by("chair")
      .then_accepted();
  given.when(make<v1::EnterSession>("person_id: 'ana' name: 'Ana' invitation_id: 'own'"))
      .by_edge()
      .then_accepted();
  given.when(make<v1::RequestFloor>("room_id: 'hall' kind: REQUEST_KIND_HAND"))
      .by("ana")
      .then_accepted();
  given.waiting("r1", "ana", "plenary", v1::REQUEST_KIND_INTERVENTION, 1);
  given.waiting("r2", "ana", "plenary", v1::REQUEST_KIND_RIGHT_OF_REPLY, 2);
  const std::string speech =
      given.when(make<v1::GrantFloor>("request_id: 'r1'")).by("chair").then_accepted();
  const auto remove = make<v1::RemovePerson>("person_id: 'ana'");
  given.when(remove).by("lead").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(remove).by("chair").at(4'000).then_accepted();
  EXPECT_TRUE(given.person_of("ana").removed());
  EXPECT_EQ(given.person_of("ana").token_generation(), 1);
  EXPECT_EQ(given.person_of("ana").grants_size(), 0);
  EXPECT_TRUE(given.queue("plenary").empty());
  // The place of the delegation is the delegation's: its other member has it now (Q16).
  ASSERT_EQ(given.queue("hall").size(), 1U);
  EXPECT_EQ(given.request(given.queue("hall")[0]).speaker_person_id(), "abe");
  EXPECT_EQ(given.speech(speech).state(), v1::SPEECH_STATE_ENDED);
  EXPECT_EQ(given.room("plenary").current_speech_id(), "");
  EXPECT_TRUE(given.state().invitation("own")->revoked());
  given.when(make<v1::RequestFloor>("room_id: 'hall' kind: REQUEST_KIND_HAND"))
      .by("ana")
      .then_refused(v1::REFUSAL_CODE_REMOVED);
  given.when(make<v1::EnterSession>("person_id: 'ana' name: 'Ana'"))
      .by_edge()
      .then_refused(v1::REFUSAL_CODE_REMOVED);
  given.when(remove).by("chair").then_refused(v1::REFUSAL_CODE_NOT_FOUND);
  given.when(make<v1::RemovePerson>("person_id: 'abe'")).by("chair").then_accepted();
  EXPECT_TRUE(given.queue("hall").empty());
}

TEST(People, P4_ANewNameAndDelegationCountFromTheNextSpeech) {
  Given given = sample_session().running("i1");
  given.waiting("r1", "ana", "plenary", v1::REQUEST_KIND_INTERVENTION, 1);
  const std::string speech =
      given.when(make<v1::GrantFloor>("request_id: 'r1'")).by("chair").then_accepted();
  const auto change = make<v1::ChangePerson>("person_id: 'ana' name: 'Anna' delegation_id: 'de'");
  given.when(change).by("ana").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(change).by("lead").then_refused(v1::REFUSAL_CODE_FORBIDDEN);  // she is not in the lab
  given.when(change).by("chair").then_accepted();
  EXPECT_EQ(given.speech(speech).name(), "Name of ana");
  EXPECT_EQ(given.speech(speech).delegation_id(), "fr");
  EXPECT_EQ(given.person_of("ana").name(), "Anna");
  EXPECT_TRUE(given.person_of("ana").delegation_confirmed());
  given.when(make<v1::EnterRoom>("room_id: 'lab'")).by("ana").then_accepted();
  given.when(make<v1::ChangePerson>("person_id: 'ana' name: 'Ann' delegation_id: 'de'"))
      .by("lead")
      .then_accepted();
}

TEST(People, P4_AMutedPersonRaisesNothing) {
  Given given = sample_session().running("h1");
  const auto mute = make<v1::MutePerson>("person_id: 'ana' muted: true");
  given.when(mute).by("notes").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(mute).by("chair").then_accepted();
  given.when(mute).by("chair").then_nothing();
  given.when(make<v1::RequestFloor>("room_id: 'hall' kind: REQUEST_KIND_HAND"))
      .by("ana")
      .then_refused(v1::REFUSAL_CODE_MUTED);
}

TEST(People, P6_StaffWriteDownAPersonWithoutDeviceAndNobodyEntersAsOne) {
  Given given = sample_session().running("h1");
  const auto add = make<v1::AddPerson>("name: 'Elder' delegation_id: 'jp' room_id: 'hall'");
  given.when(add).by("ana").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(add).by("lead").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  const int present = given.state().people_present();
  const std::string id = given.when(add).by("notes").then_accepted();
  EXPECT_TRUE(given.person_of(id).without_device());
  EXPECT_EQ(given.state().people_present(), present);
  v1::RequestFloor hand = make<v1::RequestFloor>("room_id: 'hall' kind: REQUEST_KIND_HAND");
  hand.set_for_person_id(id);
  const std::string request = given.when(hand).by("notes").then_accepted();
  EXPECT_EQ(given.request(request).speaker_person_id(), id);
  EXPECT_EQ(given.request(request).raised_by_person_id(), "notes");
  v1::EnterSession enter = make<v1::EnterSession>("name: 'Thief'");
  enter.set_person_id(id);
  given.when(enter).by_edge().then_refused(v1::REFUSAL_CODE_UNKNOWN_TOKEN);
}

TEST(People, P9_OnePlaceAtATimeAndAHandElsewhereStays) {
  Given given = sample_session().running("i1");
  given.waiting("r1", "ana", "plenary", v1::REQUEST_KIND_INTERVENTION, 1);
  given.when(make<v1::EnterRoom>("room_id: 'lab'")).by("ana").then_accepted();
  given.when(make<v1::EnterRoom>("room_id: 'lab'")).by("ana").then_nothing();
  given.when(make<v1::EnterRoom>("room_id: 'x'"))
      .by("ana")
      .then_refused(v1::REFUSAL_CODE_NOT_FOUND);
  EXPECT_EQ(given.person_of("ana").room_id(), "lab");
  EXPECT_EQ(given.queue("plenary"), std::vector<std::string>{"r1"});
  const core::ViewPart plenary{core::ViewPart::Kind::room, "plenary"};
  const auto staff = core::project(v1::AUDIENCE_STAFF, given.state(), plenary);
  const auto everyone = core::project(v1::AUDIENCE_EVERYONE, given.state(), plenary);
  EXPECT_EQ(staff.at(1).entry().present_room_id(), "lab");
  EXPECT_EQ(everyone.at(1).entry().present_room_id(), "");
  // The call reaches them there.
  given.when(make<v1::GrantFloor>("request_id: 'r1'")).by("chair").then_accepted();
  const auto own = core::project_person(given.state(), "ana", given.now_ms());
  ASSERT_EQ(own.floors_size(), 1);
  EXPECT_EQ(own.floors(0).room_id(), "plenary");
}

TEST(People, AttendanceIsNotedByTheSystemAlone) {
  Given given = sample_session();
  const auto seen = make<v1::NoteSeen>("person_ids: 'ana' person_ids: 'gone'");
  given.when(seen).by("chair").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  const auto decided = given.when(seen).by_system().at(60'000).decision();
  ASSERT_TRUE(decided);
  EXPECT_LT(decided->changes.ByteSizeLong(), 30U) << "no whole person in the log every minute";
  given.when(seen).by_system().then_accepted();
  EXPECT_EQ(given.state().last_seen_ms("ana"), kStartMs + 60'000);
  EXPECT_EQ(given.state().last_seen_ms("ben"), 0);
}

}  // namespace
}  // namespace plenary::test
