#include "gateway/ws_connection.hpp"

#include <algorithm>
#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/beast/http/field.hpp>
#include <utility>

#include "connection/close_codes.hpp"
#include "fanout/frame.hpp"
#include "fanout/limits.hpp"
#include "gateway/connections.hpp"
#include "gateway/limits.hpp"
#include "gateway/services.hpp"
#include "host/directory.hpp"
#include "host/session_host.hpp"
#include "observe/metrics.hpp"
#include "ports/authenticator.hpp"
#include "ports/clock.hpp"

namespace plenary::gateway {

namespace v1 = ::plenary::v1;
namespace websocket = boost::beast::websocket;
using connection::CloseCode;

WsConnection::WsConnection(std::shared_ptr<Connections> connections, Socket socket,
                           std::string early)
    : fanout::Subscriber(connections->core()),
      connections_(std::move(connections)),
      stream_(std::move(socket), outbox(), *this, std::move(early)),
      machine_(connections_->services().clock.steady_ms()) {
  connections_->services().metrics.connections.fetch_add(1, std::memory_order_relaxed);
}

WsConnection::~WsConnection() {
  connections_->services().metrics.connections.fetch_sub(1, std::memory_order_relaxed);
}

void WsConnection::start(const Request& upgrade, bool full) {
  connections_->add(shared_from_this());
  before_hello_.enter(connections_->before_hello(), [this] { drop(); });
  stream_.read_message_max(0);  // counted here, so that the close has a name of ours
  stream_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
    response.set(boost::beast::http::field::sec_websocket_protocol, "plenary.v1");
    response.set(boost::beast::http::field::server, "plenary");
  }));
  stream_.control_callback([this](websocket::frame_type kind, boost::beast::string_view) {
    if (kind == websocket::frame_type::close) return;
    act(machine_.on_fragment(connections_->services().clock.steady_ms()));
  });
  stream_.async_accept(upgrade, [self = shared_from_this(), full](error_code error) {
    if (error) {
      self->end();
      return;
    }
    self->stream_.next_layer().open();
    if (full) {
      self->close(connection::make_bye(CloseCode::full, "", kFullRetryMs));
    }
    self->read();
    self->wake();
  });
}

// ---- reading

boost::asio::mutable_buffer WsConnection::read_buffer() {
  if (message_bytes_ == 0) return boost::asio::buffer(first_);
  // One byte more than allowed shows that it is too long.
  const std::size_t most = machine_.max_message_bytes() + 1;
  if (message_bytes_ == message_.size()) {
    message_.resize(std::min(most, std::max<std::size_t>(1024, message_.size() * 2)));
  }
  return boost::asio::buffer(message_) + message_bytes_;
}

void WsConnection::read() {
  if (reading_ || ended_) return;
  // Who asks without taking the answers is not read from until some of them are out.
  if (outbox().frames_waiting() >= fanout::kMaxFramesWaiting && close_by_ms_ == 0) return;
  reading_ = true;
  stream_.async_read_some(
      read_buffer(),
      boost::asio::bind_allocator(allocator_of(read_memory_),
                                  [self = shared_from_this()](error_code error, std::size_t bytes) {
                                    self->reading_ = false;
                                    self->on_read(error, bytes);
                                  }));
}

void WsConnection::on_read(error_code error, std::size_t bytes) {
  if (error) {
    // Closed by the page (answered already), broken, or not WebSocket at all (Beast has said 1002
    // or 1007).
    if (!close_sent_) end();
    return;
  }
  if (close_by_ms_ == 0) on_piece(bytes);
  if (!close_sent_) read();
}

void WsConnection::on_piece(std::size_t bytes) {
  const Services& services = connections_->services();
  const std::int64_t now_ms = services.clock.steady_ms();
  if (message_bytes_ == 0 && bytes == 0 && !stream_.is_message_done()) {
    act(machine_.on_fragment(now_ms));
    return;
  }
  if (message_bytes_ + bytes > machine_.max_message_bytes()) {
    std::string().swap(message_);
    close(connection::make_bye(CloseCode::too_big, "message"));
    return;
  }
  if (!stream_.is_message_done()) {
    if (message_bytes_ == 0) message_.assign(first_.data(), bytes);
    message_bytes_ += static_cast<std::uint32_t>(bytes);
    return;
  }
  const bool in_first = message_bytes_ == 0;
  const std::size_t size = message_bytes_ + bytes;
  const std::string message = std::move(message_);  // released when it is handled
  message_ = {};
  message_bytes_ = 0;
  services.metrics.messages.fetch_add(1, std::memory_order_relaxed);
  act(machine_.on_message(now_ms, std::string_view(in_first ? first_.data() : message.data(), size),
                          stream_.got_text()));
}

// ---- what the machine wants

void WsConnection::act(connection::Action action) {
  if (auto* to_verify = std::get_if<connection::Verify>(&action)) {
    verify(std::move(to_verify->hello));
  } else if (auto* submit = std::get_if<connection::SubmitCommand>(&action)) {
    host_->submit(shared_from_this(), std::move(submit->id), std::move(submit->submit));
  } else if (auto* question = std::get_if<connection::AskQuestion>(&action)) {
    host_->ask(shared_from_this(), std::move(question->id), std::move(question->question));
  } else if (std::holds_alternative<connection::SendHeartbeat>(action)) {
    outbox().set(fanout::Slot::heartbeat, connections_->heartbeat());
    wake();
  } else if (auto* refuse = std::get_if<connection::Refuse>(&action)) {
    connections_->services().metrics.messages_refused.fetch_add(1, std::memory_order_relaxed);
    outbox().push(fanout::make_frame(refuse->message));
    wake();
  } else if (auto* wish = std::get_if<connection::Close>(&action)) {
    close(wish->bye);
  }
}

void WsConnection::verify(v1::Hello hello) {
  const Services& services = connections_->services();
  auto claims = services.authenticator.verify(hello.token(), services.clock.server_now_ms());
  hello.clear_token();
  // A display's link is its token; every other invitation is first exchanged for a person's.
  if (!claims || (claims->person_id.empty() && claims->role != v1::ROLE_DISPLAY) ||
      claims->outside) {
    close(connection::make_bye(CloseCode::unknown_token));
    return;
  }
  before_hello_.leave();
  expires_at_ms_ = claims->expires_at_ms;
  display_ = claims->person_id.empty();
  auto join = [](std::shared_ptr<WsConnection> self, ports::Claims who,
                 v1::Hello greeting) -> boost::asio::awaitable<void> {
    auto found = co_await self->connections_->services().directory.find(who.session_id);
    if (self->close_by_ms_ != 0 || self->ended_) co_return;
    if (!found) {
      self->refuse_join(found.error());
      co_return;
    }
    self->host_ = std::move(*found);
    self->machine_.joined(self->connections_->services().clock.steady_ms());
    self->host_->join({self, std::move(who), std::move(greeting)});
  };
  boost::asio::co_spawn(connections_->context(),
                        join(shared_from_this(), std::move(*claims), std::move(hello)),
                        boost::asio::detached);
}

void WsConnection::refuse_join(const v1::Refusal& refusal) {
  const bool gone = refusal.code() == v1::REFUSAL_CODE_NOT_FOUND;
  close(connection::make_bye(gone ? CloseCode::session_gone : CloseCode::unavailable));
}

// ---- writing

void WsConnection::wake() {
  if (ended_) return;
  stream_.next_layer().pump();
  on_gate_progress();
}

void WsConnection::on_gate_progress() {
  if (ended_) return;
  if (close_by_ms_ != 0) {
    finish_close();
    return;
  }
  if (outbox().fell_behind() && !outbox().inside_frame()) {
    if (!view_asked_ && host_) {
      view_asked_ = true;
      host_->needs_view(shared_from_this());
    }
  } else {
    view_asked_ = false;
  }
  if (!reading_ && !machine_.is_closed()) read();
}

void WsConnection::on_gate_written(std::size_t bytes, std::size_t frames) {
  connections_->count_written(bytes, frames);
}

void WsConnection::on_gate_failed() {
  // From within a write: the end comes after it.
  boost::asio::post(connections_->context(), [self = shared_from_this()] { self->end(); });
}

// ---- the end

void WsConnection::close(const v1::Bye& bye) {
  if (close_by_ms_ != 0 || ended_) return;
  const Services& services = connections_->services();
  if (services.observed != nullptr) {
    const auto code = static_cast<CloseCode>(bye.code());
    services.observed->closes(connection::name_of(code)).add();
    if (code == CloseCode::slow) services.observed->slow_closes.add();
  }
  machine_.closed();
  close_by_ms_ = services.clock.steady_ms() + connection::kCloseWithinMs;
  close_code_ = static_cast<std::uint16_t>(bye.code());
  if (host_) host_->leave(shared_from_this());
  host_.reset();
  outbox().detach();
  v1::ServerMessage message;
  *message.mutable_bye() = bye;
  outbox().push(fanout::make_frame(message));
  wake();
}

// The close frame follows the Bye, which follows what was in the queue.
void WsConnection::finish_close() {
  if (close_sent_ || !outbox().empty() || !stream_.is_open()) return;
  close_sent_ = true;
  stream_.async_close(websocket::close_reason(close_code_),
                      [self = shared_from_this()](error_code) { self->end(); });
}

void WsConnection::tick(std::int64_t now_ms) {
  if (close_by_ms_ != 0) {
    if (now_ms >= close_by_ms_) drop();
    return;
  }
  if (expires_at_ms_ != 0 && expires_at_ms_ <= connections_->services().clock.server_now_ms()) {
    close(connection::make_bye(display_ ? CloseCode::revoked : CloseCode::unknown_token));
    return;
  }
  act(machine_.on_tick(now_ms));
}

void WsConnection::drop() {
  error_code ignored;
  stream_.next_layer().socket().close(ignored);
  end();
}

void WsConnection::end() {
  if (ended_) return;
  ended_ = true;
  before_hello_.leave();
  machine_.closed();
  if (host_) host_->leave(shared_from_this());
  host_.reset();
  error_code ignored;
  stream_.next_layer().socket().close(ignored);
  const auto self = shared_from_this();
  connections_->remove(*this);
}

}  // namespace plenary::gateway
