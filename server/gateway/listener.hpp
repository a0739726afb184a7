// Accepts on one core. Several listeners share a port by SO_REUSEPORT; the kernel spreads the
// connections.
// Threading: its core's io_context; bind() before it runs.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>

#include "gateway/frame_gate.hpp"
#include "gateway/http_connection.hpp"

namespace plenary::gateway {

class Listener : public std::enable_shared_from_this<Listener> {
 public:
  Listener(std::shared_ptr<Connections> connections, std::shared_ptr<const HttpHooks> hooks);

  // Several listeners of one server share a port, so bind() would join a stranger's unseen: this
  // says first whether somebody listens there. Port 0 is always free.
  static std::expected<void, std::string> is_free(const std::string& address, std::uint16_t port);
  // The port, which the system chooses for 0; or why not.
  std::expected<std::uint16_t, std::string> bind(const std::string& address, std::uint16_t port);
  void start();
  void stop();

 private:
  using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp,
                                                      boost::asio::io_context::executor_type>;

  boost::asio::awaitable<void> accept();
  void admit(Socket socket);

  std::shared_ptr<Connections> connections_;
  std::shared_ptr<const HttpHooks> hooks_;
  Acceptor acceptor_;
};

}  // namespace plenary::gateway
