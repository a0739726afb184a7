// How many of each thing a session holds: the last one fits, one more is refused with the limit
// named, and nothing is lost.
#include "core/limits.hpp"

#include <gtest/gtest.h>

#include "support/queue_steps.hpp"

namespace plenary::test {
namespace {

using namespace words;

template <typename T>
void fill(Given& given, T entity, std::size_t count) {
  for (std::size_t n = 0; n < count; ++n) {
    entity.set_id("fill" + std::to_string(n));
    given.put(entity);
  }
}

// Refused as LIMIT_REACHED with this field and limit.
void expect_full(Given& given, const google::protobuf::Message& body, std::string_view by,
                 std::string_view field, std::size_t limit) {
  const auto decision = given.when(body).by(by).decision();
  ASSERT_FALSE(decision.has_value()) << body.ShortDebugString();
  EXPECT_EQ(decision.error().code(), v1::REFUSAL_CODE_LIMIT_REACHED);
  EXPECT_EQ(decision.error().field(), field);
  EXPECT_EQ(decision.error().limit(), static_cast<std::int64_t>(limit));
}

TEST(Limits, PeopleOfASession) {
  Given given = sample_session();
  fill(given, make<v1::Person>("name: 'x' admitted: true"),
       core::kMaxPeople - given.state().people().size() - 1);
  const auto add = make<v1::AddPerson>("name: 'Last'");
  given.when(add).by("chair").then_accepted();
  expect_full(given, add, "chair", "people", core::kMaxPeople);
  const auto enter = make<v1::EnterSession>("person_id: 'p' name: 'Ada'");
  given.when(enter).by_edge().then_refused(v1::REFUSAL_CODE_LIMIT_REACHED, "people");
  // Who is in already comes back.
  given.when(make<v1::EnterSession>("person_id: 'ana' name: 'Ana'")).by_edge().then_nothing();
}

TEST(Limits, HandsOfARoomAndOfASession) {
  Given given = sample_session();
  auto up = make<v1::Request>(
      "room_id: 'hall' kind: REQUEST_KIND_HAND holder_person_id: 'zoe' "
      "speaker_person_id: 'zoe'");
  std::size_t made = 0;
  const auto raise_many = [&](std::size_t count) {
    for (std::size_t n = 0; n < count; ++n, ++made) {
      up.set_id("fill" + std::to_string(made));
      up.set_sequence(static_cast<std::int64_t>(made));
      up.set_order_key(static_cast<std::int64_t>(made));
      given.put(up);
    }
  };
  raise_many(core::kMaxRequestsOfRoom - 1);
  raise(given, "ana", "hall", kHand);
  expect_full(given, hand("hall", kHand), "ben", "requests of the room", core::kMaxRequestsOfRoom);
  // Inscriptions count for the session, each with its item's queue.
  up.set_room_id("plenary");
  for (int item = 0; made + 1 < core::kMaxRequests - 1; ++item) {
    up.set_item_id("later" + std::to_string(item));
    raise_many(std::min(core::kMaxRequestsOfRoom, core::kMaxRequests - 2 - made));
  }
  raise(given, "ben", "plenary", kIntervention);
  expect_full(given, hand("plenary", kIntervention), "joe", "requests", core::kMaxRequests);
}

TEST(Limits, SpeechesOfASession) {
  Given given = sample_session();
  fill(given, make<v1::Speech>("room_id: 'lab' state: SPEECH_STATE_ENDED"), core::kMaxSpeeches - 1);
  const auto first = raise(given, "ana", "hall", kHand);
  const auto second = raise(given, "ben", "hall", kHand);
  const auto speech = given.when(grant_of(first)).by("chair").then_accepted();
  expect_full(given, grant_of(second, speech), "chair", "speeches", core::kMaxSpeeches);
}

TEST(Limits, RunsOfAnItem) {
  Given given = sample_session();
  v1::AgendaItem item = given.item("h1");
  for (std::size_t n = 0; n + 1 < core::kMaxRunsOfItem; ++n) {
    v1::Run& run = *item.add_runs();
    run.set_id("run" + std::to_string(n));
    run.set_ended_at_ms(kStartMs);
  }
  given.put(item);
  const auto start = make<v1::StartItem>("item_id: 'h1'");
  given.when(start).by("chair").then_accepted();
  auto end = make<v1::EndItem>("room_id: 'hall'");
  end.set_seen_run_id(given.room("hall").current_run_id());
  given.when(end).by("chair").then_accepted();
  expect_full(given, start, "chair", "runs", core::kMaxRunsOfItem);
}

TEST(Limits, InvitationsAndDelegationsOfASession) {
  Given given = sample_session();
  fill(given, make<v1::Invitation>("role: ROLE_PARTICIPANT"), core::kMaxInvitations - 1);
  auto invite = make<v1::CreateInvitation>("invitation_id: 'last' role: ROLE_PARTICIPANT");
  given.when(invite).by("chair").then_accepted();
  invite.set_invitation_id("more");
  expect_full(given, invite, "chair", "invitations", core::kMaxInvitations);

  fill(given, make<v1::Delegation>("name { text: 'Land' }"),
       core::kMaxDelegations - given.state().delegations().size() - 1);
  auto add = make<v1::AddDelegation>("name { text: 'Utopia' }");
  given.when(add).by("chair").then_accepted();
  add.mutable_name()->set_text("Atlantis");
  expect_full(given, add, "chair", "delegations", core::kMaxDelegations);
}

TEST(Limits, RolesOfAPerson) {
  Given given = sample_session();
  v1::Person person = given.person_of("ana");
  for (std::size_t n = 0; n + 1 < core::kMaxGrantsOfPerson; ++n) {
    v1::Grant& grant = *person.add_grants();
    grant.set_role(v1::ROLE_NOTE_TAKER);
    grant.set_room_id("room" + std::to_string(n));
  }
  given.put(person);
  const auto grant = [](std::string_view room_id) {
    auto command = make<v1::GrantRole>("person_id: 'ana' grant { role: ROLE_NOTE_TAKER }");
    command.mutable_grant()->set_room_id(std::string(room_id));
    return command;
  };
  given.when(grant("lab")).by("chair").then_accepted();
  expect_full(given, grant("hall"), "chair", "grants", core::kMaxGrantsOfPerson);
  auto other = make<v1::CreateInvitation>("invitation_id: 'v' role: ROLE_MODERATOR");
  given.when(other).by("chair").then_accepted();
  given.when(make<v1::EnterSession>("person_id: 'ana' name: 'Ana' invitation_id: 'v'"))
      .by_edge()
      .then_refused(v1::REFUSAL_CODE_LIMIT_REACHED, "grants");
}

TEST(Limits, NamedSpeakersLanguagesAndForms) {
  Given given = sample_session();
  auto change = make<v1::ChangeItem>(
      "item_id: 'i3' item { title { text: 'Three' } room_id: 'plenary' planned_ms: 1 }");
  for (std::size_t n = 0; n < core::kMaxSpeakersOfItem; ++n)
    change.mutable_item()->add_speakers("Speaker " + std::to_string(n));
  given.when(change).by("chair").then_accepted();
  change.mutable_item()->add_speakers("One more");
  expect_full(given, change, "chair", "item.speakers", core::kMaxSpeakersOfItem);

  auto session = make<v1::ChangeSession>("fields: 'languages'");
  for (char letter = 'a'; letter < 'a' + static_cast<char>(core::kMaxLanguages); ++letter)
    session.add_languages(std::string("a") + letter);
  given.when(session).by("chair").then_accepted();
  session.add_languages("zz");
  expect_full(given, session, "chair", "languages", core::kMaxLanguages);

  auto named = make<v1::AddDelegation>("name { text: 'Utopia' }");
  for (char letter = 'a'; letter <= 'a' + static_cast<char>(core::kMaxTranslations); ++letter) {
    v1::Translation& form = *named.mutable_name()->add_translations();
    form.set_language(std::string("a") + letter);
    form.set_text("Utopie");
  }
  expect_full(given, named, "chair", "name.translations", core::kMaxTranslations);
}

}  // namespace
}  // namespace plenary::test
