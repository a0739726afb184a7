#include "connection/machine.hpp"

#include <gtest/gtest.h>

#include <string>

namespace plenary::connection {
namespace {

namespace v1 = ::plenary::v1;

const std::string kId(16, 'i');

std::string bytes_of(const v1::ClientMessage& message) {
  return message.SerializeAsString();
}

std::string hello() {
  v1::ClientMessage message;
  message.mutable_hello()->set_token("a token");
  return bytes_of(message);
}

v1::ClientMessage raise_hand() {
  v1::ClientMessage message;
  message.set_id(kId);
  message.mutable_submit()->set_issued_at_ms(1);
  message.mutable_submit()->mutable_command()->mutable_request_floor()->set_room_id("plenary");
  return message;
}

v1::ClientMessage ask_queue() {
  v1::ClientMessage message;
  message.set_id("q");
  message.mutable_question()->mutable_list_queue();
  return message;
}

std::string heartbeat(std::int64_t server_time_ms) {
  v1::ClientMessage message;
  message.mutable_heartbeat()->set_server_time_ms(server_time_ms);
  return bytes_of(message);
}

template <typename T>
bool is(const Action& action) {
  return std::holds_alternative<T>(action);
}

int close_code(const Action& action) {
  const auto* close = std::get_if<Close>(&action);
  return close == nullptr ? 0 : close->bye.code();
}

v1::RefusalCode refusal_code(const Action& action) {
  const auto* refuse = std::get_if<Refuse>(&action);
  if (refuse == nullptr) return v1::REFUSAL_CODE_UNSPECIFIED;
  return refuse->message.has_reply() ? refuse->message.reply().refusal().code()
                                     : refuse->message.answer().refusal().code();
}

Machine joined_machine() {
  Machine machine(0);
  EXPECT_TRUE(is<Verify>(machine.on_message(0, hello(), false)));
  machine.joined(0);
  return machine;
}

TEST(Machine, HelloIsVerifiedAndCommandsFollow) {
  Machine machine(0);
  Action action = machine.on_message(10, hello(), false);
  ASSERT_TRUE(is<Verify>(action));
  EXPECT_EQ(std::get<Verify>(action).hello.token(), "a token");
  machine.joined(20);
  action = machine.on_message(30, bytes_of(raise_hand()), false);
  ASSERT_TRUE(is<SubmitCommand>(action));
  EXPECT_EQ(std::get<SubmitCommand>(action).id, kId);
  EXPECT_TRUE(std::get<SubmitCommand>(action).submit.command().has_request_floor());
  EXPECT_TRUE(is<AskQuestion>(machine.on_message(40, bytes_of(ask_queue()), false)));
}

TEST(Machine, W3_HelloWithinFiveSeconds) {
  Machine machine(100);
  EXPECT_TRUE(is<Nothing>(machine.on_tick(100 + kHelloWithinMs - 1)));
  EXPECT_EQ(close_code(machine.on_tick(100 + kHelloWithinMs)), 4006);
  EXPECT_TRUE(is<Nothing>(machine.on_tick(100 + 2 * kHelloWithinMs))) << "only once";
}

TEST(Machine, FragmentsAreNoSignOfLife) {
  Machine machine(0);
  EXPECT_TRUE(is<Nothing>(machine.on_fragment(4'000)));
  EXPECT_EQ(close_code(machine.on_tick(5'000)), 4006);
}

TEST(Machine, W6_HeartbeatEveryTenSecondsAndSilenceCloses) {
  Machine machine = joined_machine();
  EXPECT_TRUE(is<Nothing>(machine.on_tick(9'999)));
  EXPECT_TRUE(is<SendHeartbeat>(machine.on_tick(10'000)));
  EXPECT_TRUE(is<Nothing>(machine.on_tick(10'100)));
  EXPECT_TRUE(is<SendHeartbeat>(machine.on_tick(20'000)));
  EXPECT_EQ(close_code(machine.on_tick(30'000)), 4003);
}

TEST(Machine, AnEchoKeepsAlive) {
  Machine machine = joined_machine();
  EXPECT_TRUE(is<Nothing>(machine.on_message(29'000, heartbeat(5), false)));
  EXPECT_TRUE(is<SendHeartbeat>(machine.on_tick(30'000)));
  EXPECT_EQ(close_code(machine.on_tick(59'000)), 4003);
}

TEST(Machine, AHeartbeatMayBeAskedFor) {
  Machine machine = joined_machine();
  EXPECT_TRUE(is<SendHeartbeat>(machine.on_message(1, heartbeat(0), false)));
}

TEST(Machine, W5_WhatIsNotOfTheProtocolCloses) {
  const auto code = [](const std::string& bytes, bool is_text, bool joined) {
    Machine machine = joined ? joined_machine() : Machine(0);
    return close_code(machine.on_message(1, bytes, is_text));
  };
  EXPECT_EQ(code(hello(), true, false), 4500) << "text";
  EXPECT_EQ(code("", false, false), 4500) << "empty";
  EXPECT_EQ(code("\xff\xff\xff", false, false), 4500) << "malformed";
  EXPECT_EQ(code(hello().substr(0, 5), false, false), 4500) << "cut off";
  EXPECT_EQ(code(bytes_of(raise_hand()), false, false), 4500) << "a command before Hello";
  EXPECT_EQ(code(bytes_of(ask_queue()), false, false), 4500) << "a question before Hello";
  EXPECT_EQ(code(heartbeat(1), false, false), 4500) << "a heartbeat before Hello";
  EXPECT_EQ(code(hello(), false, true), 4500) << "a second Hello";
  // Field 15 as an empty message: a kind that is not known, without an id to answer to.
  EXPECT_EQ(code(std::string("\x7a\x00", 2), false, true), 4500);
}

TEST(Machine, W3_CommandsBeforeWelcomeClose) {
  Machine machine(0);
  machine.on_message(0, hello(), false);
  EXPECT_EQ(close_code(machine.on_message(1, bytes_of(raise_hand()), false)), 4500);
}

TEST(Machine, InvalidUtf8Closes) {
  Machine machine = joined_machine();
  std::string bytes = bytes_of(raise_hand());
  bytes[bytes.find("plenary")] = '\xff';
  EXPECT_EQ(close_code(machine.on_message(1, bytes, false)), 4500);
}

TEST(Machine, W5_TooBigCloses) {
  Machine machine(0);
  EXPECT_EQ(machine.max_message_bytes(), kMaxHelloBytes);
  EXPECT_EQ(close_code(machine.on_message(1, std::string(kMaxHelloBytes + 1, 'x'), false)), 4501);
  Machine joined = joined_machine();
  EXPECT_EQ(joined.max_message_bytes(), kMaxMessageBytes);
  EXPECT_EQ(close_code(joined.on_message(1, std::string(kMaxMessageBytes + 1, 'x'), false)), 4501);
}

TEST(Machine, W5_NestingIsBounded) {
  // Groups inside groups: unknown fields that a parser without a bound would recurse into.
  std::string bytes;
  for (int depth = 0; depth < 20'000; ++depth)
    bytes += '\x7b';
  for (int depth = 0; depth < 20'000; ++depth)
    bytes += '\x7c';
  Machine machine = joined_machine();
  EXPECT_EQ(close_code(machine.on_message(1, bytes, false)), 4500);
}

TEST(Machine, W5_UnknownFieldsAreIgnoredAndNotKept) {
  v1::ClientMessage message = raise_hand();
  std::string bytes = bytes_of(message);
  const std::string known = message.submit().command().SerializeAsString();
  bytes += std::string("\xa2\x06\x03", 3) + "new";  // field 100
  Machine machine = joined_machine();
  const Action action = machine.on_message(1, bytes, false);
  ASSERT_TRUE(is<SubmitCommand>(action));
  EXPECT_EQ(std::get<SubmitCommand>(action).submit.command().SerializeAsString(), known);

  // Inside the command too, from where it would reach the log.
  message.mutable_submit()->mutable_command()->mutable_request_floor();
  v1::RequestFloor floor = message.submit().command().request_floor();
  floor.GetReflection()->MutableUnknownFields(&floor)->AddLengthDelimited(100, "new");
  *message.mutable_submit()->mutable_command()->mutable_request_floor() = floor;
  ASSERT_GT(message.submit().command().ByteSizeLong(), known.size());
  const Action second = machine.on_message(1, bytes_of(message), false);
  ASSERT_TRUE(is<SubmitCommand>(second));
  EXPECT_EQ(std::get<SubmitCommand>(second).submit.command().SerializeAsString(), known);
}

TEST(Machine, IdsOfTheWrongLengthAreRefused) {
  Machine machine = joined_machine();
  for (const std::size_t length : {0u, 1u, 15u, 17u, 4'000u}) {
    v1::ClientMessage message = raise_hand();
    message.set_id(std::string(length, 'x'));
    const Action action = machine.on_message(1, bytes_of(message), false);
    ASSERT_TRUE(is<Refuse>(action)) << length;
    const v1::Reply& reply = std::get<Refuse>(action).message.reply();
    EXPECT_EQ(reply.refusal().code(), v1::REFUSAL_CODE_BAD_FIELD);
    EXPECT_EQ(reply.refusal().field(), "id");
    EXPECT_EQ(reply.refusal().limit(), 16);
    EXPECT_LE(reply.id().size(), 16u) << "what is too long is not sent back";
  }
  v1::ClientMessage question = ask_queue();
  question.set_id(std::string(17, 'x'));
  EXPECT_EQ(refusal_code(machine.on_message(1, bytes_of(question), false)),
            v1::REFUSAL_CODE_BAD_FIELD);
}

TEST(Machine, WhatANewerPageAsksIsRefusedAndNotClosed) {
  Machine machine = joined_machine();
  v1::ClientMessage message;
  message.set_id(kId);
  EXPECT_EQ(refusal_code(machine.on_message(1, bytes_of(message), false)),
            v1::REFUSAL_CODE_BAD_MESSAGE);
  message.mutable_submit()->mutable_command();
  EXPECT_EQ(refusal_code(machine.on_message(1, bytes_of(message), false)),
            v1::REFUSAL_CODE_BAD_MESSAGE);
  message.mutable_question();
  EXPECT_EQ(refusal_code(machine.on_message(1, bytes_of(message), false)),
            v1::REFUSAL_CODE_BAD_MESSAGE);
}

TEST(Machine, WhatOnlyTheEdgeMayAskIsForbidden) {
  Machine machine = joined_machine();
  v1::ClientMessage message = raise_hand();
  v1::Command& command = *message.mutable_submit()->mutable_command();
  const auto refused = [&] {
    return refusal_code(machine.on_message(1, bytes_of(message), false));
  };
  command.mutable_enter_session();
  EXPECT_EQ(refused(), v1::REFUSAL_CODE_FORBIDDEN);
  command.mutable_create_session();
  EXPECT_EQ(refused(), v1::REFUSAL_CODE_FORBIDDEN);
  command.mutable_finish_closing();
  EXPECT_EQ(refused(), v1::REFUSAL_CODE_FORBIDDEN);
  command.mutable_note_seen();
  EXPECT_EQ(refused(), v1::REFUSAL_CODE_FORBIDDEN);
  command.mutable_create_invitation();
  EXPECT_EQ(refused(), v1::REFUSAL_CODE_FORBIDDEN);
  command.mutable_offer_return();
  EXPECT_EQ(refused(), v1::REFUSAL_CODE_FORBIDDEN);
}

TEST(Machine, W7_CommandsBeyondTheRateAreRefusedThenClosed) {
  Machine machine = joined_machine();
  const std::string bytes = bytes_of(raise_hand());
  int submitted = 0;
  int refused = 0;
  int messages = 0;
  int code = 0;
  // A thousand a second.
  for (std::int64_t now_ms = 0; now_ms < 1'000 && code == 0; ++now_ms) {
    const Action action = machine.on_message(now_ms, bytes, false);
    ++messages;
    submitted += is<SubmitCommand>(action) ? 1 : 0;
    refused += refusal_code(action) == v1::REFUSAL_CODE_RATE_LIMITED ? 1 : 0;
    code = close_code(action);
  }
  EXPECT_EQ(code, 4005);
  EXPECT_GE(submitted, 60);
  EXPECT_LE(submitted, 70);
  EXPECT_EQ(messages, submitted + refused + 1);
  EXPECT_GT(refused, 200);
}

TEST(Machine, APersonIsNotRefused) {
  Machine machine = joined_machine();
  const std::string bytes = bytes_of(raise_hand());
  for (std::int64_t now_ms = 0; now_ms < 60'000; now_ms += 100) {
    ASSERT_TRUE(is<SubmitCommand>(machine.on_message(now_ms, bytes, false))) << now_ms;
  }
}

TEST(Machine, AfterTheEndNothing) {
  Machine machine = joined_machine();
  machine.closed();
  EXPECT_TRUE(is<Nothing>(machine.on_message(1, bytes_of(raise_hand()), false)));
  EXPECT_TRUE(is<Nothing>(machine.on_fragment(1)));
  EXPECT_TRUE(is<Nothing>(machine.on_tick(100'000)));
  machine.joined(100'000);
  EXPECT_TRUE(machine.is_closed()) << "a session that was found too late";
}

TEST(CloseCodes, W4_RetryFollowsTheRange) {
  EXPECT_TRUE(make_bye(CloseCode::restarting, "", 700).retry());
  EXPECT_EQ(make_bye(CloseCode::restarting, "", 700).retry_after_ms(), 700);
  EXPECT_FALSE(make_bye(CloseCode::bad_message).retry());
  EXPECT_EQ(make_bye(CloseCode::bad_message, "text").reason(), "bad_message: text");
}

TEST(TokenBucket, BurstThenRate) {
  TokenBucket bucket(3, 0);
  EXPECT_TRUE(bucket.take(1, 3, 0) && bucket.take(1, 3, 0) && bucket.take(1, 3, 0));
  EXPECT_FALSE(bucket.take(1, 3, 999));
  EXPECT_TRUE(bucket.take(1, 3, 1'000));
  EXPECT_FALSE(bucket.take(1, 3, 500)) << "time that goes back gives nothing";
  EXPECT_FALSE(bucket.full(1, 3, 1'600));
  EXPECT_TRUE(bucket.full(1, 3, 1'000'000));
}

}  // namespace
}  // namespace plenary::connection
