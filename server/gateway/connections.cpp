#include "gateway/connections.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "gateway/services.hpp"
#include "gateway/ws_connection.hpp"
#include "ports/clock.hpp"

namespace plenary::gateway {

namespace {
constexpr std::size_t kSlices = 10;
constexpr std::chrono::milliseconds kSliceEvery{100};
}  // namespace

Connections::Connections(boost::asio::io_context& context, std::shared_ptr<const void> state,
                         const Services& services, std::size_t core)
    : context_(context),
      state_(std::move(state)),
      services_(services),
      core_(core),
      timer_(context) {}

void Connections::start() {
  arm();
}

void Connections::stop() {
  stopped_ = true;
  timer_.cancel();
  for (const auto& connection : std::vector(connections_))
    connection->drop();
}

void Connections::add(std::shared_ptr<WsConnection> connection) {
  connection->registry_index = connections_.size();
  connections_.push_back(std::move(connection));
}

void Connections::remove(WsConnection& connection) {
  const std::size_t index = connection.registry_index;
  if (index >= connections_.size() || connections_[index].get() != &connection) return;
  std::swap(connections_[index], connections_.back());
  connections_[index]->registry_index = index;
  connections_.pop_back();
}

void Connections::close_all(const plenary::v1::Bye& bye) {
  for (const auto& connection : std::vector(connections_))
    connection->close(bye);
}

const fanout::Frame& Connections::heartbeat() {
  if (!heartbeat_) {
    plenary::v1::ServerMessage message;
    message.mutable_heartbeat()->set_server_time_ms(services_.clock.server_now_ms());
    heartbeat_ = fanout::make_frame(message);
  }
  return heartbeat_;
}

void Connections::arm() {
  timer_.expires_after(kSliceEvery);
  timer_.async_wait([this](boost::system::error_code error) {
    if (error || stopped_) return;
    tick();
    arm();
  });
}

void Connections::tick() {
  heartbeat_.reset();
  services_.metrics.bytes_out.fetch_add(std::exchange(bytes_written_, 0),
                                        std::memory_order_relaxed);
  services_.metrics.frames_out.fetch_add(std::exchange(frames_written_, 0),
                                         std::memory_order_relaxed);
  const std::int64_t now_ms = services_.clock.steady_ms();
  // Backwards, as a connection that ends in its tick swaps the last one into its place.
  const std::size_t slice = next_slice_++ % kSlices;
  for (std::size_t index = connections_.size(); index-- > 0;) {
    if (index >= connections_.size() || index % kSlices != slice) continue;
    const std::shared_ptr<WsConnection> connection = connections_[index];
    connection->tick(now_ms);
  }
  heartbeat_.reset();
}

}  // namespace plenary::gateway
