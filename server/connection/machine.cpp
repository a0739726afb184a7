#include "connection/machine.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <utility>

#include "connection/from_socket.hpp"

namespace plenary::connection {

namespace v1 = ::plenary::v1;

namespace {

bool parse(std::string_view bytes, v1::ClientMessage& message) {
  namespace io = google::protobuf::io;
  io::CodedInputStream input(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                             static_cast<int>(bytes.size()));
  input.SetRecursionLimit(kMaxMessageDepth);
  if (!message.ParseFromCodedStream(&input) || !input.ConsumedEntireMessage()) return false;
  // A newer page's fields are not understood here; keeping them would put a stranger's bytes into
  // the log.
  message.DiscardUnknownFields();
  return true;
}

v1::Refusal refusal(v1::RefusalCode code, const char* field, const char* accepted,
                    std::int64_t limit = 0) {
  v1::Refusal result;
  result.set_code(code);
  result.set_field(field);
  result.set_limit(limit);
  result.set_accepted(accepted);
  return result;
}

Refuse refuse_command(std::string_view id, v1::Refusal refused) {
  Refuse result;
  v1::Reply& reply = *result.message.mutable_reply();
  reply.set_id(std::string(id.substr(0, kCommandIdBytes)));
  *reply.mutable_refusal() = std::move(refused);
  return result;
}

Refuse refuse_question(std::string_view id, v1::Refusal refused) {
  Refuse result;
  v1::Answer& answer = *result.message.mutable_answer();
  answer.set_id(std::string(id.substr(0, kMaxQuestionIdBytes)));
  *answer.mutable_refusal() = std::move(refused);
  return result;
}

}  // namespace

Machine::Machine(std::int64_t now_ms)
    : opened_ms_(now_ms),
      heard_ms_(now_ms),
      heartbeat_ms_(now_ms),
      requests_(kRequestBurst, now_ms),
      messages_(kMessageBurst, now_ms) {}

Action Machine::close(CloseCode code, const char* detail) {
  phase_ = Phase::closed;
  return Close{make_bye(code, detail)};
}

Action Machine::on_fragment(std::int64_t now_ms) {
  if (phase_ == Phase::closed) return Nothing{};
  if (messages_.take(kMessagesPerSecond, kMessageBurst, now_ms)) return Nothing{};
  return close(CloseCode::rate_limited, "more messages than the limit");
}

Action Machine::on_message(std::int64_t now_ms, std::string_view bytes, bool is_text) {
  if (phase_ == Phase::closed) return Nothing{};
  heard_ms_ = now_ms;
  if (!messages_.take(kMessagesPerSecond, kMessageBurst, now_ms)) {
    return close(CloseCode::rate_limited, "more messages than the limit");
  }
  if (is_text) return close(CloseCode::bad_message, "text instead of binary");
  if (bytes.size() > max_message_bytes()) return close(CloseCode::too_big, "message");
  if (bytes.empty()) return close(CloseCode::bad_message, "empty message");
  v1::ClientMessage message;
  if (!parse(bytes, message)) return close(CloseCode::bad_message, "malformed");

  switch (message.body_case()) {
    case v1::ClientMessage::kHello:
      return on_hello(message);
    case v1::ClientMessage::kSubmit:
      return on_submit(now_ms, message);
    case v1::ClientMessage::kQuestion:
      return on_question(now_ms, message);
    case v1::ClientMessage::kHeartbeat:
      if (phase_ == Phase::awaiting_hello) return close(CloseCode::bad_message, "before Hello");
      if (message.heartbeat().server_time_ms() != 0) return Nothing{};
      return SendHeartbeat{};
    case v1::ClientMessage::BODY_NOT_SET:
      break;
  }
  // Perhaps a kind of message that a newer page knows: one that can be answered is, and no harm is
  // done.
  if (message.id().empty() || phase_ != Phase::joined) {
    return close(CloseCode::bad_message, "unknown message");
  }
  return refuse_command(message.id(), refusal(v1::REFUSAL_CODE_BAD_MESSAGE, "body",
                                              "a kind of message that this server knows"));
}

Action Machine::on_hello(v1::ClientMessage& message) {
  if (phase_ != Phase::awaiting_hello) return close(CloseCode::bad_message, "a second Hello");
  phase_ = Phase::verifying;
  return Verify{std::move(*message.mutable_hello())};
}

Action Machine::on_submit(std::int64_t now_ms, v1::ClientMessage& message) {
  if (phase_ != Phase::joined) return close(CloseCode::bad_message, "a command before Welcome");
  if (message.id().size() != kCommandIdBytes) {
    return refuse_command(message.id(), refusal(v1::REFUSAL_CODE_BAD_FIELD, "id", "16 random bytes",
                                                kCommandIdBytes));
  }
  if (!requests_.take(kRequestsPerSecond, kRequestBurst, now_ms)) {
    return refuse_command(message.id(),
                          refusal(v1::REFUSAL_CODE_RATE_LIMITED, "", "fewer commands a second",
                                  static_cast<std::int64_t>(kRequestsPerSecond)));
  }
  v1::Submit& submit = *message.mutable_submit();
  if (submit.command().body_case() == v1::Command::BODY_NOT_SET) {
    return refuse_command(message.id(), refusal(v1::REFUSAL_CODE_BAD_MESSAGE, "command",
                                                "a command that this server knows"));
  }
  if (!may_come_from_a_socket(submit.command())) {
    return refuse_command(message.id(), refusal(v1::REFUSAL_CODE_FORBIDDEN, "command", ""));
  }
  return SubmitCommand{std::move(*message.mutable_id()), std::move(submit)};
}

Action Machine::on_question(std::int64_t now_ms, v1::ClientMessage& message) {
  if (phase_ != Phase::joined) return close(CloseCode::bad_message, "a question before Welcome");
  if (message.id().empty() || message.id().size() > kMaxQuestionIdBytes) {
    return refuse_question(message.id(), refusal(v1::REFUSAL_CODE_BAD_FIELD, "id", "1 to 16 bytes",
                                                 kMaxQuestionIdBytes));
  }
  if (!requests_.take(kRequestsPerSecond, kRequestBurst, now_ms)) {
    return refuse_question(message.id(),
                           refusal(v1::REFUSAL_CODE_RATE_LIMITED, "", "fewer questions a second",
                                   static_cast<std::int64_t>(kRequestsPerSecond)));
  }
  v1::Question& question = *message.mutable_question();
  if (question.body_case() == v1::Question::BODY_NOT_SET) {
    return refuse_question(message.id(), refusal(v1::REFUSAL_CODE_BAD_MESSAGE, "question",
                                                 "a question that this server knows"));
  }
  return AskQuestion{std::move(*message.mutable_id()), std::move(question)};
}

Action Machine::on_tick(std::int64_t now_ms) {
  switch (phase_) {
    case Phase::closed:
      return Nothing{};
    case Phase::awaiting_hello:
      if (now_ms - opened_ms_ >= kHelloWithinMs) return close(CloseCode::hello_late, "");
      return Nothing{};
    case Phase::verifying:
    case Phase::joined:
      break;
  }
  if (now_ms - heard_ms_ >= kSilenceMs) return close(CloseCode::silent, "");
  if (phase_ == Phase::joined && now_ms - heartbeat_ms_ >= kHeartbeatMs) {
    heartbeat_ms_ = now_ms;
    return SendHeartbeat{};
  }
  return Nothing{};
}

void Machine::joined(std::int64_t now_ms) {
  if (phase_ != Phase::verifying) return;
  phase_ = Phase::joined;
  heartbeat_ms_ = now_ms;
}

}  // namespace plenary::connection
