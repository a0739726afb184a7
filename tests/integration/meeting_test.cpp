// A whole meeting over sockets, with the real binary.
#include <gtest/gtest.h>

#include "integration/server_process.hpp"

namespace plenary::test {
namespace {

namespace v1 = ::plenary::v1;

class Meeting : public testing::Test {
 protected:
  Meeting() {
    session_ = server_.create_session(kSmallAgenda);
    code_ = server_.join_code(session_);
    chair_ = sit_down(server_, server_.enter_with_token(
                                   server_.invite(session_, R"({"role": "moderator"})"), "Chair"));
  }

  Seat participant(const std::string& name) {
    return sit_down(server_, server_.enter(code_, name));
  }

  void open() {
    ASSERT_TRUE(chair_.page->command(open_session()).has_position());
    const v1::Reply started = chair_.page->command(start_item(first_item(*chair_.page, "First")));
    ASSERT_TRUE(started.has_position()) << started.ShortDebugString();
    ASSERT_TRUE(chair_.page->wait_for_seq(started.position().seq()));
  }

  // Raises and waits until the chair sees it; the request's id.
  std::string hand_of(Seat& seat, v1::RequestKind kind = v1::REQUEST_KIND_INTERVENTION) {
    const v1::Reply reply = seat.page->command(raise(kind));
    EXPECT_TRUE(reply.has_position()) << reply.ShortDebugString();
    EXPECT_TRUE(chair_.page->wait_for_seq(reply.position().seq()));
    return reply.created_id();
  }

  ServerProcess server_;
  std::string session_;
  std::string code_;
  Seat chair_;
};

TEST_F(Meeting, FromTheHandToTheRecordAndBack) {
  open();
  Seat anna = participant("Anna");
  Seat bela = participant("Béla");
  const std::string of_anna = hand_of(anna);
  const std::string of_bela = hand_of(bela);
  const std::string order = hand_of(bela, v1::REQUEST_KIND_POINT_OF_ORDER);

  // Q1: the point of order before the interventions, those in the order of their raising.
  const v1::RoomView* room = chair_.page->room("plenary");
  ASSERT_NE(room, nullptr);
  ASSERT_EQ(room->entry_ids_size(), 3);
  EXPECT_EQ(room->entry_ids(0), order);
  EXPECT_EQ(room->entry_ids(1), of_anna);
  EXPECT_EQ(room->entry_ids(2), of_bela);
  ASSERT_TRUE(anna.page->wait([&] {
    return anna.page->personal().requests_size() == 1 &&
           anna.page->personal().requests(0).place() == 2;
  }));

  const v1::Reply granted = chair_.page->command(next("", order));
  ASSERT_TRUE(granted.has_position()) << granted.ShortDebugString();
  for (Seat* seat : {&chair_, &anna, &bela}) {
    ASSERT_TRUE(seat->page->wait_for_seq(granted.position().seq()));
    EXPECT_NE(seat->page->room("plenary")->current_speech_id(), "");
    EXPECT_EQ(seat->page->holes, 0);
  }
  const std::string speech = chair_.page->room("plenary")->current_speech_id();
  EXPECT_EQ(chair_.page->speech(speech)->name(), "Béla");
  ASSERT_TRUE(bela.page->wait([&] { return bela.page->personal().floors_size() == 1; }));

  v1::Command pause;
  pause.mutable_pause_speech()->set_speech_id(speech);
  ASSERT_TRUE(chair_.page->command(pause).has_position());
  v1::Command resume;
  resume.mutable_resume_speech()->set_speech_id(speech);
  ASSERT_TRUE(chair_.page->command(resume).has_position());
  v1::Command end;
  end.mutable_end_speech()->set_speech_id(speech);
  const v1::Reply ended = chair_.page->command(end);
  ASSERT_TRUE(ended.has_position());
  ASSERT_TRUE(chair_.page->wait_for_seq(ended.position().seq()));
  EXPECT_EQ(chair_.page->room("plenary")->current_speech_id(), "");

  // Q15: the end is undone.
  std::string act;
  for (const auto& [key, entity] : chair_.page->view()) {
    if (entity.has_act() && entity.act().kind() == v1::ACT_KIND_END) act = entity.act().id();
  }
  ASSERT_NE(act, "");
  v1::Command undo;
  undo.mutable_undo()->set_act_id(act);
  const v1::Reply undone = chair_.page->command(undo);
  ASSERT_TRUE(undone.has_position()) << undone.ShortDebugString();
  ASSERT_TRUE(chair_.page->wait_for_seq(undone.position().seq()));
  EXPECT_EQ(chair_.page->room("plenary")->current_speech_id(), speech);
}

TEST_F(Meeting, Q5_TwoModeratorsAtOnceSkipNobody) {
  open();
  Seat second = sit_down(server_, server_.enter_with_token(
                                      server_.invite(session_, R"({"role": "moderator"})"), "Two"));
  Seat anna = participant("Anna");
  Seat bela = participant("Bela");
  const std::string of_anna = hand_of(anna);
  hand_of(bela);
  const std::string one = chair_.page->send_command(next("", of_anna));
  const std::string two = second.page->send_command(next("", of_anna));
  const auto first = chair_.page->reply_to(one);
  const auto other = second.page->reply_to(two);
  ASSERT_TRUE(first && other);
  EXPECT_NE(first->has_position(), other->has_position()) << "exactly one";
  const v1::Reply& refused = first->has_position() ? *other : *first;
  EXPECT_EQ(refused.refusal().code(), v1::REFUSAL_CODE_STALE);
}

TEST_F(Meeting, P1_TheSameKeyIsTheSamePerson) {
  const std::string key = random_key();
  const Entered first = server_.enter(code_, "Anna", key);
  const Entered again = server_.enter(code_.substr(0, 4) + " " + code_.substr(4), "Anna", key);
  EXPECT_EQ(first.person, again.person);
  EXPECT_NE(first.person, server_.enter(code_, "Anna").person);
}

TEST_F(Meeting, P2_AGrantAndItsRevocationCountAtOnce) {
  open();
  Seat anna = participant("Anna");
  v1::Command close_queue;
  close_queue.mutable_set_queue_open()->set_room_id("plenary");
  close_queue.mutable_set_queue_open()->set_open(false);
  EXPECT_EQ(anna.page->command(close_queue).refusal().code(), v1::REFUSAL_CODE_FORBIDDEN);
  v1::Command grant;
  grant.mutable_grant_role()->set_person_id(anna.who.person);
  grant.mutable_grant_role()->mutable_grant()->set_role(v1::ROLE_MODERATOR);
  ASSERT_TRUE(chair_.page->command(grant).has_position());
  EXPECT_TRUE(anna.page->command(close_queue).has_position());
  v1::Command revoke;
  revoke.mutable_revoke_role()->set_person_id(anna.who.person);
  revoke.mutable_revoke_role()->mutable_grant()->set_role(v1::ROLE_MODERATOR);
  ASSERT_TRUE(chair_.page->command(revoke).has_position());
  EXPECT_EQ(anna.page->command(close_queue).refusal().code(), v1::REFUSAL_CODE_FORBIDDEN);
}

TEST_F(Meeting, P2_ARevokedInvitationOpensNothing) {
  const HttpAnswer made = server_.post("/api/v1/sessions/" + session_ + "/invitations",
                                       R"({"role": "note_taker"})", true);
  ASSERT_EQ(made.status, 201);
  v1::Command revoke;
  revoke.mutable_revoke_invitation()->set_invitation_id(field_of(made.body, "invitation"));
  ASSERT_TRUE(chair_.page->command(revoke).has_position());
  const HttpAnswer refused =
      server_.post("/api/v1/enter", R"({"token": ")" + field_of(made.body, "token") +
                                        R"(", "name": "N", "key": ")" + random_key() + R"("})");
  EXPECT_EQ(refused.status, 401) << refused.body;
}

TEST_F(Meeting, P3_PresenceIsCoalesced) {
  std::vector<Seat> seats;
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < 30; ++i)
    seats.push_back(participant("P" + std::to_string(i)));
  ASSERT_TRUE(chair_.page->wait([&] { return chair_.page->presence().online() >= 31; }))
      << chair_.page->presence().ShortDebugString();
  const auto seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  EXPECT_LE(chair_.page->presences, seconds + 2);
}

TEST_F(Meeting, P4_ARemovedPersonsTokenIsRefused) {
  Seat anna = participant("Anna");
  v1::Command remove;
  remove.mutable_remove_person()->set_person_id(anna.who.person);
  ASSERT_TRUE(chair_.page->command(remove).has_position());
  ASSERT_TRUE(anna.page->wait_for_close());
  EXPECT_EQ(anna.page->close_code(), 4503);
  WsClient again(server_.port());
  again.hello(anna.who.token);
  ASSERT_TRUE(again.wait_for_close());
  EXPECT_EQ(again.close_code(), 4503);
  ASSERT_TRUE(again.bye());
  EXPECT_FALSE(again.bye()->retry());
}

TEST_F(Meeting, C1_AResumedPageGetsWhatItMissedOnce) {
  open();
  Seat anna = participant("Anna");
  const std::uint64_t seen = anna.page->position().seq();
  anna.page->socket().reset();
  Seat bela = participant("Bela");
  hand_of(bela);
  WsClient back(server_.port());
  back.resume(*anna.page, anna.who.token);
  ASSERT_TRUE(back.wait([&] { return back.room("plenary")->entry_ids_size() == 1; }));
  EXPECT_GT(back.position().seq(), seen);
  EXPECT_TRUE(back.welcome()->resumed());
  EXPECT_EQ(back.whole_views, 0);
  EXPECT_EQ(back.holes, 0);
}

TEST_F(Meeting, C1_AnUnknownPositionGetsAWholeView) {
  open();
  Seat anna = participant("Anna");
  v1::Position foreign;
  foreign.set_seq(anna.page->position().seq());
  foreign.set_id(random_bytes(16));
  WsClient back(server_.port());
  back.hello(anna.who.token, &foreign, v1::AUDIENCE_EVERYONE);
  ASSERT_TRUE(back.wait_for_view());
  EXPECT_FALSE(back.welcome()->resumed());
}

TEST_F(Meeting, C2_ACommandSentTwiceActsOnce) {
  open();
  Seat anna = participant("Anna");
  const std::string id = random_bytes(16);
  const v1::Reply first = anna.page->command(raise(v1::REQUEST_KIND_INTERVENTION), id);
  ASSERT_TRUE(first.has_position());
  WsClient other(server_.port());
  other.hello(anna.who.token);
  ASSERT_TRUE(other.wait_for_view());
  const v1::Reply again = other.command(raise(v1::REQUEST_KIND_INTERVENTION), id);
  EXPECT_EQ(again.position().seq(), first.position().seq());
  EXPECT_EQ(again.created_id(), first.created_id());
  EXPECT_EQ(other.room("plenary")->waiting_count(), 1);
}

TEST_F(Meeting, D1_ADisplayReadsAndCannotAct) {
  const std::string token = server_.invite(session_, R"({"role": "display", "room": "plenary"})");
  WsClient display(server_.port());
  display.hello(token);
  ASSERT_TRUE(display.wait_for_view()) << display.close_code();
  EXPECT_EQ(display.welcome()->person_id(), "");
  EXPECT_EQ(display.welcome()->room_id(), "plenary");
  EXPECT_EQ(display.command(open_session()).refusal().code(), v1::REFUSAL_CODE_FORBIDDEN);
}

}  // namespace
}  // namespace plenary::test
