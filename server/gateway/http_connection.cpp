#include "gateway/http_connection.hpp"

#include <array>
#include <atomic>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>
#include <utility>

#include "gateway/address_limits.hpp"
#include "gateway/api/routes.hpp"
#include "gateway/connections.hpp"
#include "gateway/deadline.hpp"
#include "gateway/forwarded.hpp"
#include "gateway/http_answer.hpp"
#include "gateway/http_guard.hpp"
#include "gateway/limits.hpp"
#include "gateway/public_url.hpp"
#include "gateway/services.hpp"
#include "gateway/words.hpp"
#include "gateway/ws_connection.hpp"
#include "observe/log.hpp"
#include "ports/clock.hpp"

namespace plenary::gateway {

namespace http = boost::beast::http;
using boost::asio::awaitable;
using boost::asio::redirect_error;
using boost::asio::use_awaitable;

namespace {

using Parser = http::request_parser<http::string_body>;

// One after the other, the stages of one request. Each either goes on or leaves an answer and
// `close`.
class HttpConnection {
 public:
  HttpConnection(std::shared_ptr<Connections> connections, std::shared_ptr<const HttpHooks> hooks,
                 Socket socket, const boost::asio::ip::address& peer)
      : connections_(std::move(connections)),
        services_(connections_->services()),
        hooks_(std::move(hooks)),
        socket_(std::move(socket)),
        deadline_(socket_),
        peer_(peer.to_string()),
        peer_is_loopback_(peer.is_loopback()) {
    services_.metrics.http_connections.fetch_add(1, std::memory_order_relaxed);
  }
  ~HttpConnection() { services_.metrics.http_connections.fetch_sub(1, std::memory_order_relaxed); }
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;

  awaitable<void> run();

 private:
  enum class Next : std::uint8_t { request, close, gone };

  awaitable<Next> one_request(bool first);
  awaitable<Next> read_head(bool first);
  awaitable<Next> read_body(Parser& parser, const Request& request);
  awaitable<Next> respond(Response response, bool head_only, bool keep_alive);
  awaitable<Next> refuse(int status, std::string_view code, std::string_view why = {});
  awaitable<void> linger();
  std::optional<Response> upgrade_fault(const Request& request) const;
  void upgrade(const Parser& parser);
  Request request_of(const Parser& parser) const;
  void find_address(Request& request) const;
  void warn_of_proxy() const;

  std::shared_ptr<Connections> connections_;
  const Services& services_;
  std::shared_ptr<const HttpHooks> hooks_;
  Socket socket_;
  Deadline deadline_;
  std::string peer_;
  bool peer_is_loopback_;
  Unheard::Place silence_;
  boost::beast::flat_buffer buffer_;
  bool head_only_ = false;  // the answer has no body: it is to HEAD
};

awaitable<void> HttpConnection::run() {
  silence_.enter(connections_->silent(), [this] {
    error_code ignored;
    socket_.close(ignored);
  });
  Next next = Next::request;
  for (int count = 0; count < kMaxRequestsOfConnection && next == Next::request; ++count) {
    next = co_await one_request(count == 0);
  }
  if (next != Next::gone) co_await linger();
}

awaitable<HttpConnection::Next> HttpConnection::read_head(bool first) {
  // The time of a head counts from its first byte; before that the connection is idle.
  deadline_.set(first || buffer_.size() > 0 ? kHeaderWithinMs : kIdleWithinMs);
  bool begun = first || buffer_.size() > 0;
  for (;;) {
    const auto data = buffer_.cdata();
    const std::string_view bytes(static_cast<const char*>(data.data()), data.size());
    if (const auto length = head_length(bytes); length && *length <= kMaxHeaderBytes) {
      const auto fault = head_fault(bytes.substr(0, *length));
      if (!fault) co_return Next::request;
      co_return co_await refuse(400, "bad_request", *fault);
    }
    if (bytes.size() >= kMaxHeaderBytes) {
      co_return co_await refuse(431, "header_too_large", "at most 8192 bytes");
    }
    error_code error;
    const std::size_t read = co_await socket_.async_read_some(
        buffer_.prepare(std::min<std::size_t>(2048, kMaxHeaderBytes - bytes.size())),
        redirect_error(use_awaitable, error));
    if (deadline_.expired()) {
      if (buffer_.size() == 0) co_return Next::gone;
      co_return co_await refuse(408, "too_slow");
    }
    if (error) co_return Next::gone;
    silence_.leave();
    buffer_.commit(read);
    if (!begun) deadline_.set(kHeaderWithinMs);
    begun = true;
  }
}

awaitable<HttpConnection::Next> HttpConnection::read_body(Parser& parser, const Request& request) {
  const std::size_t most =
      api::is_api_path(request.path) ? api::max_body_bytes(services_, request) : kMaxBodyBytes;
  if (parser.content_length().value_or(0) > most) {
    co_return co_await refuse(413, "too_big", "at most " + std::to_string(most) + " bytes");
  }
  parser.body_limit(most);
  deadline_.set(kBodyWithinMs);
  error_code error;
  if (const std::string_view expect = request.field("expect"); !expect.empty()) {
    if (lower_case(expect) != "100-continue") co_return co_await refuse(417, "bad_request");
    constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
    co_await boost::asio::async_write(socket_, boost::asio::buffer(kGoOn),
                                      redirect_error(use_awaitable, error));
    if (error) co_return Next::gone;
  }
  co_await http::async_read(socket_, buffer_, parser, redirect_error(use_awaitable, error));
  if (error == http::error::body_limit) {
    co_return co_await refuse(413, "too_big", "at most " + std::to_string(most) + " bytes");
  }
  if (deadline_.expired()) co_return co_await refuse(408, "too_slow");
  if (error.category() == http::make_error_code(http::error::bad_chunk).category() &&
      error != http::error::end_of_stream && error != http::error::partial_message) {
    co_return co_await refuse(400, "bad_request", "body");
  }
  co_return error ? Next::gone : Next::request;
}

Request HttpConnection::request_of(const Parser& parser) const {
  const auto& message = parser.get();
  Request request;
  request.method = std::string(message.method_string());
  const std::string_view target(message.target().data(), message.target().size());
  const std::size_t mark = target.find('?');
  if (!decode_path(target.substr(0, mark), request.path)) request.path.clear();
  if (mark != std::string_view::npos) request.query = std::string(target.substr(mark + 1));
  for (const auto& field : message) {
    const auto [at, fresh] = request.fields.emplace(
        lower_case(std::string_view(field.name_string().data(), field.name_string().size())),
        std::string(field.value()));
    // Lines of one name are one list (RFC 9110, 5.2).
    if (!fresh) at->second.append(", ").append(field.value());
  }
  find_address(request);
  return request;
}

void HttpConnection::find_address(Request& request) const {
  const std::string_view forwarded = request.field("x-forwarded-for");
  request.loopback = peer_is_loopback_ && forwarded.empty();
  request.address = client_address(peer_, forwarded, hooks_->is_trusted_proxy);
  if (!forwarded.empty() && request.address == peer_ && is_private_address(peer_)) {
    warn_of_proxy();
  }
}

// Everybody behind such a proxy counts as one address, which the limits then bear on.
void HttpConnection::warn_of_proxy() const {
  static std::atomic<bool> warned{false};
  if ((hooks_->is_trusted_proxy && hooks_->is_trusted_proxy(peer_)) || warned.exchange(true))
    return;
  observe::log(observe::Level::warning, "X-Forwarded-For is not believed",
               {{"from", peer_}, {"note", "if that is your proxy, give --trusted-proxy"}});
}

awaitable<HttpConnection::Next> HttpConnection::one_request(bool first) {
  if (const Next next = co_await read_head(first); next != Next::request) co_return next;
  Parser parser;
  parser.header_limit(kMaxHeaderBytes);
  parser.body_limit(kMaxAgendaBytes);
  error_code error;
  co_await http::async_read_header(socket_, buffer_, parser, redirect_error(use_awaitable, error));
  if (error == http::error::body_limit) {
    co_return co_await refuse(413, "too_big", "at most " + std::to_string(kMaxAgendaBytes));
  }
  if (error) co_return co_await refuse(400, "bad_request");
  Request request = request_of(parser);
  services_.metrics.requests.fetch_add(1, std::memory_order_relaxed);
  head_only_ = request.method == "HEAD";
  if (request.path.empty()) co_return co_await refuse(400, "bad_request", "target");
  if (!services_.limits.take(AddressLimits::What::request, request.address,
                             services_.clock.steady_ms())) {
    co_return co_await refuse(429, "rate_limited");
  }
  if (request.path == "/api/v1/connect" && !request.field("upgrade").empty()) {
    if (auto fault = upgrade_fault(request)) {
      co_return co_await respond(std::move(*fault), head_only_, false);
    }
    upgrade(parser);
    co_return Next::gone;
  }
  if (const Next next = co_await read_body(parser, request); next != Next::request) co_return next;
  const bool keep_alive = parser.get().keep_alive() && !services_.draining.load();
  request.body = std::move(parser.get().body());
  Response response = co_await answer(services_, *hooks_, request);
  const bool stay = keep_alive && !response.close;
  co_return co_await respond(std::move(response), head_only_, stay);
}

awaitable<HttpConnection::Next> HttpConnection::respond(Response response, bool head_only,
                                                        bool keep_alive) {
  if (response.status >= 500) {
    services_.metrics.requests_failed.fetch_add(1, std::memory_order_relaxed);
  } else if (response.status >= 400) {
    services_.metrics.requests_refused.fetch_add(1, std::memory_order_relaxed);
  }
  const std::string head = write_head(services_, response, keep_alive);
  const bool with_body = response.has_body && !head_only;
  const std::array<boost::asio::const_buffer, 2> buffers{
      boost::asio::buffer(head),
      with_body ? boost::asio::buffer(response.content()) : boost::asio::const_buffer()};
  deadline_.set(kWriteWithinMs);
  error_code error;
  co_await boost::asio::async_write(socket_, buffers, redirect_error(use_awaitable, error));
  if (error) co_return Next::gone;
  co_return keep_alive ? Next::request : Next::close;
}

awaitable<HttpConnection::Next> HttpConnection::refuse(int status, std::string_view code,
                                                       std::string_view why) {
  co_return co_await respond(problem(status, code, why), head_only_, false);
}

// Closing with unread bytes resets the connection, and the client may lose the answer: so what
// still comes is read for a moment.
awaitable<void> HttpConnection::linger() {
  error_code error;
  socket_.shutdown(boost::asio::socket_base::shutdown_send, error);
  std::array<char, 1024> rest;
  deadline_.set(1'000);
  for (int count = 0; count < 256 && !error && !deadline_.expired(); ++count) {
    co_await socket_.async_read_some(boost::asio::buffer(rest),
                                     redirect_error(use_awaitable, error));
  }
}

std::optional<Response> HttpConnection::upgrade_fault(const Request& request) const {
  if (request.method != "GET" || lower_case(request.field("upgrade")) != "websocket") {
    return problem(400, "bad_request", "upgrade");
  }
  if (!services_.public_url.is_origin(request.field("origin"))) {
    return problem(403, "wrong_origin");
  }
  bool offered = false;
  std::string_view rest = request.field("sec-websocket-protocol");
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    std::string_view name = rest.substr(0, comma);
    while (!name.empty() && name.front() == ' ')
      name.remove_prefix(1);
    while (!name.empty() && name.back() == ' ')
      name.remove_suffix(1);
    offered = offered || name == "plenary.v1";
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  if (!offered) return problem(400, "unknown_subprotocol", "plenary.v1 is spoken here");
  if (services_.draining.load()) return problem(503, "restarting");
  return std::nullopt;
}

void HttpConnection::upgrade(const Parser& parser) {
  deadline_.clear();
  const auto data = buffer_.cdata();
  std::string early(static_cast<const char*>(data.data()), data.size());
  // A place that somebody holds without saying Hello is given to who comes now.
  const bool full = services_.metrics.connections.load(std::memory_order_relaxed) >=
                        static_cast<std::int64_t>(services_.max_connections) &&
                    !connections_->before_hello().close_oldest();
  services_.metrics.upgrades.fetch_add(1, std::memory_order_relaxed);
  auto connection =
      std::make_shared<WsConnection>(connections_, std::move(socket_), std::move(early));
  connection->start(parser.get(), full);
}

}  // namespace

boost::asio::awaitable<void> serve_http(std::shared_ptr<Connections> connections,
                                        std::shared_ptr<const HttpHooks> hooks, Socket socket,
                                        boost::asio::ip::address peer) {
  HttpConnection connection(std::move(connections), std::move(hooks), std::move(socket), peer);
  co_await connection.run();
}

}  // namespace plenary::gateway
