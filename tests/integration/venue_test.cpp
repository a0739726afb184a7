// Many people, one slow reader, a restart, a way out: the running server under what a venue does to
// it.
#include <gtest/gtest.h>
#include <signal.h>

#include <set>
#include <thread>

#include "integration/server_process.hpp"

namespace plenary::test {
namespace {

namespace v1 = ::plenary::v1;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

TEST(Venue, C5_FiveHundredJoinAMinuteFromOneAddress) {
  ServerProcess server;
  const std::string session = server.create_session(kSmallAgenda);
  const std::string code = server.join_code(session);
  const auto began = steady_clock::now();
  for (int i = 0; i < 500; ++i) {
    const Entered who = server.enter(code, "Person " + std::to_string(i));
    if (i % 50 == 0) sit_down(server, who);
  }
  EXPECT_LT(steady_clock::now() - began, std::chrono::minutes(1));
}

TEST(Venue, C5_LinksUseThePublicUrl) {
  ServerProcess server({"--public-url", "https://meet.example"});
  const HttpAnswer made = server.post("/api/v1/sessions", kSmallAgenda, true);
  ASSERT_EQ(made.status, 201);
  EXPECT_TRUE(field_of(made.body, "link").starts_with("https://meet.example/j/"));
  const HttpAnswer invited =
      server.post("/api/v1/sessions/" + field_of(made.body, "session") + "/invitations",
                  R"({"role": "display", "room": "plenary"})", true);
  EXPECT_TRUE(field_of(invited.body, "link").starts_with("https://meet.example/s/"));
  EXPECT_TRUE(http(server.port(), "GET", "/healthz").fields.contains("strict-transport-security"));
  ServerProcess plain({"--public-url", "http://meet.example"});
  EXPECT_NE(plain.log().find("not HTTPS"), std::string::npos);
}

TEST(Venue, W7_GuessingCodesIsStopped) {
  ServerProcess server;
  const std::string code = server.join_code(server.create_session(kSmallAgenda));
  int refused = 0;
  for (int i = 0; i < 100; ++i) {
    const HttpAnswer answer =
        http(server.port(), "GET", "/api/v1/sessions/by-code/" + std::to_string(10'000'000 + i));
    refused += answer.status == 429 ? 1 : 0;
  }
  EXPECT_GE(refused, 30);
  EXPECT_EQ(http(server.port(), "GET", "/api/v1/sessions/by-code/" + code).status, 429)
      << "else a right one would be told from a wrong one";
}

TEST(Venue, ConnectionsAreBounded) {
  ServerProcess server({"--max-connections", "3"});
  const std::string code = server.join_code(server.create_session(kSmallAgenda));
  std::vector<Seat> seats;
  for (int i = 0; i < 3; ++i)
    seats.push_back(sit_down(server, server.enter(code, "P")));
  WsClient one_more(server.port());
  ASSERT_TRUE(one_more.wait_for_close());
  EXPECT_EQ(one_more.close_code(), 4007);
  EXPECT_GT(one_more.bye()->retry_after_ms(), 0);
}

// 200 readers get thousands of changes while one of them reads nothing at all.
TEST(Venue, C4_W2_ASlowReaderCostsNoMemoryAndDelaysNobody) {
  ServerProcess server;
  const std::string session = server.create_session(kSmallAgenda);
  const std::string code = server.join_code(session);
  Seat chair = sit_down(
      server, server.enter_with_token(server.invite(session, R"({"role": "moderator"})"), "Chair"));
  ASSERT_TRUE(chair.page->command(open_session()).has_position());
  ASSERT_TRUE(chair.page->command(start_item(first_item(*chair.page))).has_position());
  WsClient::Options small;
  small.receive_buffer = 4'096;
  const Entered slow_one = server.enter(code, "Slow");
  WsClient slow(server.port(), small);
  slow.hello(slow_one.token);
  ASSERT_TRUE(slow.wait_for_view());
  std::vector<Seat> crowd;
  for (int i = 0; i < 200; ++i)
    crowd.push_back(sit_down(server, server.enter(code, "P")));
  const std::size_t before_kib = server.resident_kib();

  const std::string note(400, 'n');
  std::uint64_t last = 0;
  const int rounds = 3'000;
  int sent = 0;
  std::vector<std::pair<WsClient*, std::string>> waiting;
  for (int round = 0; round < rounds / 200; ++round) {
    for (Seat& seat : crowd) {
      // Raising again changes the note (Q4).
      waiting.emplace_back(seat.page.get(),
                           seat.page->send_command(raise(v1::REQUEST_KIND_INTERVENTION,
                                                         note + std::to_string(sent++))));
    }
    for (const auto& [page, id] : waiting) {
      const auto reply = page->reply_to(id);
      ASSERT_TRUE(reply && reply->has_position());
      last = std::max(last, reply->position().seq());
    }
    waiting.clear();
  }
  for (Seat& seat : crowd) {
    ASSERT_TRUE(seat.page->wait_for_seq(last));
    EXPECT_EQ(seat.page->holes, 0);
  }
  const std::size_t after_kib = server.resident_kib();
#ifndef __SANITIZE_ADDRESS__  // which keeps what is freed in quarantine
  EXPECT_LT(after_kib, before_kib + 64 * 1024) << before_kib;
#endif
  // The slow one reads again: finishes its frame, and is then shown the whole, or what came since.
  ASSERT_TRUE(slow.wait([&] { return slow.position().seq() >= last || slow.close_code() != 0; },
                        milliseconds(30'000)));
  EXPECT_EQ(slow.holes, 0);
  EXPECT_TRUE(slow.position().seq() >= last || slow.close_code() == 4002) << slow.close_code();
  RecordProperty("resident_kib_before", static_cast<int>(before_kib));
  RecordProperty("resident_kib_after", static_cast<int>(after_kib));
}

int messages_read(ServerProcess& server) {
  const std::string text = http(server.port(), "GET", "/metrics").body;
  const std::size_t at = text.find("\nplenary_messages_in_total ");
  return at == std::string::npos ? -1 : std::stoi(text.substr(at + 27));
}

// Asks for pages of people and takes none of the answers, a little faster than is answered: the
// server stops reading, and goes on when the answers are taken.
TEST(Venue, W6_WhoTakesNoAnswersIsNotReadFrom) {
  ServerProcess server;
  const std::string session = server.create_session(kSmallAgenda);
  const std::string invitation = server.invite(session, R"({"role": "moderator"})");
  for (int i = 0; i < 200; ++i) {
    server.enter(server.join_code(session), std::string(110, 'n') + std::to_string(i));
  }
  const Entered who = server.enter_with_token(invitation, "Greedy");
  WsClient::Options small;
  small.receive_buffer = 4'096;
  WsClient greedy(server.port(), small);
  greedy.hello(who.token);
  ASSERT_TRUE(greedy.wait_for_view());
  v1::ClientMessage message;
  message.mutable_question()->mutable_list_people()->set_limit(200);
  int sent = 0;
  int read = 0;
  bool stopped = false;
  for (int second = 0; second < 20 && !stopped; ++second) {
    for (int i = 0; i < 40; ++i, ++sent) {
      message.set_id("q" + std::to_string(sent));
      greedy.send(message);
      std::this_thread::sleep_for(milliseconds(22));
    }
    const int now = messages_read(server);
    stopped = now == read;
    read = now;
  }
  EXPECT_TRUE(stopped) << sent << " sent, " << read << " read";
  EXPECT_LT(read, sent);
  // Nothing was lost: what was sent is read when the answers are.
  ASSERT_TRUE(greedy.wait([&] { return messages_read(server) > read; }));
  greedy.pump(milliseconds(3'000));
  EXPECT_GE(messages_read(server), sent);
}

TEST(Venue, W9_AGracefulStopSaysByeAndWhenToComeBack) {
  ServerProcess server;
  const std::string code = server.join_code(server.create_session(kSmallAgenda));
  std::vector<Seat> seats;
  for (int i = 0; i < 10; ++i)
    seats.push_back(sit_down(server, server.enter(code, "P")));
  server.signal(SIGTERM);
  std::set<std::int64_t> times;
  for (Seat& seat : seats) {
    ASSERT_TRUE(seat.page->wait_for_close());
    EXPECT_EQ(seat.page->close_code(), 4001);
    ASSERT_TRUE(seat.page->bye());
    EXPECT_TRUE(seat.page->bye()->retry());
    times.insert(seat.page->bye()->retry_after_ms());
  }
  EXPECT_GT(times.size(), 5u) << "spread, so that they do not come back at once";
  EXPECT_EQ(server.wait(), 0) << server.log();
  server.start();
  WsClient back(server.port());
  back.resume(*seats[0].page, seats[0].who.token);
  EXPECT_TRUE(back.wait([&] { return back.welcome().has_value(); }));
}

TEST(Venue, TheDemonstrationIsMadeOnce) {
  ServerProcess server(
      {"--demo", std::string(PLENARY_SOURCE_DIR) + "/deploy/sample/partners-meeting.json"});
  const std::string first = server.output();
  EXPECT_NE(first.find("/moderate#"), std::string::npos);
  EXPECT_NE(first.find("/display#"), std::string::npos);
  EXPECT_NE(first.find("/j/"), std::string::npos);
  const auto status = std::filesystem::status(server.folder() / "data" / "demo.json");
  EXPECT_EQ(status.permissions() & std::filesystem::perms::mask,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  // It begins when it is made, not on the day that its file names; all else is as there.
  const std::size_t code = first.find("/j/") + 3;
  const Entered who = server.enter(first.substr(code, 8), "Guest");
  const HttpAnswer agenda =
      http(server.port(), "GET", "/api/v1/sessions/" + who.session + "/agenda",
           "Authorization: Bearer " + who.token + "\r\n");
  EXPECT_EQ(agenda.status, 200);
  EXPECT_NE(field_of(agenda.body, "date"), "2027-05-12");
  EXPECT_NE(agenda.body.find("\"planned_minutes\":75"), std::string::npos);
  ASSERT_EQ(server.stop(), 0);
  server.start();
  EXPECT_EQ(server.output(), first + first) << "the same links again";
}

}  // namespace
}  // namespace plenary::test
