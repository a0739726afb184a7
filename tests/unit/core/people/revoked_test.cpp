// P2, P5: a role that was taken stays taken, and what somebody vouches for is all that is
// confirmed.
#include <gtest/gtest.h>

#include "core/project.hpp"
#include "core/rights.hpp"
#include "support/given.hpp"

namespace plenary::test {
namespace {

v1::EnterSession enter(std::string_view id, std::string_view more = {}) {
  auto command = make<v1::EnterSession>(more);
  command.set_person_id(std::string(id));
  if (command.name().empty() && command.vouched_name().empty()) command.set_name("Somebody");
  return command;
}

void invite(Given& given, std::string_view id, std::string_view more) {
  auto command = make<v1::CreateInvitation>(more);
  command.set_invitation_id(std::string(id));
  EXPECT_EQ(given.when(command).by("chair").then_accepted(), id);
}

constexpr auto kTake = "person_id: 'p' grant { role: ROLE_MODERATOR }";

TEST(Revoked, P2_ARevokedRoleStaysRevokedWhenTheLinkIsOpenedAgain) {
  for (const auto* kind : {"personal: true", "personal: false"}) {
    Given given = sample_session();
    invite(given, "mod", std::string("role: ROLE_MODERATOR ") + kind);
    given.when(enter("p", "invitation_id: 'mod'")).by_edge().then_accepted();
    EXPECT_TRUE(core::is_moderator(given.state(), "p"));
    given.when(make<v1::RevokeRole>(kTake)).by("chair").then_accepted();
    given.when(enter("p", "invitation_id: 'mod'")).by_edge().then_nothing();
    EXPECT_FALSE(core::is_moderator(given.state(), "p")) << kind;
  }
}

TEST(Revoked, P2_ARoleThatAnIssuerVouchesForStaysRevoked) {
  Given given = sample_session();
  const auto in = enter("p", "vouched { role: ROLE_MODERATOR }");
  given.when(in).by_edge().then_accepted();
  given.when(make<v1::RevokeRole>(kTake)).by("chair").then_accepted();
  given.when(in).by_edge().then_nothing();
  EXPECT_FALSE(core::is_moderator(given.state(), "p"));
  // Another room's role is another role.
  given.when(enter("p", "vouched { role: ROLE_MODERATOR room_id: 'lab' }"))
      .by_edge()
      .then_accepted();
  EXPECT_TRUE(core::is_moderator(given.state(), "p", "lab"));
}

TEST(Revoked, P2_AModeratorCanGiveItAgain) {
  Given given = sample_session();
  invite(given, "mod", "role: ROLE_MODERATOR");
  given.when(enter("p", "invitation_id: 'mod'")).by_edge().then_accepted();
  given.when(make<v1::RevokeRole>(kTake)).by("chair").then_accepted();
  given.when(make<v1::GrantRole>(kTake)).by("chair").then_accepted();
  EXPECT_TRUE(core::is_moderator(given.state(), "p"));
  EXPECT_EQ(given.person_of("p").taken_grants_size(), 0);
  // A new link is a new word of the chair's as well.
  given.when(make<v1::RevokeRole>(kTake)).by("chair").then_accepted();
  invite(given, "again", "role: ROLE_MODERATOR");
  given.when(enter("p", "invitation_id: 'again'")).by_edge().then_accepted();
  EXPECT_TRUE(core::is_moderator(given.state(), "p"));
}

TEST(Revoked, P2_WhatIsNotedOfARoleIsBounded) {
  Given given = sample_session();
  for (const auto* id : {"one", "two", "three"}) {
    invite(given, id, "role: ROLE_MODERATOR");
    v1::EnterSession command = enter("p");
    command.set_invitation_id(id);
    given.when(command).by_edge().then_accepted();
    given.when(make<v1::RevokeRole>(kTake)).by("chair").then_accepted();
    v1::RevokeInvitation revoke;
    revoke.set_invitation_id(id);
    given.when(revoke).by("chair").then_accepted();
  }
  // Of invitations that are revoked nothing need be remembered.
  EXPECT_EQ(given.person_of("p").taken_grants_size(), 1);
}

TEST(Revoked, P2_WhatAModeratorGaveOutlivesAnInvitation) {
  Given given = sample_session();
  invite(given, "mod", "role: ROLE_MODERATOR");
  given.when(enter("p", "invitation_id: 'mod'")).by_edge().then_accepted();
  given.when(make<v1::GrantRole>(kTake)).by("chair").then_accepted();
  given.when(make<v1::GrantRole>(kTake)).by("chair").then_nothing();
  given.when(make<v1::RevokeInvitation>("invitation_id: 'mod'")).by("chair").then_accepted();
  EXPECT_TRUE(core::is_moderator(given.state(), "p"));
}

TEST(Revoked, P2_OfTwoInvitationsTheSecondStillHolds) {
  Given given = sample_session();
  for (const auto* id : {"one", "two"}) {
    invite(given, id, "role: ROLE_NOTE_TAKER");
    v1::EnterSession command = enter("p");
    command.set_invitation_id(id);
    given.when(command).by_edge().then_accepted();
  }
  EXPECT_EQ(core::project_person(given.state(), "p", given.now_ms()).grants_size(), 1)
      << "one role, shown once";
  given.when(make<v1::RevokeInvitation>("invitation_id: 'one'")).by("chair").then_accepted();
  EXPECT_TRUE(core::is_staff(given.state(), "p"));
  given.when(make<v1::RevokeInvitation>("invitation_id: 'two'")).by("chair").then_accepted();
  EXPECT_FALSE(core::is_staff(given.state(), "p"));
}

Given confirming() {
  Given given = sample_session();
  v1::Session session = given.session();
  session.set_entry(v1::ENTRY_POLICY_CONFIRMED);
  return given.put(session);
}

TEST(Revoked, P5_ToVouchForARoleConfirmsNoDelegation) {
  Given given = confirming();
  given.when(enter("p", "vouched { role: ROLE_PARTICIPANT } delegation_id: 'fr'"))
      .by_edge()
      .then_accepted();
  EXPECT_EQ(given.person_of("p").delegation_id(), "fr");
  EXPECT_FALSE(given.person_of("p").delegation_confirmed());
}

TEST(Revoked, P5_WhatAnIssuerVouchesForGoesBeforeTheForm) {
  Given given = confirming();
  given
      .when(enter("p",
                  "vouched { role: ROLE_PARTICIPANT } name: 'Forged' delegation_id: 'fr' "
                  "vouched_name: 'Ada' vouched_delegation_id: 'jp'"))
      .by_edge()
      .then_accepted();
  EXPECT_EQ(given.person_of("p").name(), "Ada");
  EXPECT_EQ(given.person_of("p").delegation_id(), "jp");
  EXPECT_TRUE(given.person_of("p").delegation_confirmed());
  // An invitation says more than an issuer.
  invite(given, "own", "role: ROLE_PARTICIPANT name: 'Amb. X' delegation_id: 'de'");
  given.when(enter("q", "invitation_id: 'own' vouched_name: 'Y' vouched_delegation_id: 'fr'"))
      .by_edge()
      .then_accepted();
  EXPECT_EQ(given.person_of("q").name(), "Amb. X");
  EXPECT_EQ(given.person_of("q").delegation_id(), "de");
}

}  // namespace
}  // namespace plenary::test
