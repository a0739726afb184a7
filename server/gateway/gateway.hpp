// The edge of the process: listens on every core, speaks HTTP and WebSocket, and hands what it
// understood to the session hosts. Everything else of this folder is behind it.
//
// Ownership: refers to what main made, which outlives it and the CoreSet's threads. Connections
// keep the inner state alive, so that io_contexts may be destroyed after the Gateway.
// Threading: the members are called from main's thread, while the cores run.
// Errors: listen() says why it cannot; afterwards errors stay with their connection.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/public_url.hpp"
#include "gateway/services.hpp"
#include "gateway/static_files.hpp"

namespace plenary::gateway {

struct GatewayOptions {
  std::string listen_address;
  std::uint16_t port = 0;  // 0: the system chooses
  std::size_t max_connections = 0;
  std::int32_t retention_days = 0;  // of sessions that don't say; 0: core's
  std::string build;
  std::function<bool(std::string_view address)> is_trusted_proxy;
  std::function<std::string()> metrics_text;
};

struct GatewayParts {
  host::CoreSet& cores;
  host::Directory& directory;
  ports::EventLog& log;
  const ports::Authenticator& authenticator;
  const ports::Clock& clock;
  ports::IdSource& ids;
  Digest (*sha256)(std::string_view);
  observe::Metrics* observed = nullptr;
};

class Gateway {
 public:
  Gateway(GatewayParts parts, GatewayOptions options, StaticFiles files);
  ~Gateway();

  // Binds one listener per core, all on one port; returns the port. Nothing is accepted yet.
  std::expected<std::uint16_t, std::string> bind();
  // Begins to accept. The public URL may depend on the port, so it comes now.
  void start(PublicUrl public_url);

  const Metrics& metrics() const;

  // SIGTERM, in this order: no more connections and "not ready"; (the directory says Bye to all;)
  // then Bye to who has not said Hello yet, and wait until all have gone, at most so long; then the
  // rest is dropped.
  void stop_accepting();
  void wait_until_empty(std::chrono::milliseconds at_most);
  void stop();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace plenary::gateway
