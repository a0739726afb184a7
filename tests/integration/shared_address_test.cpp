// What one address can do to others: a venue is one address, and so is whoever stands in front of a
// proxy.
#include <gtest/gtest.h>
#include <signal.h>

#include <thread>

#include "integration/server_process.hpp"

namespace plenary::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

int look_up(const ServerProcess& server, const std::string& code, const std::string& fields = "") {
  return http(server.port(), "GET", "/api/v1/sessions/by-code/" + code, fields).status;
}

int refused_guesses(const ServerProcess& server, const std::string& fields = "") {
  int refused = 0;
  for (int i = 0; i < 100; ++i)
    refused += look_up(server, std::to_string(10'000'000 + i), fields) == 429 ? 1 : 0;
  return refused;
}

// One phone at the venue tries codes; everybody else there is at the same address.
TEST(SharedAddress, C5_W7_WrongCodesOfOneKeepNobodyElseOut) {
  ServerProcess server;
  const std::string session = server.create_session(kSmallAgenda);
  const std::string code = server.join_code(session);
  const std::string other = server.join_code(server.create_session(kSmallAgenda));
  const std::string link = server.invite(session, R"({"role": "moderator"})");
  server.enter(code, "First");
  EXPECT_GE(refused_guesses(server), 30);
  EXPECT_EQ(look_up(server, code), 200) << "others of the venue are in it";
  server.enter(code, "Second");
  server.enter_with_token(link, "Chair");
  server.create_session(kSmallAgenda);
  EXPECT_EQ(look_up(server, other), 429) << "a right code of a session that nobody there is in";
}

TEST(SharedAddress, W7_AForgedForwardedLineIsNotBelieved) {
  ServerProcess server({"--trusted-proxy", "127.0.0.1"});
  int refused = 0;
  for (int i = 0; i < 100; ++i) {
    // The client's own line first, then the one that the proxy adds.
    const std::string lines =
        "X-Forwarded-For: 198.51.100." + std::to_string(i) + "\r\nX-Forwarded-For: 203.0.113.9\r\n";
    refused += look_up(server, std::to_string(10'000'000 + i), lines) == 429 ? 1 : 0;
  }
  EXPECT_GE(refused, 30);
  EXPECT_EQ(look_up(server, "99999999", "X-Forwarded-For: 203.0.113.10\r\n"), 404)
      << "somebody else behind the same proxy";
}

TEST(SharedAddress, W7_AProxyThatIsNotTrustedIsNamedInTheLog) {
  ServerProcess server;
  look_up(server, "99999999", "X-Forwarded-For: 203.0.113.9\r\n");
  EXPECT_NE(server.log().find("--trusted-proxy"), std::string::npos) << server.log();
}

// 2,000 and a few more sockets that say nothing, and everybody else comes in all the same.
TEST(SharedAddress, SilentConnectionsMakeRoom) {
  ServerProcess server({"--max-connections", "5"});
  const std::string code = server.join_code(server.create_session(kSmallAgenda));
  std::vector<std::unique_ptr<RawSocket>> silent;
  for (int i = 0; i < 2'100; ++i)
    silent.push_back(std::make_unique<RawSocket>(server.port()));
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(http(server.port(), "GET", "/healthz").status, 200) << i;
  Seat anna = sit_down(server, server.enter(code, "Anna"));
  // And WebSockets that never say Hello hold no place either.
  std::vector<std::unique_ptr<WsClient>> wordless;
  for (int i = 0; i < 10; ++i)
    wordless.push_back(std::make_unique<WsClient>(server.port()));
  Seat ben = sit_down(server, server.enter(code, "Ben"));
  EXPECT_EQ(anna.page->close_code(), 0);
}

TEST(OneServer, ASecondOnTheSamePortIsRefused) {
  ServerProcess server;
  try {
    ServerProcess second({}, server.port());
    ADD_FAILURE() << "it started, and would take half of the connections";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("cannot listen on 127.0.0.1:"), std::string::npos)
        << error.what();
  }
}

TEST(OneServer, S6_RetentionIsWhatTheOptionSays) {
  ServerProcess server({"--retention-days", "30"});
  const auto days = [&](const std::string& query) {
    const HttpAnswer made = server.post("/api/v1/sessions" + query, kSmallAgenda, true);
    const std::size_t at = made.body.find("\"retention_days\":");
    return at == std::string::npos ? -1 : std::stoi(made.body.substr(at + 17));
  };
  EXPECT_EQ(days(""), 30);
  EXPECT_EQ(days("?retention_days=7"), 7);
}

TEST(OneServer, W9_WhoHasNotSaidHelloIsToldOfTheStop) {
  ServerProcess server;
  WsClient waiting(server.port());
  const auto began = steady_clock::now();
  server.signal(SIGTERM);
  ASSERT_TRUE(waiting.wait_for_close());
  EXPECT_EQ(waiting.close_code(), 4001);
  waiting.socket().close();  // as a browser does at once
  EXPECT_EQ(server.wait(), 0);
  EXPECT_LT(steady_clock::now() - began, milliseconds(4'000));
}

TEST(OneServer, W8_D1_AnExpiredLinkReadsNoFurther) {
  ServerProcess server;
  const std::string session = server.create_session(kSmallAgenda);
  const std::string link =
      server.invite(session, R"({"role": "display", "room": "plenary", "expires_in_s": 2})");
  WsClient display(server.port());
  display.hello(link);
  ASSERT_TRUE(display.wait_for_view());
  ASSERT_TRUE(display.wait_for_close());
  EXPECT_EQ(display.close_code(), 4504);
}

}  // namespace
}  // namespace plenary::test
