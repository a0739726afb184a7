#include "gateway/listener.hpp"

#include <sys/socket.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

#include "gateway/connections.hpp"
#include "gateway/limits.hpp"
#include "gateway/services.hpp"
#include "observe/log.hpp"

namespace plenary::gateway {

using boost::asio::redirect_error;
using boost::asio::use_awaitable;
using boost::asio::ip::tcp;

Listener::Listener(std::shared_ptr<Connections> connections, std::shared_ptr<const HttpHooks> hooks)
    : connections_(std::move(connections)),
      hooks_(std::move(hooks)),
      acceptor_(connections_->context()) {}

namespace {

std::string cannot_listen(const std::string& address, std::uint16_t port, const error_code& error) {
  return "cannot listen on " + address + ":" + std::to_string(port) + ": " + error.message();
}

}  // namespace

std::expected<void, std::string> Listener::is_free(const std::string& address, std::uint16_t port) {
  error_code error;
  const auto parsed = boost::asio::ip::make_address(address, error);
  if (error) return std::unexpected("not an address: " + address);
  if (port == 0) return {};
  boost::asio::io_context context;
  tcp::acceptor probe(context);
  const tcp::endpoint endpoint(parsed, port);
  probe.open(endpoint.protocol(), error);
  if (!error) probe.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) probe.bind(endpoint, error);
  if (!error) probe.listen(1, error);
  if (error) return std::unexpected(cannot_listen(address, port, error));
  return {};
}

std::expected<std::uint16_t, std::string> Listener::bind(const std::string& address,
                                                         std::uint16_t port) {
  error_code error;
  const auto parsed = boost::asio::ip::make_address(address, error);
  if (error) return std::unexpected("not an address: " + address);
  const tcp::endpoint endpoint(parsed, port);
  acceptor_.open(endpoint.protocol(), error);
  const int on = 1;
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error &&
      setsockopt(acceptor_.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0) {
    error.assign(errno, boost::system::system_category());
  }
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(kListenBacklog, error);
  if (error) {
    return std::unexpected(cannot_listen(address, port, error));
  }
  return acceptor_.local_endpoint(error).port();
}

void Listener::start() {
  boost::asio::co_spawn(
      connections_->context(),
      [](std::shared_ptr<Listener> self) -> boost::asio::awaitable<void> {
        co_await self->accept();
      }(shared_from_this()),
      boost::asio::detached);
}

void Listener::stop() {
  error_code ignored;
  acceptor_.close(ignored);
}

boost::asio::awaitable<void> Listener::accept() {
  while (acceptor_.is_open()) {
    error_code error;
    Socket socket = co_await acceptor_.async_accept(connections_->context(),
                                                    redirect_error(use_awaitable, error));
    if (!error) {
      admit(std::move(socket));
    } else if (acceptor_.is_open()) {
      // No descriptors or no memory: nothing to do but wait until others have gone; without the
      // pause this would be a busy loop.
      observe::log(observe::Level::warning, "accept failed", {{"error", error.message()}});
      boost::asio::steady_timer pause(connections_->context(), std::chrono::milliseconds(100));
      co_await pause.async_wait(redirect_error(use_awaitable, error));
    }
  }
}

void Listener::admit(Socket socket) {
  const Services& services = connections_->services();
  error_code error;
  const auto peer = socket.remote_endpoint(error);
  if (error) return;
  socket.set_option(tcp::no_delay(true), error);
  const auto most = static_cast<std::int64_t>(services.max_connections + kHttpConnectionsMargin);
  if (services.metrics.http_connections.load() + services.metrics.connections.load() >= most &&
      !connections_->silent().close_oldest() && !connections_->before_hello().close_oldest()) {
    constexpr std::string_view kFull =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 30\r\nContent-Length: 0\r\n"
        "Connection: close\r\n\r\n";
    socket.non_blocking(true, error);
    socket.write_some(boost::asio::buffer(kFull), error);
    return;
  }
  boost::asio::co_spawn(connections_->context(),
                        serve_http(connections_, hooks_, std::move(socket), peer.address()),
                        boost::asio::detached);
}

}  // namespace plenary::gateway
