// Every row of "bad input": each has a named refusal or close code, and nobody else notices.
#include <gtest/gtest.h>

#include <thread>

#include "integration/server_process.hpp"

namespace plenary::test {
namespace {

namespace v1 = ::plenary::v1;
using std::chrono::milliseconds;

class BadInput : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    server_ = new ServerProcess();
    session_ = server_->create_session(kSmallAgenda);
    code_ = server_->join_code(session_);
  }
  static void TearDownTestSuite() {
    EXPECT_EQ(server_->stop(), 0) << server_->log();
    delete server_;
  }

  void SetUp() override { bystander_ = sit_down(*server_, server_->enter(code_, "Bystander")); }
  // Whatever was sent, the others are served.
  void TearDown() override {
    v1::Question question;
    question.mutable_list_queue()->set_room_id("plenary");
    EXPECT_TRUE(bystander_.page->ask(question).has_queue());
    EXPECT_EQ(bystander_.page->holes, 0);
    EXPECT_EQ(bystander_.page->close_code(), 0);
  }

  static int close_code_after(WsClient& client) {
    EXPECT_TRUE(client.wait_for_close());
    return client.close_code();
  }
  static WsClient::Options with_origin(const std::string& origin) {
    WsClient::Options options;
    options.origin = origin;
    return options;
  }
  static std::string upgrade_error(const WsClient::Options& options) {
    try {
      WsClient client(server_->port(), options);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  }

  static ServerProcess* server_;
  static std::string session_;
  static std::string code_;
  Seat bystander_;
};
ServerProcess* BadInput::server_ = nullptr;
std::string BadInput::session_;
std::string BadInput::code_;

TEST_F(BadInput, W4_W5_MalformedIs4500WithABye) {
  WsClient client(server_->port());
  client.send_frame(2, "\xff\xff\xff\xff");
  EXPECT_EQ(close_code_after(client), 4500);
  ASSERT_TRUE(client.bye());
  EXPECT_EQ(client.bye()->code(), 4500);
  EXPECT_FALSE(client.bye()->retry());
}

TEST_F(BadInput, W5_TextIs4500) {
  WsClient client(server_->port());
  client.send_frame(1, "hello");
  EXPECT_EQ(close_code_after(client), 4500);
}

TEST_F(BadInput, W5_EmptyIs4500) {
  WsClient client(server_->port());
  client.send_frame(2, "");
  EXPECT_EQ(close_code_after(client), 4500);
}

TEST_F(BadInput, W5_OversizedHelloIs4501) {
  WsClient client(server_->port());
  client.send_frame(2, std::string(9'000, 'x'));
  EXPECT_EQ(close_code_after(client), 4501);
}

TEST_F(BadInput, W5_OversizedMessageIs4501BeforeItIsAllSent) {
  Seat anna = sit_down(*server_, server_->enter(code_, "Anna"));
  // The header announces a gigabyte; 70 KiB of it come.
  std::string head("\x82\xff", 2);
  head += std::string("\0\0\0\0\x40\0\0\0", 8) + "mask";
  anna.page->socket().send(head);
  anna.page->socket().send(std::string(70 * 1024, 'x'));
  EXPECT_EQ(close_code_after(*anna.page), 4501);
}

TEST_F(BadInput, W5_FragmentedWithoutEndIs4501) {
  Seat anna = sit_down(*server_, server_->enter(code_, "Anna"));
  anna.page->send_frame(2, std::string(1'000, 'x'), false);
  for (int i = 0; i < 80; ++i)
    anna.page->send_frame(0, std::string(1'000, 'x'), false);
  EXPECT_EQ(close_code_after(*anna.page), 4501);
}

TEST_F(BadInput, EmptyFragmentsWithoutEndAreNoSignOfLife) {
  WsClient client(server_->port());
  client.send_frame(2, "", false);
  const auto began = std::chrono::steady_clock::now();
  while (!client.wait([&] { return client.close_code() != 0; }, milliseconds(50)) &&
         std::chrono::steady_clock::now() - began < std::chrono::seconds(12)) {
    client.send_frame(0, "", false);
  }
  EXPECT_EQ(client.close_code(), 4006);
}

TEST_F(BadInput, W7_AThousandPingsIs4005) {
  Seat anna = sit_down(*server_, server_->enter(code_, "Anna"));
  for (int i = 0; i < 1'000; ++i)
    anna.page->send_frame(9, "ping");
  EXPECT_EQ(close_code_after(*anna.page), 4005);
  EXPECT_GT(anna.page->pongs, 0);
}

TEST_F(BadInput, WebSocketRulesAreKept) {
  WsClient unmasked(server_->port());
  unmasked.send_frame(2, "abc", true, false);
  EXPECT_EQ(close_code_after(unmasked), 1002);
  WsClient reserved(server_->port());
  reserved.send_frame(0x42, "abc");
  EXPECT_EQ(close_code_after(reserved), 1002);
  WsClient continuation(server_->port());
  continuation.send_frame(0, "abc");
  EXPECT_EQ(close_code_after(continuation), 1002);
}

TEST_F(BadInput, W5_UnknownFieldsAreIgnored) {
  Seat anna = sit_down(*server_, server_->enter(code_, "Anna"));
  v1::ClientMessage message;
  message.set_id("question");
  message.mutable_question()->mutable_list_queue()->set_room_id("plenary");
  anna.page->send_frame(2, message.SerializeAsString() + std::string("\xa2\x06\x03new", 6));
  v1::Question question;
  question.mutable_list_queue()->set_room_id("plenary");
  EXPECT_TRUE(anna.page->ask(question).has_queue());
  EXPECT_EQ(anna.page->close_code(), 0);
}

TEST_F(BadInput, W5_UnknownMessagesAreRefused) {
  Seat anna = sit_down(*server_, server_->enter(code_, "Anna"));
  v1::ClientMessage message;
  message.set_id(random_bytes(16));
  anna.page->send(message);
  const auto reply = anna.page->reply_to(message.id());
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->refusal().code(), v1::REFUSAL_CODE_BAD_MESSAGE);
}

TEST_F(BadInput, W5_CommandsOutOfOrderAre4500) {
  WsClient before(server_->port());
  before.send_command(open_session());
  EXPECT_EQ(close_code_after(before), 4500);
  Seat anna = sit_down(*server_, server_->enter(code_, "Anna"));
  anna.page->hello(anna.who.token);
  EXPECT_EQ(close_code_after(*anna.page), 4500);
}

TEST_F(BadInput, CommandsWithoutTheRightAreForbidden) {
  EXPECT_EQ(bystander_.page->command(open_session()).refusal().code(), v1::REFUSAL_CODE_FORBIDDEN);
  v1::Command enter;
  enter.mutable_enter_session()->set_name("Somebody else");
  EXPECT_EQ(bystander_.page->command(enter).refusal().code(), v1::REFUSAL_CODE_FORBIDDEN);
}

TEST_F(BadInput, NamesAreBounded) {
  const auto enter = [&](const std::string& name) {
    return server_->post("/api/v1/enter", R"({"code": ")" + code_ + R"(", "name": ")" + name +
                                              R"(", "key": ")" + random_key() + R"("})");
  };
  const HttpAnswer long_name = enter(std::string(10'000, 'x'));
  EXPECT_EQ(long_name.status, 422);
  EXPECT_EQ(field_of(long_name.body, "code"), "bad_field");
  EXPECT_EQ(field_of(long_name.body, "field"), "name");
  EXPECT_EQ(field_of(long_name.body, "limit"), "120");
  EXPECT_EQ(enter("\\u0000\\u0007").status, 422);
  EXPECT_EQ(enter("").status, 422);
}

TEST_F(BadInput, W8_TokensAre4502) {
  const auto code_of = [&](const std::string& token) {
    WsClient client(server_->port());
    client.hello(token);
    return close_code_after(client);
  };
  EXPECT_EQ(code_of(""), 4502);
  EXPECT_EQ(code_of("not a token"), 4502);
  std::string forged = bystander_.who.token;
  forged[forged.size() / 2] = forged[forged.size() / 2] == 'x' ? 'y' : 'x';
  EXPECT_EQ(code_of(forged), 4502);
  // An invitation is exchanged first; only a display's is carried in Hello.
  EXPECT_EQ(code_of(server_->invite(session_, R"({"role": "moderator"})")), 4502);
  // Expired.
  const std::string brief =
      server_->invite(session_, R"({"role": "display", "room": "plenary", "expires_in_s": 1})");
  std::this_thread::sleep_for(milliseconds(2'500));
  EXPECT_EQ(code_of(brief), 4502);
}

TEST_F(BadInput, ADeletedSessionIs4505) {
  const std::string session = server_->create_session(kSmallAgenda);
  Seat anna = sit_down(*server_, server_->enter(server_->join_code(session), "Anna"));
  EXPECT_EQ(http(server_->port(), "DELETE", "/api/v1/sessions/" + session).status, 401);
  EXPECT_EQ(
      http(server_->port(), "DELETE", "/api/v1/sessions/" + session, server_->bearer()).status,
      204);
  EXPECT_EQ(close_code_after(*anna.page), 4505);
  WsClient again(server_->port());
  again.hello(anna.who.token);
  EXPECT_EQ(close_code_after(again), 4505);
}

TEST_F(BadInput, W8_AWrongOriginIs403) {
  EXPECT_NE(upgrade_error(with_origin("https://evil.example")).find("403"), std::string::npos);
  EXPECT_NE(upgrade_error(with_origin("null")).find("403"), std::string::npos);
  WsClient::Options other;
  other.subprotocol = "chat";
  EXPECT_NE(upgrade_error(other).find("400"), std::string::npos);
  EXPECT_EQ(http(server_->port(), "POST", "/api/v1/enter", "Origin: https://evil.example\r\n", "{}")
                .status,
            403);
}

TEST_F(BadInput, W7_AThousandCommandsASecondAreRefusedThen4005) {
  Seat anna = sit_down(*server_, server_->enter(code_, "Anna"));
  v1::Command command = raise(v1::REQUEST_KIND_INTERVENTION);
  std::string last;
  for (int i = 0; i < 1'000; ++i)
    last = anna.page->send_command(command);
  EXPECT_EQ(close_code_after(*anna.page), 4005);
  ASSERT_TRUE(anna.page->bye());
  EXPECT_TRUE(anna.page->bye()->retry());
}

TEST_F(BadInput, W3_HelloLateIs4006) {
  WsClient client(server_->port());
  EXPECT_EQ(close_code_after(client), 4006);
}

TEST_F(BadInput, W6_HalfOpenIs4003) {
  Seat anna = sit_down(*server_, server_->enter(code_, "Anna"));
  anna.page->echo_heartbeats = false;
  for (int tries = 0; tries < 80 && anna.page->close_code() == 0; ++tries) {
    anna.page->pump(milliseconds(400));
    bystander_.page->pump(milliseconds(100));  // answers its heartbeats
  }
  EXPECT_EQ(anna.page->close_code(), 4003);
}

TEST_F(BadInput, AConnectionThatVanishesIsForgotten) {
  for (int i = 0; i < 20; ++i) {
    Seat seat = sit_down(*server_, server_->enter(code_, "Gone"));
    seat.page->send_frame(2, "half a mess", false);
    seat.page->socket().reset();
  }
  const auto open = [&] {
    const std::string text = http(server_->port(), "GET", "/metrics").body;
    const std::size_t at = text.find("\nplenary_connections ");
    return at == std::string::npos ? -1 : std::stoi(text.substr(at + 21));
  };
  for (int tries = 0; tries < 100 && open() > 1; ++tries) {
    std::this_thread::sleep_for(milliseconds(50));
  }
  EXPECT_EQ(open(), 1);
}

}  // namespace
}  // namespace plenary::test
