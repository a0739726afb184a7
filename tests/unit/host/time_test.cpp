// What a session's host does by itself as time goes on: presence, own values, attendance,
// deadlines; and the directory.
#include <gtest/gtest.h>

#include "core/limits.hpp"
#include "host/limits.hpp"
#include "support/host_world.hpp"

namespace plenary::test {
namespace {

class TimeTest : public testing::Test {
 protected:
  TimeTest() : host(world.create()) {
    world.enter(*host, "chair", v1::ROLE_MODERATOR);
    for (const char* person : {"ana", "ben", "zoe"})
      world.enter(*host, person);
    const v1::Actor chair = actor_of(v1::ACTOR_KIND_PERSON, "chair");
    EXPECT_TRUE(world.execute(*host, chair, v1::OpenSession()).has_position());
    world.execute(*host, chair, make<v1::SetQueueOpen>("room_id: 'plenary' open: true"));
  }
  v1::Reply raise(const PagePointer& page, const std::string& note = {}) {
    auto body = make<v1::RequestFloor>("room_id: 'plenary' kind: REQUEST_KIND_INTERVENTION");
    body.set_note(note);
    return world.submit(*host, page, body);
  }

  HostWorld world;
  HostPointer host;
};

TEST_F(TimeTest, Q14_WhoGetsTheFloorOrLosesItIsToldAtOnce) {
  const auto chair = world.page(*host, "chair");
  const auto ana = world.page(*host, "ana");
  const v1::Reply raised = raise(ana);
  ASSERT_TRUE(raised.has_position());
  ASSERT_FALSE(ana->personal.empty());
  v1::GrantFloor grant;
  grant.set_request_id(raised.created_id());
  const v1::Reply granted = world.submit(*host, chair, grant);
  ASSERT_TRUE(granted.has_position());
  EXPECT_EQ(ana->personal.back().floors_size(), 1);
  v1::EndSpeech end;
  end.set_speech_id(granted.created_id());
  ASSERT_TRUE(world.submit(*host, chair, end).has_position());
  EXPECT_EQ(ana->personal.back().floors_size(), 0);
}

TEST_F(TimeTest, Q14_TheFloorOvertakesWhatWaitsForItsSecondAndItsReaderMayLeave) {
  const auto chair = world.page(*host, "chair");
  const auto ana = world.page(*host, "ana");
  const v1::Reply raised = raise(ana);
  const std::size_t sent = ana->personal.size();
  world.submit(*host, chair, make<v1::MutePerson>("person_id: 'ana' muted: true"));
  EXPECT_EQ(ana->personal.size(), sent);  // waits
  v1::GrantFloor grant;
  grant.set_request_id(raised.created_id());
  world.submit(*host, chair, grant);
  ASSERT_EQ(ana->personal.size(), sent + 1);
  EXPECT_EQ(ana->personal.back().floors_size(), 1);
  EXPECT_TRUE(ana->personal.back().muted());
  host->leave(ana);
  world.advance(2 * host::kPersonalEveryMs);
  EXPECT_EQ(ana->personal.size(), sent + 1);
}

TEST_F(TimeTest, P3_PresenceIsCoalescedToOneMessageASecond) {
  const auto chair = world.page(*host, "chair");
  world.advance(1'000);
  const std::size_t before = chair->presence.size();
  std::vector<PagePointer> pages;
  for (int n = 0; n < 30; ++n) {
    pages.push_back(world.page(*host, n % 2 == 0 ? "ana" : "ben"));
    if (n >= 8) host->leave(pages[static_cast<std::size_t>(n - 8)]);
    world.advance(100);
  }
  EXPECT_LE(chair->presence.size() - before, 4u);
  EXPECT_GE(chair->presence.size() - before, 1u);
  EXPECT_EQ(chair->presence.back().online(), 3);
}

TEST_F(TimeTest, P3_PersonWithTwoTabsIsOneAndAReloadDoesNotFlicker) {
  const auto chair = world.page(*host, "chair");
  auto first = world.page(*host, "ana");
  const auto second = world.page(*host, "ana");
  world.advance(2'000);
  EXPECT_EQ(chair->presence.back().online(), 2);
  host->leave(first);
  host->leave(second);
  world.advance(host::kPresenceGraceMs - 1'500);
  first = world.page(*host, "ana");  // back before the grace is over
  world.advance(10'000);
  for (std::size_t n = 1; n < chair->presence.size(); ++n) {
    EXPECT_GE(chair->presence[n].online(), chair->presence[n - 1].online());
  }
  host->leave(first);
  world.advance(host::kPresenceGraceMs + 2'000);
  EXPECT_EQ(chair->presence.back().online(), 1);
}

TEST_F(TimeTest, Q2_StaffSeeSinceWhenSomebodyWhoWaitsIsAway) {
  const auto chair = world.page(*host, "chair");
  const auto ben = world.page(*host, "ben");
  const auto ana = world.page(*host, "ana");
  ASSERT_TRUE(raise(ana).has_position());
  world.advance(2'000);
  const std::int64_t left_ms = world.time.server_now_ms();
  host->leave(ana);
  world.advance(host::kPresenceGraceMs + 2'000);
  ASSERT_EQ(chair->presence.back().away_size(), 1);
  EXPECT_EQ(chair->presence.back().away(0).person_id(), "ana");
  EXPECT_EQ(chair->presence.back().away(0).since_ms(), left_ms);
  EXPECT_EQ(ben->presence.back().away_size(), 0);             // P8: away is for staff
  EXPECT_EQ(world.state(*host).queue("plenary").size(), 1u);  // the place stays
}

TEST_F(TimeTest, P6_StaffSeeThatWhoIsDueIsAway) {
  const v1::Actor organizer = actor_of(v1::ACTOR_KIND_PERSON, "chair");
  const auto chair = world.page(*host, "chair");
  const v1::Reply added = world.execute(
      *host, organizer,
      make<v1::AddItem>("item { room_id: 'plenary' kind: ITEM_KIND_REMARKS title { text: 'Three' } "
                        "planned_ms: 60000 speakers: 'Ana of the ministry' }"));
  ASSERT_TRUE(added.has_position()) << added.DebugString();
  // She has entered with a device of her own, and is one with the name on the agenda.
  v1::MergePeople merge;
  merge.set_person_id(world.state(*host).item(added.created_id())->speakers(0).person_id());
  merge.set_into_person_id("ana");
  ASSERT_TRUE(world.execute(*host, organizer, merge).has_position());
  world.advance(2'000);
  EXPECT_EQ(chair->presence.back().away_size(), 0);
  v1::StartItem start;
  start.set_item_id(added.created_id());
  ASSERT_TRUE(world.execute(*host, organizer, start).has_position());
  world.advance(2'000);
  ASSERT_EQ(chair->presence.back().away_size(), 1);
  EXPECT_EQ(chair->presence.back().away(0).person_id(), "ana");
}

TEST_F(TimeTest, P3_OwnViewAtMostOnceASecondFirstAtOnceAndTheLastIsNotLost) {
  const auto ana = world.page(*host, "ana");
  world.advance(1'500);
  const std::size_t before = ana->personal.size();
  ASSERT_TRUE(raise(ana, "0").has_position());
  EXPECT_EQ(ana->personal.size(), before + 1);  // at once
  for (int n = 1; n <= 20; ++n) {
    raise(ana, std::to_string(n));
    world.advance(20);
  }
  EXPECT_EQ(ana->personal.size(), before + 1);
  world.advance(1'000);
  EXPECT_EQ(ana->personal.size(), before + 2);
  EXPECT_EQ(ana->personal.back().requests(0).note(), "20");
}

TEST_F(TimeTest, Q11_WhoStandsBehindLearnsTheNewPlaceWithinASecond) {
  const auto chair = world.page(*host, "chair");
  std::vector<PagePointer> pages;
  std::vector<std::string> requests;
  for (int n = 0; n < 6; ++n) {
    const std::string person = "p" + std::to_string(n);
    world.enter(*host, person);
    pages.push_back(world.page(*host, person));
    requests.push_back(raise(pages.back()).created_id());
  }
  world.advance(3'000);
  EXPECT_EQ(pages[5]->personal.back().requests(0).place(), 6);
  v1::RemoveRequest body;
  body.set_request_id(requests[0]);
  ASSERT_TRUE(world.submit(*host, chair, body).has_position());
  EXPECT_EQ(pages[1]->personal.back().requests(0).place(), 1);  // who is next: at once
  world.advance(1'100);
  EXPECT_EQ(pages[5]->personal.back().requests(0).place(), 5);
}

TEST_F(TimeTest, Q11_ANewLimitOfTheItemReachesWhoWaits) {
  const auto chair = world.page(*host, "chair");
  const auto ana = world.page(*host, "ana");
  const auto ben = world.page(*host, "ben");
  const std::string item_id = world.state(*host).items().begin()->first;
  v1::StartItem start;
  start.set_item_id(item_id);
  ASSERT_TRUE(world.submit(*host, chair, start).has_position());
  auto change = make<v1::ChangeItem>(
      "item { room_id: 'plenary' title { text: 'T' } planned_ms: 60000 speech_limit_ms: 60000 }");
  change.set_item_id(item_id);
  ASSERT_TRUE(world.submit(*host, chair, change).has_position());
  raise(ana);
  raise(ben);
  world.advance(3'000);
  ASSERT_EQ(ben->personal.back().requests(0).wait_high_ms(), 75'000);
  change.mutable_item()->set_speech_limit_ms(600'000);
  ASSERT_TRUE(world.submit(*host, chair, change).has_position());
  world.advance(1'100);
  EXPECT_EQ(ben->personal.back().requests(0).wait_high_ms(), 750'000);
}

TEST_F(TimeTest, AttendanceIsAtMostOneRecordAMinute) {
  const auto ana = world.page(*host, "ana");
  const auto ben = world.page(*host, "ben");
  const std::size_t before = world.records(*host).size();
  for (int n = 0; n < 10; ++n) {
    host->leave(world.page(*host, "zoe"));
    world.advance(30'000);
  }
  std::vector<std::int64_t> noted;
  const auto records = world.records(*host);
  for (std::size_t n = before; n < records.size(); ++n) {
    EXPECT_EQ(records[n].command_kind(), v1::Command::kNoteSeen);
    noted.push_back(records[n].at_ms());
  }
  ASSERT_GE(noted.size(), 2u);
  for (std::size_t n = 1; n < noted.size(); ++n) {
    EXPECT_GE(noted[n] - noted[n - 1], host::kNoteSeenEveryMs);
  }
}

TEST_F(TimeTest, S6_ClosingIsFinishedByTimeItself) {
  const auto chair = world.page(*host, "chair");
  ASSERT_TRUE(world.submit(*host, chair, make<v1::CloseSession>("confirmed: true")).has_position());
  EXPECT_EQ(world.state(*host).session()->phase(), v1::SESSION_PHASE_CLOSING);
  world.advance(core::kReopenWithinMs - 2'000);
  EXPECT_EQ(world.state(*host).session()->phase(), v1::SESSION_PHASE_CLOSING);
  world.advance(62'000);
  EXPECT_EQ(world.state(*host).session()->phase(), v1::SESSION_PHASE_CLOSED);
}

TEST_F(TimeTest, S6_ClosingIsFinishedThoughNobodyIsThereAndTheServerWasRestarted) {
  const v1::Reply closing = world.execute(*host, actor_of(v1::ACTOR_KIND_PERSON, "chair"),
                                          make<v1::CloseSession>("confirmed: true"));
  ASSERT_TRUE(closing.has_position()) << closing.DebugString();
  const std::string session_id = host->session_id();
  host.reset();
  world.restart();
  world.run(world.directory->start());
  EXPECT_EQ(world.directory->metrics().sessions_loaded, 0);
  world.advance(core::kReopenWithinMs + 120'000);
  host = world.find(session_id);
  EXPECT_EQ(world.state(*host).session()->phase(), v1::SESSION_PHASE_CLOSED);
}

TEST_F(TimeTest, S6_AfterItsRetentionTheSessionIsDeleted) {
  world.execute(*host, actor_of(v1::ACTOR_KIND_PERSON, "chair"),
                make<v1::CloseSession>("confirmed: true"));
  world.advance(core::kReopenWithinMs + 120'000);
  const std::int64_t removed_ms =
      core::next_deadline(world.state(*host)).at_ms - world.time.server_now_ms();
  ASSERT_GT(removed_ms, 0);
  world.time.spend_us(removed_ms * 1'000);  // a year in one step
  world.advance(70'000);
  EXPECT_TRUE(world.records(*host).empty());
  EXPECT_EQ(world.await(world.directory->find(host->session_id())).error().code(),
            v1::REFUSAL_CODE_NOT_FOUND);
}

// ---- the directory

TEST_F(TimeTest, SessionIsFoundByItsCodeSpacesAccepted) {
  std::string code = world.state(*host).session()->join_code();
  ASSERT_EQ(code.size(), 8u);
  code.insert(4, " ");
  EXPECT_EQ(world.await(world.directory->find_by_code(code)).value()->session_id(),
            host->session_id());
  EXPECT_EQ(world.await(world.directory->find_by_code("0000")).error().code(),
            v1::REFUSAL_CODE_UNKNOWN_CODE);
}

TEST_F(TimeTest, WhatCannotBeAnIdIsNotFoundAndNeverReachesTheLog) {
  for (const char* id : {"", "..", "a/b", "unknown", "a b"}) {
    EXPECT_EQ(world.await(world.directory->find(id)).error().code(), v1::REFUSAL_CODE_NOT_FOUND);
  }
}

TEST_F(TimeTest, H8_IdleSessionIsLetGoOfAndLoadedAgain) {
  world.run(world.directory->start());
  const std::string session_id = host->session_id();
  const std::string before = snapshot_bytes(world.state(*host));
  host.reset();
  world.advance(host::kUnloadAfterMs + 2 * host::kSweepEveryMs);
  EXPECT_EQ(world.directory->metrics().sessions_loaded, 0);
  EXPECT_EQ(world.directory->metrics().snapshots_saved, 1u);
  host = world.find(session_id);
  EXPECT_EQ(snapshot_bytes(world.state(*host)), before);
}

TEST_F(TimeTest, SessionWithReadersIsKept) {
  world.run(world.directory->start());
  const auto ana = world.page(*host, "ana");
  const auto* kept = host.get();
  const std::string session_id = host->session_id();
  host.reset();
  world.advance(host::kUnloadAfterMs + 2 * host::kSweepEveryMs);
  EXPECT_EQ(world.find(session_id).get(), kept);
}

// Two processes on one log: what one writes, the other shows.
TEST(TwoHosts, P1_WhatOneInstanceWritesTheOtherShows) {
  HostWorld world;
  HostPointer first = world.create();
  adapters::MemoryLog log(world.store);
  host::Directory other(world.cores, host::Ports{log, world.time, world.ids, nullptr, &world.time});
  HostPointer second = world.await(other.find(first->session_id())).value();
  world.enter(*first, "ana");
  world.enter(*second, "chair", v1::ROLE_MODERATOR);
  // A person who came in there may read here at once.
  const auto ana = world.page(*second, "ana");
  const auto chair = world.page(*first, "chair");
  ASSERT_TRUE(ana->welcome.has_value());
  ASSERT_TRUE(chair->welcome.has_value());
  world.submit(*first, chair, make<v1::Announce>("text: 'coffee'"));
  world.advance(2'000);
  EXPECT_EQ(ana->view.entities,
            entities_of(core::project(v1::AUDIENCE_EVERYONE, world.state(*first))));
  EXPECT_EQ(ana->view.holes, 0);
}

}  // namespace
}  // namespace plenary::test
