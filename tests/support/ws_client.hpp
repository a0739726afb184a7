// A small blocking client for tests of the running server: raw sockets, so that a test can also
// send what no library would.
// Threading: one thread each.
// Errors: a failed expectation is an exception, which ends the test.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "plenary/v1/wire.pb.h"

namespace plenary::test {

// A connected TCP socket to 127.0.0.1.
class RawSocket {
 public:
  explicit RawSocket(std::uint16_t port, int receive_buffer = 0);
  ~RawSocket();
  RawSocket(const RawSocket&) = delete;
  RawSocket& operator=(const RawSocket&) = delete;

  bool send(std::string_view bytes);  // false: the server has closed
  // What comes within the time; "" for nothing, and closed() says whether for ever.
  std::string receive(std::chrono::milliseconds within);
  bool closed() const { return closed_; }
  void close();
  void reset();  // as a machine does that vanishes: RST

 private:
  int socket_ = -1;
  bool closed_ = false;
};

struct HttpAnswer {
  int status = 0;
  std::map<std::string, std::string> fields;  // names in lower case
  std::string body;
};

// One request on a connection of its own. `extra`: more header lines, each with its line ending.
HttpAnswer http(std::uint16_t port, const std::string& method, const std::string& target,
                const std::string& extra = "", const std::string& body = "");
// Sends the bytes as they are and reads until the server closes or nothing comes for `within`.
std::string raw_http(std::uint16_t port, const std::string& bytes,
                     std::chrono::milliseconds within = std::chrono::milliseconds(2'000));
HttpAnswer parse_answer(const std::string& text);

// One WebSocket connection that speaks plenary.v1.
class WsClient {
 public:
  struct Options {
    std::string origin;  // "": http://127.0.0.1:PORT
    std::string subprotocol = "plenary.v1";
    int receive_buffer = 0;  // 0: the system's
    bool upgrade = true;
  };
  explicit WsClient(std::uint16_t port) : WsClient(port, Options{}) {}
  WsClient(std::uint16_t port, Options options);

  RawSocket& socket() { return socket_; }

  // --- sending
  void send(const plenary::v1::ClientMessage& message);
  void send_frame(unsigned char opcode, std::string_view payload, bool final = true,
                  bool masked = true);
  void hello(const std::string& token, const plenary::v1::Position* position = nullptr,
             plenary::v1::Audience audience = plenary::v1::AUDIENCE_UNSPECIFIED);
  // As a page that comes back: with the view that it has, and Hello with its position (C1).
  void resume(const WsClient& before, const std::string& token);
  // Sends the command and waits for its reply. The id is random unless given.
  plenary::v1::Reply command(const plenary::v1::Command& command, std::string id = "");
  std::string send_command(const plenary::v1::Command& command, std::string id = "");
  plenary::v1::Answer ask(const plenary::v1::Question& question);

  // --- receiving. Heartbeats are echoed, views and values kept, everything is also queued for
  // next(). Waits until `until` is true, processing what comes; false after the time, or when
  // closed.
  bool wait(const std::function<bool()>& until, std::chrono::milliseconds within = kPatience);
  std::optional<plenary::v1::Reply> reply_to(const std::string& id,
                                             std::chrono::milliseconds within = kPatience);
  bool wait_for_view() {
    return wait([this] { return has_view_; });
  }
  bool wait_for_seq(std::uint64_t seq) {
    return wait([=, this] { return position_.seq() >= seq; });
  }
  bool wait_for_close() {
    return wait([this] { return close_code_ != 0 || socket_.closed(); });
  }
  void pump(std::chrono::milliseconds within);

  static constexpr std::chrono::milliseconds kPatience{15'000};

  // --- what is known
  const std::optional<plenary::v1::Welcome>& welcome() const { return welcome_; }
  const std::optional<plenary::v1::Bye>& bye() const { return bye_; }
  int close_code() const { return close_code_; }  // of the close frame; 0: none came
  const plenary::v1::Position& position() const { return position_; }
  // By "kind:id", as in view_key().
  const std::map<std::string, plenary::v1::ViewEntity>& view() const { return view_; }
  const plenary::v1::RoomView* room(const std::string& id) const;
  const plenary::v1::SpeechView* speech(const std::string& id) const;
  const plenary::v1::PersonalView& personal() const { return personal_; }
  const plenary::v1::PresenceView& presence() const { return presence_; }
  std::int64_t server_offset_ms() const { return server_offset_ms_; }

  int whole_views = 0;
  int changes = 0;
  int holes = 0;  // changes that did not fit: never, on a server that works
  int presences = 0;
  int pongs = 0;
  bool echo_heartbeats = true;

 private:
  void upgrade(std::uint16_t port, const Options& options);
  bool parse_frames();
  void on_batch(std::string_view bytes);
  void on_message(const plenary::v1::ServerMessage& message);

  RawSocket socket_;
  std::string buffer_;
  std::optional<plenary::v1::Welcome> welcome_;
  std::optional<plenary::v1::Bye> bye_;
  int close_code_ = 0;
  bool has_view_ = false;
  plenary::v1::Position position_;
  std::map<std::string, plenary::v1::ViewEntity> view_;
  plenary::v1::PersonalView personal_;
  plenary::v1::PresenceView presence_;
  std::int64_t server_offset_ms_ = 0;
  std::map<std::string, plenary::v1::Reply> replies_;
  std::map<std::string, plenary::v1::Answer> answers_;
};

std::string random_bytes(std::size_t count);
std::int64_t wall_ms();

}  // namespace plenary::test
