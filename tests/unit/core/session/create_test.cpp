// S2, S4, S7, S9, P5, P6: a session is made from an agenda.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/limits.hpp"
#include "core/project.hpp"
#include "support/given.hpp"

namespace plenary::test {
namespace {

constexpr const char* kMeeting = R"(
  id: "s1" join_code: "12345678"
  agenda {
    title { text: "Partners" translations { language: "fr" text: "Partenaires" } }
    date: "2027-05-12" planned_start: "09:00" zone: "Europe/Brussels"
    languages: "en" languages: "fr" entry: ENTRY_POLICY_CONFIRMED
    rooms { id: "plenary" name { text: "Plenary" }
            settings { preset: PRESET_FORMAL speech_limit_ms: 180000 } }
    rooms { id: "crisis" name { text: "Crisis" } settings { preset: PRESET_WORKSHOP capacity: 12 } }
    items { room_id: "plenary" kind: ITEM_KIND_WELCOME title { text: "Welcome" }
            planned_ms: 600000 speakers: "The Deputy Chair" }
    items { room_id: "crisis" kind: ITEM_KIND_WORKSHOP title { text: "Crisis" } planned_ms: 4500000
            inscription_ahead: true }
    items { room_id: "plenary" kind: ITEM_KIND_BREAK title { text: "Lunch" } planned_ms: 3600000
            fixed_start: "12:00" queue_starts_closed: true speakers: "The Deputy Chair" }
    delegations { text: "Albania" } delegations { text: "Armenia" }
  })";

Given created(std::string_view text) {
  Given given;
  given.when(make<v1::CreateSession>(text)).by_organizer().then_accepted();
  return given;
}

TEST(Create, S2_TheFirstRoomIsThePlenaryAndItemsKeepTheirOrder) {
  const Given given = created(kMeeting);
  EXPECT_EQ(given.session().phase(), v1::SESSION_PHASE_DRAFT);
  EXPECT_TRUE(given.room("plenary").plenary());
  EXPECT_FALSE(given.room("crisis").plenary());
  EXPECT_EQ(given.room("plenary").settings().preset(), v1::PRESET_FORMAL);
  EXPECT_EQ(given.room("crisis").settings().holder(), v1::HOLDER_KIND_PERSON);
  const v1::Agenda agenda = core::export_agenda(given.state());
  ASSERT_EQ(agenda.items_size(), 3);
  EXPECT_EQ(agenda.items(0).title().text(), "Welcome");
  EXPECT_EQ(agenda.items(2).fixed_start(), "12:00");
  EXPECT_EQ(given.state().delegations().size(), 2U);
}

TEST(Create, P6_ANamedSpeakerIsOnePersonWithoutDevice) {
  const Given given = created(kMeeting);
  ASSERT_EQ(given.state().people().size(), 1U);  // named twice
  const v1::Person& person = *given.state().people().begin()->second;
  EXPECT_EQ(person.name(), "The Deputy Chair");
  EXPECT_TRUE(person.without_device());
  EXPECT_TRUE(person.admitted());
  EXPECT_EQ(given.state().people_present(), 0);
}

TEST(Create, S4_WhatIsExportedMakesTheSameSession) {
  const Given given = created(kMeeting);
  v1::CreateSession again;
  again.set_id("s1");
  again.set_join_code("12345678");
  *again.mutable_agenda() = core::export_agenda(given.state());
  Given copy;
  copy.when(again).by_organizer().then_accepted();
  EXPECT_EQ(core::export_agenda(copy.state()).SerializeAsString(),
            again.agenda().SerializeAsString());
}

TEST(Create, S9_AFormThatIsWrongIsNamed) {
  for (const auto& [field, forms] : {
           std::pair("agenda.title.translations[1].language", "language: 'fr' text: 'Encore'"),
           std::pair("agenda.title.translations[1].language", "language: 'f' text: 'x'"),
           std::pair("agenda.title.translations[1].text", "language: 'de' text: 'a\\nb'"),
       }) {
    auto command = make<v1::CreateSession>(kMeeting);
    command.MergeFrom(make<v1::CreateSession>("agenda { title { translations { " +
                                              std::string(forms) + " } } }"));
    Given given;
    given.when(command).by_organizer().then_refused(v1::REFUSAL_CODE_BAD_FIELD, field);
  }
}

TEST(Create, S9_NamesKeepTheirFormsPerLanguage) {
  const Given given = created(kMeeting);
  ASSERT_EQ(given.session().title().translations_size(), 1);
  EXPECT_EQ(given.session().title().translations(0).text(), "Partenaires");
}

TEST(Create, S7_WithoutAZoneItIsNowInUtc) {
  Given given;
  given
      .when(make<v1::CreateSession>(
          "id: 's' join_code: '00000000' agenda { title { text: 'Short' } }"))
      .by_organizer()
      .at(0)
      .then_accepted();
  EXPECT_EQ(given.session().zone(), "UTC");
  EXPECT_EQ(given.session().date(), "2027-01-15");  // 1,800,000,000 s after 1970
  EXPECT_EQ(given.session().planned_start(), "08:00");
  EXPECT_EQ(given.session().languages(0), "en");
  EXPECT_EQ(given.session().entry(), v1::ENTRY_POLICY_OPEN);
  EXPECT_EQ(given.session().retention_days(), core::kDefaultRetentionDays);
  EXPECT_EQ(given.room("plenary").settings().preset(), v1::PRESET_SIMPLE);
}

TEST(Create, S7_TheZoneIsOneThatTheMachineKnows) {
  const std::set<std::string, std::less<>> zones = {"Europe/Brussels"};
  core::Context context;
  context.actor.set_kind(v1::ACTOR_KIND_ORGANIZER);
  context.zones = &zones;
  v1::Command command = to_command(make<v1::CreateSession>(kMeeting));
  EXPECT_TRUE(core::decide(core::State(), command, context).has_value());
  command.mutable_create_session()->mutable_agenda()->set_zone("Europe/Atlantis");
  const auto refused = core::decide(core::State(), command, context);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().field(), "agenda.zone");
}

TEST(Create, IsTheOrganizersAlone) {
  Given given = sample_session();
  given.when(make<v1::CreateSession>(kMeeting))
      .by_organizer()
      .then_refused(v1::REFUSAL_CODE_ALREADY);
  Given none;
  none.when(make<v1::CreateSession>(kMeeting)).by("chair").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  none.when(make<v1::CreateSession>(kMeeting)).by_edge().then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  none.when(v1::OpenSession()).by("chair").then_refused(v1::REFUSAL_CODE_NOT_FOUND);
}

// A field that is wrong in an otherwise good command is refused by its name.
class BadField : public testing::TestWithParam<std::pair<const char*, const char*>> {};
TEST_P(BadField, IsNamed) {
  const auto [field, patch] = GetParam();
  auto command = make<v1::CreateSession>(kMeeting);
  command.MergeFrom(make<v1::CreateSession>(patch));
  Given given;
  const auto refused = given.when(command).by_organizer().decision();
  ASSERT_FALSE(refused.has_value()) << patch;
  EXPECT_EQ(refused.error().field(), field) << refused.error().ShortDebugString();
}
INSTANTIATE_TEST_SUITE_P(
    Create, BadField,
    testing::Values(
        std::pair("id", "id: 'a/b'"), std::pair("join_code", "join_code: '1234 5678'"),
        std::pair("retention_days", "retention_days: -1"),
        std::pair("agenda.title", "agenda { title { text: ' \\t ' } }"),
        std::pair("agenda.title", "agenda { title { text: 'a\\nb' } }"),
        std::pair("agenda.date", "agenda { date: '2027-02-29' }"),
        std::pair("agenda.planned_start", "agenda { planned_start: '24:00' }"),
        std::pair("agenda.zone", "agenda { zone: 'Brus sels' }"),
        std::pair("agenda.languages", "agenda { languages: 'en' }"),
        std::pair("agenda.entry", "agenda { entry: 9 }"),
        std::pair("agenda.rooms[2].id", "agenda { rooms { id: 'crisis' } }"),
        std::pair("agenda.rooms[2].id", "agenda { rooms { id: '' } }"),
        std::pair("agenda.rooms[2].name", "agenda { rooms { id: 'x' } }"),
        std::pair("agenda.rooms[2].settings.preset",
                  "agenda { rooms { id: 'x' name { text: 'X' } settings { preset: 9 } } }"),
        std::pair(
            "agenda.rooms[2].settings.speech_limit_ms",
            "agenda { rooms { id: 'x' name { text: 'X' } settings { speech_limit_ms: -1 } } }"),
        std::pair("agenda.items[3].title", "agenda { items { room_id: 'plenary' } }"),
        std::pair("agenda.items[3].room_id",
                  "agenda { items { room_id: 'nowhere' title { text: 'X' } } }"),
        std::pair("agenda.items[3].planned_ms",
                  "agenda { items { title { text: 'X' } planned_ms: 604800001 } }"),
        std::pair("agenda.items[3].fixed_start",
                  "agenda { items { title { text: 'X' } fixed_start: '9:00' } }"),
        std::pair("agenda.items[3].speakers[0]",
                  "agenda { items { title { text: 'X' } speakers: '' } }"),
        std::pair("agenda.delegations[2]", "agenda { delegations { text: 'Albania' } }")));

TEST(Create, EveryCountHasItsLimit) {
  auto command = make<v1::CreateSession>(kMeeting);
  while (command.agenda().rooms_size() <= static_cast<int>(core::kMaxRooms)) {
    auto* room = command.mutable_agenda()->add_rooms();
    room->set_id("r" + std::to_string(command.agenda().rooms_size()));
    room->mutable_name()->set_text("R");
  }
  Given given;
  given.when(command).by_organizer().then_refused(v1::REFUSAL_CODE_LIMIT_REACHED, "agenda.rooms");
  command = make<v1::CreateSession>(kMeeting);
  while (command.agenda().items_size() <= static_cast<int>(core::kMaxItems)) {
    command.mutable_agenda()->add_items()->mutable_title()->set_text("I");
  }
  given.when(command).by_organizer().then_refused(v1::REFUSAL_CODE_LIMIT_REACHED, "agenda.items");
  command.mutable_agenda()->mutable_items()->RemoveLast();
  given.when(command).by_organizer().then_accepted();
}

}  // namespace
}  // namespace plenary::test
