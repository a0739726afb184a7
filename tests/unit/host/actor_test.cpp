// A session's host over the real core and a log in memory: commands, views, resume, roles, drain.
#include <gtest/gtest.h>

#include "host/limits.hpp"
#include "support/host_world.hpp"

namespace plenary::test {
namespace {

v1::RequestFloor hand(const std::string& note = {}) {
  auto body = make<v1::RequestFloor>("room_id: 'plenary' kind: REQUEST_KIND_INTERVENTION");
  body.set_note(note);
  return body;
}

class ActorTest : public testing::Test {
 protected:
  ActorTest() : host(world.create()) {
    world.enter(*host, "chair", v1::ROLE_MODERATOR);
    world.enter(*host, "ana");
    world.enter(*host, "ben");
  }

  void open_queue() {
    const v1::Actor chair = actor_of(v1::ACTOR_KIND_PERSON, "chair");
    ASSERT_TRUE(world.execute(*host, chair, v1::OpenSession()).has_position());
    world.execute(*host, chair, make<v1::SetQueueOpen>("room_id: 'plenary' open: true"));
  }

  void expect_view_is_projected(const PagePointer& page) {
    world.cores.settle();
    EXPECT_EQ(page->view.holes, 0);
    EXPECT_EQ(page->view.entities,
              entities_of(core::project(page->view.audience, world.state(*host))));
  }

  HostWorld world;
  HostPointer host;
};

TEST_F(ActorTest, C1_JoinGetsWelcomeThenTheWholeView) {
  const auto page = world.page(*host, "ana");
  ASSERT_TRUE(page->welcome.has_value());
  EXPECT_EQ(page->welcome->person_id(), "ana");
  EXPECT_EQ(page->welcome->audience(), v1::AUDIENCE_EVERYONE);
  EXPECT_EQ(page->welcome->build(), "test");
  EXPECT_FALSE(page->welcome->resumed());
  EXPECT_EQ(page->views, 1);
  EXPECT_EQ(page->order.at(0), v1::ServerMessage::kWelcome);
  EXPECT_EQ(page->order.at(1), v1::ServerMessage::kView);
  ASSERT_EQ(page->personal.size(), 1u);
  EXPECT_EQ(page->personal[0].person_id(), "ana");
  expect_view_is_projected(page);
}

TEST_F(ActorTest, C2_CommandIsAnsweredOnceItIsInTheLogAndSeenByAll) {
  open_queue();
  const auto ana = world.page(*host, "ana");
  const auto chair = world.page(*host, "chair");
  EXPECT_EQ(chair->welcome->audience(), v1::AUDIENCE_STAFF);
  const v1::Reply reply = world.submit(*host, ana, hand());
  ASSERT_TRUE(reply.has_position()) << reply.DebugString();
  EXPECT_EQ(reply.position().id(), world.records(*host).back().id());
  EXPECT_EQ(world.records(*host).back().created_id(), reply.created_id());
  for (const auto& page : {ana, chair}) {
    EXPECT_EQ(page->view.position.seq(), reply.position().seq());
    expect_view_is_projected(page);
  }
}

TEST_F(ActorTest, C2_SameIdActsOnceWhoeverSendsIt) {
  open_queue();
  const auto page = world.page(*host, "ana");
  const std::string id = world.command_id();
  for (int time = 0; time < 3; ++time)
    host->submit(page, id, world.submission(hand()));
  world.cores.settle();
  const std::size_t stored = world.records(*host).size();
  const auto second = world.page(*host, "ana");  // another tab, later
  world.advance(60'000);
  host->submit(second, id, world.submission(hand()));
  world.cores.settle();
  EXPECT_EQ(world.records(*host).size(), stored);
  ASSERT_EQ(page->replies.size(), 3u);
  for (const v1::Reply& reply : page->replies) {
    EXPECT_EQ(reply.SerializeAsString(), second->replies.at(0).SerializeAsString());
  }
}

TEST_F(ActorTest, C2_AfterARestartARepeatIsStillKnown) {
  open_queue();
  auto page = world.page(*host, "ana");
  const std::string id = world.command_id();
  host->submit(page, id, world.submission(hand()));
  world.cores.settle();
  const v1::Reply first = page->replies.at(0);
  const std::string session_id = host->session_id();
  page.reset();
  host.reset();
  world.restart();
  host = world.find(session_id);
  page = world.page(*host, "ana");
  host->submit(page, id, world.submission(hand()));
  world.cores.settle();
  EXPECT_EQ(page->replies.at(0).SerializeAsString(), first.SerializeAsString());
}

TEST_F(ActorTest, CommandIssuedLongAgoOrInTheFutureIsExpired) {
  open_queue();
  const auto page = world.page(*host, "ana");
  for (const std::int64_t offset_ms : {-host::kExpiresAfterMs - 1, host::kMaxIssuedAheadMs + 1}) {
    v1::Submit submit = world.submission(hand());
    submit.set_issued_at_ms(world.time.server_now_ms() + offset_ms);
    host->submit(page, world.command_id(), submit);
    world.cores.settle();
    EXPECT_EQ(page->replies.back().refusal().code(), v1::REFUSAL_CODE_EXPIRED);
  }
}

TEST_F(ActorTest, P4_WhoWaitsToBeLetInReadsNothingAndThenEverything) {
  open_queue();
  const auto chair = world.page(*host, "chair");
  const auto ana = world.page(*host, "ana");
  world.submit(*host, chair,
               make<v1::ChangeSession>("fields: 'admission_required' admission_required: true"));
  world.enter(*host, "stranger");
  const auto stranger = world.page(*host, "stranger");
  ASSERT_TRUE(stranger->welcome.has_value());
  EXPECT_EQ(stranger->welcome->audience(), v1::AUDIENCE_WAITING);
  ASSERT_EQ(stranger->personal.size(), 1u);
  EXPECT_FALSE(stranger->personal[0].admitted());
  expect_view_is_projected(stranger);
  const auto seen = [&] { return stranger->view.entities.size(); };
  EXPECT_EQ(seen(), 1u);
  ASSERT_TRUE(world.submit(*host, ana, hand("secret")).has_position());
  world.advance(host::kPresenceEveryMs);
  EXPECT_EQ(seen(), 1u);
  EXPECT_EQ(world.submit(*host, stranger, hand()).refusal().code(), v1::REFUSAL_CODE_NOT_ADMITTED);
  for (const auto kind : {v1::ServerMessage::kPresence, v1::ServerMessage::kChange}) {
    EXPECT_EQ(std::ranges::count(stranger->order, kind), 0) << kind;
  }
  world.submit(*host, chair, make<v1::AdmitPerson>("person_id: 'stranger'"));
  world.cores.settle();
  EXPECT_EQ(stranger->view.audience, v1::AUDIENCE_EVERYONE);
  EXPECT_GT(seen(), 1u);
  expect_view_is_projected(stranger);
  world.advance(host::kPersonalEveryMs);
  EXPECT_TRUE(stranger->personal.back().admitted());
  EXPECT_TRUE(world.submit(*host, stranger, hand()).has_position());
}

TEST_F(ActorTest, P2_NobodySendsWhatOnlyTheEdgeMay) {
  const auto chair = world.page(*host, "chair");
  const v1::EnterSession enter =
      make<v1::EnterSession>("person_id: 'x' name: 'x' vouched { role: ROLE_MODERATOR }");
  EXPECT_EQ(world.submit(*host, chair, enter).refusal().code(), v1::REFUSAL_CODE_FORBIDDEN);
  EXPECT_EQ(world.submit(*host, chair, make<v1::NoteSeen>("person_ids: 'ana'")).refusal().code(),
            v1::REFUSAL_CODE_FORBIDDEN);
  EXPECT_EQ(world.submit(*host, chair, v1::FinishClosing()).refusal().code(),
            v1::REFUSAL_CODE_FORBIDDEN);
  EXPECT_EQ(world.submit(*host, chair, v1::CreateSession()).refusal().code(),
            v1::REFUSAL_CODE_FORBIDDEN);
  const v1::CreateInvitation invitation =
      make<v1::CreateInvitation>("invitation_id: 'x' role: ROLE_PARTICIPANT");
  EXPECT_EQ(world.submit(*host, chair, invitation).refusal().code(), v1::REFUSAL_CODE_FORBIDDEN);
}

TEST_F(ActorTest, CommandIdHasSixteenBytes) {
  const auto page = world.page(*host, "ana");
  host->submit(page, "short", world.submission(hand()));
  world.cores.settle();
  EXPECT_EQ(page->replies.at(0).refusal().code(), v1::REFUSAL_CODE_BAD_FIELD);
  EXPECT_EQ(page->replies.at(0).refusal().field(), "id");
}

TEST_F(ActorTest, P2_TokenSaysWhoOneIs) {
  const auto stranger = world.page(*host, "nobody");
  EXPECT_EQ(stranger->bye.code(), 4502);
  EXPECT_FALSE(stranger->bye.retry());
  ports::Claims other = world.claims(*host, "ana");
  other.session_id = "another";
  EXPECT_EQ(world.join(*host, other, {})->bye.code(), 4502);
}

// ---- resume

TEST_F(ActorTest, C1_KnownPositionIsResumedWithWhatWasMissed) {
  open_queue();
  const auto first = world.page(*host, "ana");
  const auto ben = world.page(*host, "ben");
  const v1::Position position = first->view.position;
  host->leave(first);
  world.submit(*host, ben, hand());
  v1::Hello hello;
  *hello.mutable_position() = position;
  hello.set_audience(v1::AUDIENCE_EVERYONE);
  auto again = std::make_shared<FakePage>();
  again->view = first->view;
  host->join({again, world.claims(*host, "ana"), hello});
  world.cores.settle();
  EXPECT_TRUE(again->welcome->resumed());
  EXPECT_EQ(again->views, 0);
  expect_view_is_projected(again);
}

TEST_F(ActorTest, C1_UnknownPositionOrAudienceGetsTheSnapshot) {
  open_queue();
  const auto ben = world.page(*host, "ben");
  v1::Hello hello;
  *hello.mutable_position() = ben->view.position;
  hello.set_audience(v1::AUDIENCE_STAFF);
  EXPECT_FALSE(world.join(*host, world.claims(*host, "ana"), hello)->welcome->resumed());
  hello.set_audience(v1::AUDIENCE_EVERYONE);
  EXPECT_TRUE(world.join(*host, world.claims(*host, "ana"), hello)->welcome->resumed());
  hello.mutable_position()->set_id("another history.");
  const auto foreign = world.join(*host, world.claims(*host, "ana"), hello);
  EXPECT_FALSE(foreign->welcome->resumed());
  EXPECT_EQ(foreign->views, 1);
}

TEST_F(ActorTest, EmptyChangeLeadsToTheReplysPosition) {
  // Staff hold an entry: everyone's view of it is another one, or the same; the position is reached
  // anyhow.
  open_queue();
  const auto chair = world.page(*host, "chair");
  const auto ana = world.page(*host, "ana");
  const v1::Reply raised = world.submit(*host, ana, hand());
  const v1::Reply note = world.submit(*host, ana, hand("a note that only staff see"));
  ASSERT_TRUE(note.has_position()) << note.DebugString();
  ASSERT_GT(note.position().seq(), raised.position().seq());
  EXPECT_EQ(ana->view.position.seq(), note.position().seq());
  expect_view_is_projected(ana);
  expect_view_is_projected(chair);
}

TEST_F(ActorTest, C4_ReaderThatFellBehindGetsTheSharedSnapshot) {
  open_queue();
  const auto slow = world.page(*host, "ben");
  slow->reads = false;
  const auto ana = world.page(*host, "ana");
  for (int n = 0; n < 600; ++n) {
    if (n % 50 == 0) world.advance(60'001 * 11);  // the repeats of one person are bounded
    const v1::Reply raised = world.submit(*host, ana, hand());
    ASSERT_TRUE(raised.has_position()) << raised.DebugString();
    v1::WithdrawRequest body;
    body.set_request_id(raised.created_id());
    world.submit(*host, ana, body);
  }
  EXPECT_TRUE(slow->outbox().fell_behind());
  host->needs_view(slow);
  world.cores.settle();
  EXPECT_FALSE(slow->outbox().fell_behind());
  slow->read();
  EXPECT_EQ(slow->views, 2);
  expect_view_is_projected(slow);
}

// ---- access

TEST_F(ActorTest, P2_GrantedRoleSwitchesTheAudienceWithANewView) {
  const auto ana = world.page(*host, "ana");
  const auto chair = world.page(*host, "chair");
  world.submit(*host, chair,
               make<v1::GrantRole>("person_id: 'ana' grant { role: ROLE_MODERATOR }"));
  EXPECT_EQ(ana->view.audience, v1::AUDIENCE_STAFF);
  EXPECT_EQ(ana->views, 2);
  expect_view_is_projected(ana);
  world.submit(*host, chair,
               make<v1::RevokeRole>("person_id: 'ana' grant { role: ROLE_MODERATOR }"));
  EXPECT_EQ(ana->view.audience, v1::AUDIENCE_EVERYONE);
  expect_view_is_projected(ana);
}

TEST_F(ActorTest, P4_RemovedPersonIsClosedAndRefused) {
  const auto ana = world.page(*host, "ana");
  const auto chair = world.page(*host, "chair");
  world.submit(*host, chair, make<v1::RemovePerson>("person_id: 'ana'"));
  EXPECT_EQ(ana->bye.code(), 4503);
  EXPECT_EQ(world.page(*host, "ana")->bye.code(), 4503);
}

TEST_F(ActorTest, D1_RevokedDisplayLinkIsClosed) {
  const auto chair = world.page(*host, "chair");
  const v1::Reply made = world.execute(
      *host, actor_of(v1::ACTOR_KIND_PERSON, "chair"),
      make<v1::CreateInvitation>("role: ROLE_DISPLAY room_id: 'plenary' invitation_id: 'link1'"));
  ASSERT_TRUE(made.has_position()) << made.DebugString();
  ports::Claims claims;
  claims.session_id = host->session_id();
  claims.invitation_id = "link1";
  claims.role = v1::ROLE_DISPLAY;
  const auto display = world.join(*host, claims, {});
  ASSERT_TRUE(display->welcome.has_value());
  EXPECT_EQ(display->welcome->room_id(), "plenary");
  EXPECT_EQ(display->welcome->person_id(), "");
  EXPECT_EQ(world.submit(*host, display, hand()).refusal().code(), v1::REFUSAL_CODE_FORBIDDEN);
  world.submit(*host, chair, make<v1::RevokeInvitation>("invitation_id: 'link1'"));
  EXPECT_EQ(display->bye.code(), 4504);
  EXPECT_EQ(world.join(*host, claims, {})->bye.code(), 4504);
}

TEST_F(ActorTest, NinthConnectionOfOnePersonReplacesTheOldest) {
  std::vector<PagePointer> pages;
  for (std::size_t n = 0; n < host::kMaxConnectionsOfPerson; ++n) {
    pages.push_back(world.page(*host, "ana"));
  }
  EXPECT_FALSE(pages[0]->closed);
  pages.push_back(world.page(*host, "ana"));
  EXPECT_EQ(pages[0]->bye.code(), 4506);
  for (std::size_t n = 1; n < pages.size(); ++n)
    EXPECT_FALSE(pages[n]->closed) << n;
}

// ---- the end

TEST_F(ActorTest, DrainSaysByeToAllSpreadOverTimeAndRefusesWhatComesAfter) {
  const auto ana = world.page(*host, "ana");
  const auto ben = world.page(*host, "ben");
  world.run(world.directory->drain(std::chrono::milliseconds(10'000)));
  EXPECT_EQ(ana->bye.code(), 4001);
  EXPECT_TRUE(ana->bye.retry());
  EXPECT_NE(ana->bye.retry_after_ms(), ben->bye.retry_after_ms());
  EXPECT_LE(std::max(ana->bye.retry_after_ms(), ben->bye.retry_after_ms()), 10'000);
  const v1::Reply late = world.execute(*host, actor_of(v1::ACTOR_KIND_PERSON, "ana"), hand());
  EXPECT_EQ(late.refusal().code(), v1::REFUSAL_CODE_UNAVAILABLE);
  EXPECT_FALSE(world.await(world.directory->find(host->session_id())).has_value());
  const auto snapshot = world.await(world.log->load_snapshot("session/" + host->session_id()));
  ASSERT_TRUE(std::get<std::optional<ports::StoredSnapshot>>(snapshot).has_value());
}

TEST_F(ActorTest, S6_RemovedSessionSaysGoneAndIsNotFound) {
  const auto ana = world.page(*host, "ana");
  EXPECT_TRUE(world.await(world.directory->remove(host->session_id())).has_value());
  EXPECT_EQ(ana->bye.code(), 4505);
  EXPECT_EQ(world.await(world.directory->find(host->session_id())).error().code(),
            v1::REFUSAL_CODE_NOT_FOUND);
}

TEST_F(ActorTest, ARecordOfALaterBuildIs4004AndTheSessionIsUnavailableHere) {
  const auto ana = world.page(*host, "ana");
  v1::Record later;
  const v1::Record head = world.records(*host).back();
  later.set_id("later");
  later.set_seq(head.seq() + 1);
  later.set_previous_id(head.id());
  later.set_reader_version(core::kReaderVersion + 1);
  adapters::MemoryLog other(world.store);  // another instance, on a later build
  const auto outcome =
      world.await(other.append("session/" + host->session_id(), {head.seq(), head.id()}, {later}));
  ASSERT_TRUE(std::holds_alternative<ports::Appended>(outcome));
  world.cores.settle();
  EXPECT_EQ(ana->bye.code(), 4004);
  EXPECT_EQ(ana->bye.reason(), "unavailable");
  EXPECT_TRUE(ana->bye.retry());
  EXPECT_EQ(world.await(world.directory->find(host->session_id())).error().code(),
            v1::REFUSAL_CODE_UNAVAILABLE);
}

TEST_F(ActorTest, AnotherHistoryIs4008AndNothingIsAcknowledged) {
  const auto ana = world.page(*host, "ana");
  world.await(world.log->remove(host->session_id()));  // behind the host's back
  const v1::Actor chair = actor_of(v1::ACTOR_KIND_PERSON, "chair");
  EXPECT_EQ(world.execute(*host, chair, v1::OpenSession()).refusal().code(),
            v1::REFUSAL_CODE_UNAVAILABLE);
  EXPECT_EQ(ana->bye.code(), 4008);
  EXPECT_EQ(ana->bye.reason(), "moved");
  EXPECT_TRUE(ana->bye.retry());
  EXPECT_EQ(world.await(world.directory->find(host->session_id())).error().code(),
            v1::REFUSAL_CODE_NOT_FOUND);
}

}  // namespace
}  // namespace plenary::test
