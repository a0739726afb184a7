// What a connection does next: the conversation of PROTOCOL.md without sockets, time or threads.
// The gateway feeds it what happened and carries out what it returns; so every path is tested
// without I/O.
//
// Why a value per input, not callbacks: the caller sees in one switch everything that a connection
// can do, and a test reads the answer instead of installing mocks.
//
// Each input has at most one action. After a Close the machine wants nothing more and answers
// Nothing.
//
// Ownership: a value of about 60 bytes; it keeps no message.
// Threading: its connection's.
// Errors: what the peer does wrong is an action (Refuse, Close), never an exception.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "connection/close_codes.hpp"
#include "connection/limits.hpp"
#include "connection/token_bucket.hpp"
#include "plenary/v1/wire.pb.h"

namespace plenary::connection {

struct Nothing {};
// Check the token and find the session; then say joined() or close.
struct Verify {
  plenary::v1::Hello hello;
};
struct SubmitCommand {
  std::string id;
  plenary::v1::Submit submit;
};
struct AskQuestion {
  std::string id;
  plenary::v1::Question question;
};
struct SendHeartbeat {};
// Send this Reply or Answer, which carries a refusal.
struct Refuse {
  plenary::v1::ServerMessage message;
};
// Say Bye and close with its code.
struct Close {
  plenary::v1::Bye bye;
};
using Action =
    std::variant<Nothing, Verify, SubmitCommand, AskQuestion, SendHeartbeat, Refuse, Close>;

class Machine {
 public:
  // The socket is open. All times of this class are steady time.
  explicit Machine(std::int64_t now_ms);

  // How long the next message may be; the caller closes with too_big beyond it, before it takes
  // more memory.
  std::size_t max_message_bytes() const {
    return phase_ == Phase::joined ? kMaxMessageBytes : kMaxHelloBytes;
  }

  Action on_message(std::int64_t now_ms, std::string_view bytes, bool is_text);
  // A piece of a message or a control frame: counts as a message for the rate, and as no sign of
  // life.
  Action on_fragment(std::int64_t now_ms);
  // At least once a second.
  Action on_tick(std::int64_t now_ms);
  // The token was good, and the session has been told to join this connection.
  void joined(std::int64_t now_ms);
  // Either side has begun to close.
  void closed() { phase_ = Phase::closed; }

  bool is_closed() const { return phase_ == Phase::closed; }

 private:
  enum class Phase : std::uint8_t { awaiting_hello, verifying, joined, closed };

  Action close(CloseCode code, const char* detail);
  Action on_hello(plenary::v1::ClientMessage& message);
  Action on_submit(std::int64_t now_ms, plenary::v1::ClientMessage& message);
  Action on_question(std::int64_t now_ms, plenary::v1::ClientMessage& message);

  std::int64_t opened_ms_;
  std::int64_t heard_ms_;
  std::int64_t heartbeat_ms_;
  TokenBucket requests_;
  TokenBucket messages_;
  Phase phase_ = Phase::awaiting_hello;
};

}  // namespace plenary::connection
