// One WebSocket connection: carries out what the connection's machine (connection/machine.hpp)
// wants. It holds no rule of the conversation itself.
//
//   socket ⇄ FrameGate ⇄ Beast (upgrade, unmasking, control frames, close) → Machine → host
//   socket ← FrameGate ← Outbox ← host, fan-out
//
// Memory: what Beast's stream needs, and about 600 bytes; a longer message takes its length until
// it is handed on. Measured: 4.8 KiB an idle connection, host and fan-out included.
// Ownership: shared by its core's Connections and by its pending operations; the fan-out from join
// to leave.
// Threading: its core's io_context.
// Errors: a connection that fails ends; nothing is thrown and nobody else notices.
#pragma once

#include <array>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "connection/machine.hpp"
#include "fanout/subscriber.hpp"
#include "gateway/frame_gate.hpp"
#include "gateway/handler_memory.hpp"
#include "gateway/unheard.hpp"

namespace plenary::host {
class SessionHost;
}

namespace plenary::gateway {

class Connections;

class WsConnection final : public fanout::Subscriber,
                           public GateOwner,
                           public std::enable_shared_from_this<WsConnection> {
 public:
  using Request = boost::beast::http::request<boost::beast::http::string_body>;

  WsConnection(std::shared_ptr<Connections> connections, Socket socket, std::string early);
  ~WsConnection() override;

  // Answers the upgrade, which has been checked, and goes on by itself. `full`: say so and close.
  void start(const Request& upgrade, bool full);
  void tick(std::int64_t now_ms);
  void drop();  // at once, without words

  void wake() override;
  void close(const plenary::v1::Bye& bye) override;

  std::shared_ptr<void> keep_alive() override { return shared_from_this(); }
  void on_gate_progress() override;
  void on_gate_written(std::size_t bytes, std::size_t frames) override;
  void on_gate_failed() override;

  std::size_t registry_index = 0;  // Connections' own

 private:
  using Stream = boost::beast::websocket::stream<FrameGate, false>;

  void read();
  void on_read(error_code error, std::size_t bytes);
  boost::asio::mutable_buffer read_buffer();
  void on_piece(std::size_t bytes);
  void act(connection::Action action);
  void verify(plenary::v1::Hello hello);
  void refuse_join(const plenary::v1::Refusal& refusal);
  void finish_close();
  void end();

  std::shared_ptr<Connections> connections_;
  Stream stream_;
  connection::Machine machine_;
  std::shared_ptr<host::SessionHost> host_;
  std::string message_;            // a message that did not fit into first_
  std::array<char, 128> first_{};  // most messages fit
  HandlerMemory<512> read_memory_;
  Unheard::Place before_hello_;
  std::int64_t close_by_ms_ = 0;     // 0: not closing
  std::int64_t expires_at_ms_ = 0;   // the token's, in server time; 0: before Hello
  std::uint32_t message_bytes_ = 0;  // of the message that is being read
  std::uint16_t close_code_ = 0;
  bool reading_ = false;
  bool close_sent_ = false;
  bool view_asked_ = false;
  bool display_ = false;
  bool ended_ = false;
};

}  // namespace plenary::gateway
