// P8, Q7, Q10, Q11, Q14, T5: what people see, and what they can ask.
#include <gtest/gtest.h>

#include "core/project.hpp"
#include "support/queue_steps.hpp"

namespace plenary::test {
namespace {

using core::ViewPart;

std::vector<v1::ViewEntity> room(const Given& given, v1::Audience audience,
                                 const std::string& id = "plenary") {
  return core::project(audience, given.state(), {ViewPart::Kind::room, id});
}

const v1::EntryView& entry(const std::vector<v1::ViewEntity>& view, std::string_view id) {
  for (const auto& entity : view) {
    if (entity.has_entry() && entity.entry().id() == id) return entity.entry();
  }
  ADD_FAILURE() << "no entry " << id;
  return v1::EntryView::default_instance();
}

const v1::SpeechView& speech(const std::vector<v1::ViewEntity>& view) {
  for (const auto& entity : view) {
    if (entity.has_speech()) return entity.speech();
  }
  ADD_FAILURE() << "no speech";
  return v1::SpeechView::default_instance();
}

// r1 of ana waits first and was moved, r2 of ben is held, r3 of joe follows.
Given three_waiting() {
  Given given = sample_session().running("i1");
  for (const auto* id : {"r1 ana", "r2 ben", "r3 joe"}) {
    const std::string both = id;
    given.waiting(both.substr(0, 2), both.substr(3), "plenary", v1::REQUEST_KIND_INTERVENTION, 1);
  }
  v1::Request moved = given.request("r1");
  moved.set_note("secret note");
  moved.mutable_moved()->set_reason("secret reason");
  moved.mutable_moved()->set_by_person_id("chair");
  moved.mutable_moved()->set_at_ms(kStartMs);
  v1::Request held = given.request("r2");
  held.set_held(true);
  return given.put(moved).put(held);
}

v1::Answer ask(const Given& given, std::string_view person_id, std::string_view question,
               const core::Presence& presence = {}) {
  v1::Actor asker;
  asker.set_kind(v1::ACTOR_KIND_PERSON);
  asker.set_person_id(std::string(person_id));
  return core::answer(given.state(), make<v1::Question>(question), asker, presence, given.now_ms());
}

TEST(View, P8_NoteHoldAndReasonAreForStaff) {
  const Given given = three_waiting();
  const auto everyone = room(given, v1::AUDIENCE_EVERYONE);
  const auto staff = room(given, v1::AUDIENCE_STAFF);
  EXPECT_EQ(entry(staff, "r1").note(), "secret note");
  EXPECT_EQ(entry(staff, "r1").move().reason(), "secret reason");
  EXPECT_TRUE(entry(staff, "r2").held());
  EXPECT_EQ(entry(staff, "r2").place(), 0);
  EXPECT_EQ(entry(everyone, "r1").name(), "Name of ana");
  EXPECT_EQ(entry(everyone, "r1").delegation_id(), "fr");
  EXPECT_TRUE(entry(everyone, "r1").moved());
  for (const auto& entity : everyone) {
    const std::string text = entity.ShortDebugString();
    EXPECT_EQ(text.find("secret"), std::string::npos) << text;
    EXPECT_EQ(text.find("r2"), std::string::npos) << text;
    EXPECT_FALSE(entity.has_act());
  }
}

TEST(View, P4_WhoWaitsToBeLetInReadsWhichMeetingItIsAndNothingElse) {
  auto given = sample_session().running("i1", -60'000);
  grant(given, raise(given, "ana", "plenary", v1::REQUEST_KIND_INTERVENTION));
  raise(given, "ben", "plenary", v1::REQUEST_KIND_INTERVENTION);
  const v1::SessionView view = core::project(v1::AUDIENCE_WAITING, given.state());
  ASSERT_EQ(view.entities_size(), 1) << view.DebugString();
  v1::SessionInfo info = view.entities(0).session();
  EXPECT_EQ(info.title().text(), "Sample");
  EXPECT_EQ(info.phase(), v1::SESSION_PHASE_LIVE);
  EXPECT_EQ(info.people_count(), 0);
  v1::Person waits = given.person_of("zoe");
  EXPECT_EQ(core::audience_of(given.state(), "zoe"), v1::AUDIENCE_EVERYONE);
  waits.set_admitted(false);
  *waits.add_grants() = make<v1::Grant>("role: ROLE_MODERATOR");
  given.put(waits);
  EXPECT_EQ(core::audience_of(given.state(), "zoe"), v1::AUDIENCE_WAITING);
}

TEST(View, P8_AHeldEntryCountsInNobodysPlace) {
  const Given given = three_waiting();
  for (const auto audience : {v1::AUDIENCE_EVERYONE, v1::AUDIENCE_STAFF}) {
    EXPECT_EQ(entry(room(given, audience), "r3").place(), 2);
  }
  EXPECT_EQ(room(given, v1::AUDIENCE_EVERYONE).front().room().waiting_count(), 2);
  EXPECT_EQ(room(given, v1::AUDIENCE_STAFF).front().room().waiting_count(), 3);
  const auto own = core::project_person(given.state(), "ben", given.now_ms());
  ASSERT_EQ(own.requests_size(), 1);
  EXPECT_TRUE(own.requests(0).held());  // its owner knows
  EXPECT_EQ(own.requests(0).place(), 0);
}

TEST(View, P8_TheRoomSaysWhetherNamesArePublic) {
  Given given = three_waiting().settings("plenary", "names_hidden: true");
  given.when(make<v1::GrantFloor>("request_id: 'r1'")).by("chair").then_accepted();
  const auto everyone = room(given, v1::AUDIENCE_EVERYONE);
  EXPECT_EQ(entry(everyone, "r3").name(), "");
  EXPECT_EQ(entry(everyone, "r3").person_id(), "");
  EXPECT_EQ(entry(everyone, "r3").delegation_id(), "jp");
  EXPECT_EQ(speech(everyone).name(), "");
  EXPECT_EQ(speech(everyone).person_id(), "");
  EXPECT_EQ(speech(everyone).delegation_id(), "fr");
  const auto staff = room(given, v1::AUDIENCE_STAFF);
  EXPECT_EQ(entry(staff, "r3").name(), "Name of joe");
  EXPECT_EQ(speech(staff).name(), "Name of ana");
}

TEST(View, P5_AnUnconfirmedDelegationIsMarked) {
  Given given = three_waiting();
  v1::Person claims = given.person_of("joe");
  claims.set_delegation_confirmed(false);
  given.put(claims);
  EXPECT_TRUE(entry(room(given, v1::AUDIENCE_STAFF), "r3").delegation_unconfirmed());
  EXPECT_FALSE(entry(room(given, v1::AUDIENCE_STAFF), "r1").delegation_unconfirmed());
  const auto staff = core::project(v1::AUDIENCE_STAFF, given.state(), {});
  const auto everyone = core::project(v1::AUDIENCE_EVERYONE, given.state(), {});
  EXPECT_EQ(staff.front().session().unconfirmed_count(), 1);
  EXPECT_EQ(everyone.front().session().unconfirmed_count(), 0);
  EXPECT_EQ(everyone.front().session().people_count(), 8);
}

TEST(View, Q7_AReplyToAnOlderTopicIsMarked) {
  Given given = sample_session().running("w1");
  v1::Room lab = given.room("lab");
  lab.set_topic_speech_id("now");
  given.put(lab);
  for (const auto* id : {"r1", "r2"}) {
    given.waiting(id, id[1] == '1' ? "ana" : "ben", "lab", v1::REQUEST_KIND_REPLY, 2);
    v1::Request reply = given.request(id);
    reply.set_topic_speech_id(id[1] == '1' ? "before" : "now");
    given.put(reply);
  }
  const auto view = room(given, v1::AUDIENCE_EVERYONE, "lab");
  EXPECT_TRUE(entry(view, "r1").older_topic());
  EXPECT_FALSE(entry(view, "r2").older_topic());
}

TEST(View, Q14_TheFirstWhoCanBeCalledIsNext) {
  Given given = three_waiting();
  const auto next = [&](std::string_view id) {
    return core::project_person(given.state(), id, given.now_ms()).requests(0).next();
  };
  EXPECT_TRUE(next("ana"));
  EXPECT_FALSE(next("joe"));
  given.when(make<v1::GrantFloor>("request_id: 'r1'")).by("chair").then_accepted();
  EXPECT_TRUE(next("joe"));  // ben stands before, and is held
}

TEST(View, Q15_OwnWithdrawalsCanBeUndoneForHalfAMinute) {
  Given given = three_waiting();
  given.when(make<v1::WithdrawRequest>("request_id: 'r3'")).by("joe").at(0).then_accepted();
  const auto acts = [&](std::string_view id, std::int64_t at_ms) {
    return core::project_person(given.state(), id, kStartMs + at_ms).acts_size();
  };
  EXPECT_EQ(acts("joe", 29'999), 1);
  EXPECT_EQ(acts("joe", 30'000), 0);
  EXPECT_EQ(acts("ana", 0), 0);
  for (const auto& entity : room(given, v1::AUDIENCE_STAFF))
    EXPECT_FALSE(entity.has_act());
}

TEST(View, Q10_TheReasonOfAMoveIsForStaffAndOwner) {
  const Given given = three_waiting();
  const auto reason = [&](std::string_view person_id) {
    const v1::Answer answer = ask(given, person_id, "explain_place { request_id: 'r1' }");
    for (const auto& part : answer.place().reasons()) {
      if (part.kind() == v1::PlaceReason::KIND_MOVED)
        return part.reason() + "/" + part.person_name();
    }
    return std::string("none");
  };
  EXPECT_EQ(reason("ana"), "secret reason/Name of chair");
  EXPECT_EQ(reason("notes"), "secret reason/Name of chair");
  EXPECT_EQ(reason("joe"), "/Name of chair");
  const auto held = "explain_place { request_id: 'r2' }";
  EXPECT_EQ(ask(given, "joe", held).refusal().code(), v1::REFUSAL_CODE_NOT_FOUND);
  EXPECT_EQ(ask(given, "ben", held).place().reasons(0).kind(), v1::PlaceReason::KIND_HELD);
  EXPECT_EQ(ask(given, "gone", held).refusal().code(), v1::REFUSAL_CODE_UNKNOWN_TOKEN);
}

TEST(View, P8_TheQueueIsListedInPagesThatSurviveADeparture) {
  Given given = three_waiting();
  const v1::Answer first = ask(given, "ana", "list_queue { room_id: 'plenary' limit: 1 }");
  ASSERT_EQ(first.queue().entries_size(), 1);
  EXPECT_EQ(first.queue().total(), 2);
  EXPECT_EQ(first.queue().entries(0).id(), "r1");
  given.when(make<v1::WithdrawRequest>("request_id: 'r1'")).by("ana").then_accepted();
  v1::Question more = make<v1::Question>("list_queue { room_id: 'plenary' limit: 1 }");
  more.mutable_list_queue()->set_after(first.queue().next_after());
  const v1::Answer second = ask(given, "ana", more.DebugString());
  ASSERT_EQ(second.queue().entries_size(), 1);
  EXPECT_EQ(second.queue().entries(0).id(), "r3");
  EXPECT_EQ(second.queue().next_after(), "");
  EXPECT_EQ(ask(given, "notes", "list_queue { room_id: 'plenary' }").queue().entries_size(), 2);
  EXPECT_EQ(ask(given, "ana", "list_queue { room_id: 'plenary' after: 'x' }").refusal().field(),
            "after");
}

TEST(View, P3_PeopleAreListedToStaffByNameInPages) {
  const Given given = sample_session();
  core::Presence presence;
  presence.people["ana"] = {.online = true, .away_since_ms = 0};
  EXPECT_EQ(ask(given, "ana", "list_people {}").refusal().code(), v1::REFUSAL_CODE_FORBIDDEN);
  std::vector<std::string> seen;
  std::string after;
  do {
    const v1::Answer page =
        ask(given, "notes", "list_people { limit: 3 after: '" + after + "' }", presence);
    EXPECT_EQ(page.people().total(), 8);
    for (const auto& row : page.people().people()) {
      seen.push_back(row.person_id());
      EXPECT_EQ(row.online(), row.person_id() == "ana");
    }
    after = page.people().next_after();
  } while (!after.empty());
  EXPECT_EQ(seen, (std::vector<std::string>{"abe", "ana", "ben", "chair", "joe", "lead", "notes",
                                            "zoe"}));
  const v1::Answer found = ask(given, "chair", "list_people { search: 'JAPAN' }");
  ASSERT_EQ(found.people().total(), 1);
  EXPECT_EQ(found.people().people(0).person_id(), "joe");
}

TEST(View, P2_InvitationsAreListedToTheModeratorsOfTheirScope) {
  Given given = sample_session();
  for (const auto* one : {"invitation_id: 'a' role: ROLE_MODERATOR",
                          "invitation_id: 'b' role: ROLE_NOTE_TAKER room_id: 'lab'"}) {
    given.when(make<v1::CreateInvitation>(one)).by("chair").then_accepted();
  }
  EXPECT_EQ(ask(given, "chair", "list_invitations {}").invitations().invitations_size(), 2);
  EXPECT_EQ(ask(given, "lead", "list_invitations {}").invitations().invitations_size(), 1);
  EXPECT_EQ(ask(given, "notes", "list_invitations {}").refusal().code(),
            v1::REFUSAL_CODE_FORBIDDEN);
}

TEST(View, T5_SpeakingTimeIsSummedOverWhatCounts) {
  Given given = three_waiting();
  const std::string first =
      given.when(make<v1::GrantFloor>("request_id: 'r1'")).by("chair").at(0).then_accepted();
  v1::GrantFloor second = make<v1::GrantFloor>("request_id: 'r3'");
  second.set_seen_speech_id(first);
  given.when(second).by("chair").at(60'000).then_accepted();
  v1::Speech none = given.speech(first);  // granted by mistake, undone
  none.set_id("void");
  none.set_state(v1::SPEECH_STATE_VOID);
  given.put(none);
  given.when(make<v1::Announce>("text: 'x'")).by("chair").at(70'000).then_accepted();
  EXPECT_EQ(ask(given, "ana", "sum_speaking_times {}").refusal().code(),
            v1::REFUSAL_CODE_FORBIDDEN);
  const v1::Answer answer = ask(given, "chair", "sum_speaking_times {}");
  const auto& times = answer.speaking_times();
  ASSERT_EQ(times.people_size(), 2);
  EXPECT_EQ(times.people(0).key(), "ana");
  EXPECT_EQ(times.people(0).total_ms(), 60'000);
  EXPECT_EQ(times.people(0).speeches(), 1);
  EXPECT_EQ(times.people(1).total_ms(), 10'000);  // joe's goes on
  EXPECT_EQ(times.delegations(0).name(), "France");
  ASSERT_EQ(times.kinds_size(), 1);
  EXPECT_EQ(times.kinds(0).key(), std::to_string(v1::REQUEST_KIND_INTERVENTION));
  EXPECT_EQ(times.rooms(0).total_ms(), 70'000);
  EXPECT_EQ(times.items(0).key(), "i1");
  EXPECT_EQ(times.items(0).speeches(), 2);
}

core::TouchedPeople touched_by(const Given& given, const core::Decision& decided) {
  core::TouchedPeople touched;
  core::touch_people(given.state(), decided.changes, touched);
  return touched;
}

TEST(View, AttendanceTouchesNobodysView) {
  Given given = three_waiting();
  const auto decided =
      given.when(make<v1::NoteSeen>("person_ids: 'ana' person_ids: 'joe'")).by_system().decision();
  ASSERT_TRUE(decided.has_value());
  EXPECT_EQ(decided->changes.put_size(), 2);
  EXPECT_TRUE(core::touched_parts(given.state(), decided->changes).empty());
  const auto touched = touched_by(given, *decided);
  EXPECT_TRUE(touched.people.empty());
  EXPECT_TRUE(touched.rooms.empty());
}

TEST(View, Q11_AHandTouchesItsOwnerAndWhoWaitsInItsRoom) {
  Given given = three_waiting();
  const auto decided =
      given.when(make<v1::RequestFloor>("room_id: 'plenary' kind: REQUEST_KIND_RIGHT_OF_REPLY"))
          .by("zoe")
          .decision();
  ASSERT_TRUE(decided.has_value());
  const auto touched = touched_by(given, *decided);
  EXPECT_EQ(touched.people, std::set<std::string>{"zoe"});
  EXPECT_EQ(touched.rooms, std::set<std::string>{"plenary"});
  EXPECT_TRUE(core::waits_in(given.state(), "joe", touched.rooms));
  EXPECT_FALSE(core::waits_in(given.state(), "zoe", touched.rooms));
  EXPECT_FALSE(core::waits_in(given.state(), "joe", {"lab"}));
}

TEST(View, Q11_ANewLimitOfTheCurrentItemReachesWhoWaits) {
  Given given = three_waiting().running("i1");
  const auto of_item = [&](std::string_view item_id) {
    auto command = make<v1::ChangeItem>(
        "item { room_id: 'plenary' title { text: 'T' } planned_ms: 60000 speech_limit_ms: 60000 }");
    command.set_item_id(std::string(item_id));
    const auto decided = given.when(command).by("chair").decision();
    return touched_by(given, *decided).rooms;
  };
  EXPECT_EQ(of_item("i1"), std::set<std::string>{"plenary"});
  EXPECT_TRUE(of_item("i3").empty());
}

TEST(View, P8_WhoComesBackToTheFloorIsToldWithoutAChangeOfTheSpeech) {
  Given given = sample_session().settings("lab", "interruption_suspends: true");
  given.waiting("topic", "ana", "lab", v1::REQUEST_KIND_NEW_TOPIC, 3);
  given.waiting("order", "ben", "lab", v1::REQUEST_KIND_POINT_OF_ORDER, 0);
  const auto grant = [&](std::string_view request_id, const std::string& seen) {
    v1::GrantFloor command;
    command.set_request_id(std::string(request_id));
    command.set_seen_speech_id(seen);
    return given.when(command).by("lead").then_accepted();
  };
  const std::string paused = grant("topic", "");
  v1::PauseSpeech pause;
  pause.set_speech_id(paused);
  given.when(pause).by("lead").then_accepted();
  v1::EndSpeech end;
  end.set_speech_id(grant("order", paused));
  const auto decided = given.when(end).by("lead").decision();
  ASSERT_TRUE(decided.has_value());
  EXPECT_TRUE(touched_by(given, *decided).people.contains("ana"));
}

}  // namespace
}  // namespace plenary::test
