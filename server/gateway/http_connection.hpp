// One HTTP/1.1 connection: reads a request, checks its shape (http_guard.hpp), answers it, and so
// on; or hands the socket over to a WsConnection.
//
// Bounds and time-outs: limits.hpp; every one of them has an answer or closes.
// Threading: its core's io_context.
// Errors: what the peer does wrong is answered and closed; nothing is thrown.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/address.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/frame_gate.hpp"

namespace plenary::gateway {

class Connections;

// What the HTTP side needs beside Services; immutable.
struct HttpHooks {
  std::function<bool(std::string_view address)> is_trusted_proxy;
  std::function<std::string()> metrics_text;
};

boost::asio::awaitable<void> serve_http(std::shared_ptr<Connections> connections,
                                        std::shared_ptr<const HttpHooks> hooks, Socket socket,
                                        boost::asio::ip::address peer);

}  // namespace plenary::gateway
