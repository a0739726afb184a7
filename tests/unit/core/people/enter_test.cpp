// P1, P2, P4, P5: coming in.
#include <gtest/gtest.h>

#include "core/limits.hpp"
#include "core/project.hpp"
#include "support/given.hpp"

namespace plenary::test {
namespace {

v1::EnterSession enter(std::string_view id, std::string_view more = {}) {
  auto command = make<v1::EnterSession>(more);
  command.set_person_id(std::string(id));
  if (command.name().empty()) command.set_name("Somebody");
  return command;
}

Given with_entry(v1::EntryPolicy entry) {
  Given given = sample_session();
  v1::Session session = given.session();
  session.set_entry(entry);
  return given.put(session);
}

// Creates an invitation as the chair would.
void invite(Given& given, std::string_view id, std::string_view more) {
  auto command = make<v1::CreateInvitation>(more);
  command.set_invitation_id(std::string(id));
  EXPECT_EQ(given.when(command).by("chair").then_accepted(), id);
}

TEST(Enter, P1_EnteringTwiceIsOnePerson) {
  Given given = sample_session();
  const auto first = enter("p", "name: ' Ada ' delegation_id: 'fr'");
  EXPECT_EQ(given.when(first).by_edge().at(100).then_accepted(), "p");
  const v1::Person& person = given.person_of("p");
  EXPECT_EQ(person.name(), "Ada");
  EXPECT_EQ(person.delegation_id(), "fr");
  EXPECT_EQ(person.room_id(), "plenary");
  EXPECT_TRUE(person.admitted());
  EXPECT_EQ(person.entered_at_ms(), kStartMs + 100);
  given.when(first).by_edge().at(200).then_nothing();
  given.when(enter("p", "name: 'Other' delegation_id: 'de'")).by_edge().then_nothing();
  EXPECT_EQ(given.when(first).by_edge().then_accepted(), "p");  // the reply names the same person
}

TEST(Enter, P1_OnlyTheEdgeLetsIn) {
  Given given = sample_session();
  given.when(enter("p")).by("chair").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(enter("p")).by_organizer().then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(enter("p/q")).by_edge().then_refused(v1::REFUSAL_CODE_BAD_FIELD, "person_id");
  given.when(enter("p", "name: '\\302\\240'"))
      .by_edge()
      .then_refused(v1::REFUSAL_CODE_BAD_FIELD, "name");
}

TEST(Enter, P2_NothingThatAPersonSaysRaisesARole) {
  Given given = sample_session();
  given.when(enter("p", "name: 'moderator'")).by_edge().then_accepted();
  EXPECT_EQ(core::audience_of(given.state(), "p"), v1::AUDIENCE_EVERYONE);
  given.when(make<v1::GrantRole>("person_id: 'p' grant { role: ROLE_MODERATOR }"))
      .by("p")
      .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
}

TEST(Enter, P2_AnInvitationGivesItsRoleAndTakesItAlong) {
  Given given = sample_session();
  invite(given, "mod", "role: ROLE_MODERATOR room_id: 'lab'");
  given.when(enter("p", "invitation_id: 'mod'")).by_edge().then_accepted();
  EXPECT_EQ(given.person_of("p").room_id(), "lab");
  EXPECT_EQ(core::audience_of(given.state(), "p"), v1::AUDIENCE_STAFF);
  given.when(make<v1::StartItem>("item_id: 'w1'")).by("p").then_accepted();
  // Somebody who is here already opens the link, and stays the same person.
  given.when(enter("ana", "invitation_id: 'mod'")).by_edge().then_accepted();
  EXPECT_EQ(given.person_of("ana").delegation_id(), "fr");
  given.when(make<v1::Announce>("room_id: 'lab' text: 'hello'")).by("ana").then_accepted();
  given.when(make<v1::GrantRole>("person_id: 'ana' grant { role: ROLE_NOTE_TAKER }"))
      .by("chair")
      .then_accepted();
  const auto revoke = make<v1::RevokeInvitation>("invitation_id: 'mod'");
  given.when(revoke).by("ben").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(revoke).by("chair").then_accepted();
  EXPECT_EQ(given.person_of("p").grants_size(), 0);
  ASSERT_EQ(given.person_of("ana").grants_size(), 1);  // what a moderator gave stays
  EXPECT_EQ(given.person_of("ana").grants(0).role(), v1::ROLE_NOTE_TAKER);
  given.when(make<v1::Announce>("room_id: 'lab' text: 'x'"))
      .by("p")
      .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(enter("q", "invitation_id: 'mod'"))
      .by_edge()
      .then_refused(v1::REFUSAL_CODE_UNKNOWN_TOKEN);
  given.when(revoke).by("chair").then_nothing();
}

TEST(Enter, P2_AnInvitationThatIsNotGoodIsAnUnknownToken) {
  Given given = sample_session();
  invite(given, "old", "role: ROLE_PARTICIPANT expires_at_ms: 1800000001000");
  invite(given, "screen", "role: ROLE_DISPLAY");
  EXPECT_EQ(given.state().invitation("screen")->room_id(), "plenary");
  given.when(enter("p", "invitation_id: 'none'"))
      .by_edge()
      .then_refused(v1::REFUSAL_CODE_UNKNOWN_TOKEN);
  given.when(enter("p", "invitation_id: 'screen'"))
      .by_edge()
      .then_refused(v1::REFUSAL_CODE_UNKNOWN_TOKEN);
  given.when(enter("p", "invitation_id: 'old'")).by_edge().at(999).then_accepted();
  given.when(enter("q", "invitation_id: 'old'"))
      .by_edge()
      .at(1'000)
      .then_refused(v1::REFUSAL_CODE_UNKNOWN_TOKEN);
}

TEST(Enter, P2_APersonalInvitationIsForTheFirstWhoEnters) {
  Given given = sample_session();
  invite(given, "own", "role: ROLE_PARTICIPANT personal: true name: 'Amb. X' delegation_id: 'jp'");
  given.when(enter("p", "invitation_id: 'own' name: 'Else' delegation_id: 'fr'"))
      .by_edge()
      .then_accepted();
  EXPECT_EQ(given.person_of("p").name(), "Amb. X");
  EXPECT_EQ(given.person_of("p").delegation_id(), "jp");
  EXPECT_EQ(given.state().invitation("own")->person_id(), "p");
  given.when(enter("q", "invitation_id: 'own'"))
      .by_edge()
      .then_refused(v1::REFUSAL_CODE_IN_USE, "invitation_id");
  given.when(enter("p", "invitation_id: 'own'")).by_edge().then_nothing();
}

TEST(Enter, P4_AdmissionIsForTheSharedCode) {
  Given given = sample_session();
  invite(given, "guest", "role: ROLE_PARTICIPANT");
  given.when(make<v1::ChangeSession>("fields: 'admission_required' admission_required: true"))
      .by("chair")
      .then_accepted();
  given.when(enter("p")).by_edge().then_accepted();
  given.when(enter("q", "invitation_id: 'guest'")).by_edge().then_accepted();
  EXPECT_FALSE(given.person_of("p").admitted());
  EXPECT_TRUE(given.person_of("q").admitted());
  EXPECT_EQ(given.state().awaiting_admission(), 1);
  const auto hand = make<v1::RequestFloor>("room_id: 'hall' kind: REQUEST_KIND_HAND");
  given.when(hand).by("p").then_refused(v1::REFUSAL_CODE_NOT_ADMITTED);
  given.when(make<v1::AdmitPerson>("person_id: 'p'"))
      .by("q")
      .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(make<v1::AdmitPerson>("person_id: 'p'")).by("notes").then_accepted();
  EXPECT_EQ(given.state().awaiting_admission(), 0);
  given.when(hand).by("p").then_accepted();
}

TEST(Enter, P4_ModeratorsOfOneRoomLetNobodyIntoTheSession) {
  Given given = sample_session();
  given.when(make<v1::ChangeSession>("fields: 'admission_required' admission_required: true"))
      .by("chair")
      .then_accepted();
  const auto guest =
      make<v1::CreateInvitation>("invitation_id: 'guest' role: ROLE_PARTICIPANT room_id: 'lab'");
  given.when(guest).by("lead").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(guest).by("chair").then_accepted();
  // Staff and the display of the own room they may invite (P2).
  for (const auto* role : {"ROLE_NOTE_TAKER", "ROLE_DISPLAY"}) {
    auto own = make<v1::CreateInvitation>(std::string("room_id: 'lab' role: ") + role);
    own.set_invitation_id(role);
    given.when(own).by("lead").then_accepted();
  }
  given.when(enter("p")).by_edge().then_accepted();
  const auto grant =
      make<v1::GrantRole>("person_id: 'p' grant { role: ROLE_NOTE_TAKER room_id: 'lab' }");
  given.when(grant).by("lead").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(grant).by("chair").then_accepted();
  EXPECT_TRUE(given.person_of("p").admitted());
}

TEST(Enter, P5_InvitedOnly) {
  Given given = with_entry(v1::ENTRY_POLICY_INVITED);
  invite(given, "guest", "role: ROLE_PARTICIPANT");
  given.when(enter("p")).by_edge().then_refused(v1::REFUSAL_CODE_INVITED_ONLY);
  given.when(enter("p", "invitation_id: 'guest'")).by_edge().then_accepted();
  given.when(enter("q", "vouched { role: ROLE_NOTE_TAKER room_id: 'lab' }"))
      .by_edge()
      .then_accepted();
  EXPECT_EQ(given.person_of("q").room_id(), "lab");
  EXPECT_EQ(given.person_of("q").grants_size(), 1);
}

TEST(Enter, P5_AClaimedDelegationIsConfirmedByStaff) {
  Given given = with_entry(v1::ENTRY_POLICY_CONFIRMED);
  invite(given, "jp", "role: ROLE_PARTICIPANT delegation_id: 'jp'");
  given.when(enter("p", "delegation_id: 'fr'")).by_edge().then_accepted();
  given.when(enter("q", "invitation_id: 'jp'")).by_edge().then_accepted();
  given.when(enter("r")).by_edge().then_accepted();
  EXPECT_FALSE(given.person_of("p").delegation_confirmed());
  EXPECT_TRUE(given.person_of("q").delegation_confirmed());
  EXPECT_EQ(given.state().unconfirmed(), 1);
  const auto confirm = make<v1::ConfirmDelegation>("person_id: 'p'");
  given.when(confirm).by("p").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(confirm).by("notes").then_accepted();
  EXPECT_EQ(given.state().unconfirmed(), 0);
}

TEST(Enter, P5_FreeTextOnlyWithoutAList) {
  Given given = sample_session();
  given.when(enter("p", "delegation_text: 'Atlantis'"))
      .by_edge()
      .then_refused(v1::REFUSAL_CODE_BAD_FIELD, "delegation_text");
  given.when(enter("p", "delegation_id: 'atlantis'"))
      .by_edge()
      .then_refused(v1::REFUSAL_CODE_NOT_FOUND, "delegation_id");
  Given none;
  none.when(make<v1::CreateSession>(
                "id: 's' join_code: '00000000' agenda { title { text: 'Short' } }"))
      .by_organizer()
      .then_accepted();
  none.when(enter("p", "delegation_text: ' Team 1 '")).by_edge().then_accepted();
  EXPECT_EQ(none.person_of("p").delegation_text(), "Team 1");
}

TEST(Enter, S6_NobodyNewComesToAMeetingThatIsOverButItsStaffDo) {
  Given given = sample_session();
  invite(given, "mod", "role: ROLE_MODERATOR");
  given.phase(v1::SESSION_PHASE_CLOSED);
  given.when(enter("p")).by_edge().then_refused(v1::REFUSAL_CODE_CLOSED);
  given.when(enter("ana")).by_edge().then_nothing();
  given.when(enter("p", "invitation_id: 'mod'")).by_edge().then_accepted();
}

}  // namespace
}  // namespace plenary::test
