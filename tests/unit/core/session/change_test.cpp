// S5, S7, P5: announcements, rooms, delegations, and the session's own fields while it is live.
#include <gtest/gtest.h>

#include "core/limits.hpp"
#include "core/project.hpp"
#include "support/given.hpp"

namespace plenary::test {
namespace {

TEST(Change, S5_AnAnnouncementStandsUntilAModeratorWithdrawsIt) {
  Given given = sample_session();
  const auto text = make<v1::Announce>("text: '  Lunch is served.\\nIn the hall. '");
  given.when(text).by("ana").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(text).by("lead").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  const std::string id = given.when(text).by("chair").at(7).then_accepted();
  ASSERT_NE(given.state().announcement(id), nullptr);
  EXPECT_EQ(given.state().announcement(id)->text(), "Lunch is served.\nIn the hall.");
  EXPECT_EQ(given.state().announcement(id)->by_person_id(), "chair");
  v1::WithdrawAnnouncement withdraw;
  withdraw.set_announcement_id(id);
  given.when(withdraw).by("lead").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(withdraw).by("chair").then_accepted();
  EXPECT_TRUE(given.state().announcements().empty());
  given.when(withdraw).by("chair").then_refused(v1::REFUSAL_CODE_NOT_FOUND, "announcement_id");
}

TEST(Change, S5_AnAnnouncementToOneRoomIsItsModerators) {
  Given given = sample_session();
  given.when(make<v1::Announce>("room_id: 'lab' text: 'five minutes'")).by("lead").then_accepted();
  given.when(make<v1::Announce>("room_id: 'hall' text: 'x'"))
      .by("lead")
      .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(make<v1::Announce>("room_id: 'none' text: 'x'"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_NOT_FOUND, "room_id");
  given.when(make<v1::Announce>("text: ''")).by("chair").then_refused(v1::REFUSAL_CODE_BAD_FIELD);
  while (given.state().announcements().size() < core::kMaxAnnouncements) {
    given.when(make<v1::Announce>("text: 'more'")).by("chair").then_accepted();
  }
  given.when(make<v1::Announce>("text: 'one too many'"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_LIMIT_REACHED);
}

// The first language is that of the text itself.
TEST(Change, S9_TextsKeepTheirLanguagesWhenAnotherComesFirst) {
  Given given = sample_session();
  const auto languages = [&given](const std::string& list) {
    given.when(make<v1::ChangeSession>("fields: 'languages' " + list)).by("chair").then_accepted();
  };
  languages("languages: 'en' languages: 'fr'");
  const std::string both =
      given
          .when(make<v1::AddItem>("item { room_id: 'hall' title { text: 'Lunch' "
                                  "translations { language: 'fr' text: 'Le midi' } } }"))
          .by("chair")
          .then_accepted();
  const std::string one =
      given.when(make<v1::AddItem>("item { room_id: 'hall' title { text: 'Coffee' } }"))
          .by("chair")
          .then_accepted();
  languages("languages: 'fr' languages: 'en'");
  const v1::Text& lunch = given.state().item(both)->title();
  EXPECT_EQ(lunch.text(), "Le midi");
  ASSERT_EQ(lunch.translations_size(), 1);
  EXPECT_EQ(lunch.translations(0).language(), "en");
  EXPECT_EQ(lunch.translations(0).text(), "Lunch");
  EXPECT_EQ(given.state().item(one)->title().text(), "Coffee");
  // And back again, with a title that was written in the same form.
  given
      .when(make<v1::ChangeSession>(
          "fields: 'title' fields: 'languages' languages: 'en' languages: 'fr' "
          "title { text: 'Réunion' translations { language: 'en' text: 'Meeting' } }"))
      .by("chair")
      .then_accepted();
  EXPECT_EQ(given.state().item(both)->title().text(), "Lunch");
  EXPECT_EQ(given.session().title().text(), "Meeting");
  EXPECT_EQ(given.session().title().translations(0).text(), "Réunion");
}

TEST(Change, S7_OnlyTheNamedFieldsChangeAndAllOrNone) {
  Given given = sample_session();
  given
      .when(make<v1::ChangeSession>("fields: 'zone' fields: 'date' zone: 'Asia/Tokyo' "
                                    "date: '2027-05-13' title { text: 'not taken' }"))
      .by("chair")
      .then_accepted();
  EXPECT_EQ(given.session().zone(), "Asia/Tokyo");
  EXPECT_EQ(given.session().title().text(), "Sample");
  given.when(make<v1::ChangeSession>("fields: 'zone' fields: 'date' zone: 'UTC' date: 'soon'"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_BAD_FIELD, "date");
  EXPECT_EQ(given.session().zone(), "Asia/Tokyo");
  given.when(make<v1::ChangeSession>("fields: 'phase'"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_BAD_FIELD, "fields");
  given.when(make<v1::ChangeSession>("fields: 'zone' zone: 'UTC'"))
      .by("ana")
      .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
}

TEST(Change, Q3_ANewPresetSortsWhatWaitsIntoItsBands) {
  Given given = sample_session();
  given.waiting("late-order", "ana", "plenary", v1::REQUEST_KIND_POINT_OF_ORDER, 0);
  given.waiting("speak", "ben", "plenary", v1::REQUEST_KIND_INTERVENTION, 1);
  given.when(make<v1::ChangeRoom>("room_id: 'plenary' settings { preset: PRESET_WORKSHOP }"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_IN_USE, "settings.preset");
  given.when(make<v1::ChangeRoom>("room_id: 'plenary' name { text: 'Aula' }"))
      .by("chair")
      .then_accepted();
  EXPECT_EQ(given.room("plenary").name().text(), "Aula");
  EXPECT_EQ(given.room("plenary").settings().preset(), v1::PRESET_FORMAL);
  EXPECT_EQ(given.queue("plenary"), (std::vector<std::string>{"late-order", "speak"}));
  given.when(make<v1::ChangeRoom>("room_id: 'lab' settings { preset: PRESET_SIMPLE }"))
      .by("ana")
      .then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(make<v1::ChangeRoom>("room_id: 'lab' settings { preset: PRESET_SIMPLE }"))
      .by("lead")
      .then_accepted();
}

TEST(Change, Q3_BandsFollowThePresetThatKeepsAllKinds) {
  Given given = sample_session();
  given.waiting("topic", "ana", "lab", v1::REQUEST_KIND_NEW_TOPIC, 0);  // as if of another preset
  given.waiting("order", "ben", "lab", v1::REQUEST_KIND_POINT_OF_ORDER, 0);
  given.settings("lab", "preset: PRESET_SIMPLE");
  given.when(make<v1::ChangeRoom>("room_id: 'lab' settings { preset: PRESET_WORKSHOP }"))
      .by("lead")
      .then_accepted();
  EXPECT_EQ(given.queue("lab"), (std::vector<std::string>{"order", "topic"}));
}

TEST(Change, P5_TheListOfDelegationsKeepsWhatIsInUse) {
  Given given = sample_session();
  given.when(make<v1::AddDelegation>("name { text: 'France' }"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_ALREADY, "name");
  const std::string id =
      given.when(make<v1::AddDelegation>("name { text: 'Malta' }")).by("chair").then_accepted();
  EXPECT_EQ(given.state().delegation(id)->position(), 3);
  v1::RemoveDelegation remove;
  remove.set_delegation_id("fr");
  given.when(remove).by("chair").then_refused(v1::REFUSAL_CODE_IN_USE, "delegation_id");
  remove.set_delegation_id(id);
  given.when(remove).by("lead").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(remove).by("chair").then_accepted();
  given.when(remove).by("chair").then_refused(v1::REFUSAL_CODE_NOT_FOUND);
}

constexpr auto kForms = "text: 'Estonia' translations { language: 'fr' text: 'Estonie' }";

TEST(Change, S9_EveryNameIsChangedWithItsForms) {
  Given given = sample_session();
  const std::string name = std::string(" { ") + kForms + " }";
  const std::string id =
      given.when(make<v1::AddDelegation>("name" + name)).by("chair").then_accepted();
  given.when(make<v1::ChangeRoom>("room_id: 'lab' name" + name)).by("lead").then_accepted();
  given.when(make<v1::ChangeSession>("fields: 'title' title" + name)).by("chair").then_accepted();
  given.when(make<v1::ChangeItem>("item_id: 'i3' item { title" + name + " }"))
      .by("chair")
      .then_accepted();
  const auto wanted = make<v1::Text>(kForms).SerializeAsString();
  EXPECT_EQ(given.state().delegation(id)->name().SerializeAsString(), wanted);
  EXPECT_EQ(given.room("lab").name().SerializeAsString(), wanted);
  EXPECT_EQ(given.session().title().SerializeAsString(), wanted);
  EXPECT_EQ(given.item("i3").title().SerializeAsString(), wanted);
  // All of them travel: the reader's page picks the form.
  int seen = 0;
  const v1::SessionView view = core::project(v1::AUDIENCE_EVERYONE, given.state());
  for (const auto& entity : view.entities()) {
    const v1::Text& text = entity.has_session() ? entity.session().title()
                           : entity.has_room()  ? entity.room().name()
                           : entity.has_item()  ? entity.item().item().title()
                                                : entity.delegation().name();
    if (text.SerializeAsString() == wanted) ++seen;
  }
  EXPECT_EQ(seen, 4);
  EXPECT_EQ(core::export_agenda(given.state()).title().SerializeAsString(), wanted);
}

TEST(Change, S9_ADelegationOfTheListIsRenamed) {
  Given given = sample_session().running("h1");
  given.waiting("r1", "ana", "hall", v1::REQUEST_KIND_HAND);
  const std::string speech =
      given.when(make<v1::GrantFloor>("request_id: 'r1'")).by("chair").then_accepted();
  const auto change = make<v1::ChangeDelegation>(
      "delegation_id: 'fr' name { text: 'French Republic' translations { language: 'fr' text: "
      "'République française' } }");
  given.when(change).by("ana").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(change).by("lead").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
  given.when(change).by("chair").then_accepted();
  EXPECT_EQ(given.state().delegation("fr")->name().translations(0).text(), "République française");
  EXPECT_EQ(given.speech(speech).delegation_name(), "France") << "as it was (T6)";
  given.when(make<v1::ChangeDelegation>("delegation_id: 'fr' name { text: 'Japan' }"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_ALREADY, "name");
  given.when(make<v1::ChangeDelegation>("delegation_id: 'xx' name { text: 'X' }"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_NOT_FOUND, "delegation_id");
  given.when(make<v1::ChangeDelegation>("delegation_id: 'fr'"))
      .by("chair")
      .then_refused(v1::REFUSAL_CODE_BAD_FIELD, "name");
}

}  // namespace
}  // namespace plenary::test
