#include "gateway/gateway.hpp"

#include <atomic>
#include <boost/asio/post.hpp>
#include <future>
#include <thread>
#include <utility>
#include <vector>

#include "connection/close_codes.hpp"
#include "gateway/address_limits.hpp"
#include "gateway/connections.hpp"
#include "gateway/limits.hpp"
#include "gateway/listener.hpp"
#include "host/core_set.hpp"

namespace plenary::gateway {

// What connections refer to for as long as any of them lives.
struct Gateway::State {
  State(GatewayParts its_parts, GatewayOptions its_options, StaticFiles its_files)
      : options(std::move(its_options)),
        files(std::move(its_files)),
        limits(kMaxAddresses),
        services{.cores = its_parts.cores,
                 .directory = its_parts.directory,
                 .log = its_parts.log,
                 .authenticator = its_parts.authenticator,
                 .clock = its_parts.clock,
                 .ids = its_parts.ids,
                 .sha256 = its_parts.sha256,
                 .files = files,
                 .public_url = public_url,
                 .limits = limits,
                 .metrics = metrics,
                 .observed = its_parts.observed,
                 .build = options.build,
                 .max_connections = options.max_connections,
                 .retention_days = options.retention_days,
                 .draining = draining} {}

  GatewayOptions options;
  StaticFiles files;
  PublicUrl public_url;  // set by start(), before anything is accepted
  AddressLimits limits;
  Metrics metrics;
  std::atomic<bool> draining{false};
  Services services;
  // Referred to by connections, and referring to this in turn: stop() takes the circle apart.
  std::vector<std::shared_ptr<Connections>> connections;
  std::vector<std::shared_ptr<Listener>> listeners;
};

namespace {

// Runs the function on each core's own thread, and waits for all.
template <typename Each, typename Function>
void on_every_core(host::CoreSet& cores, const std::vector<std::shared_ptr<Each>>& all,
                   Function function) {
  std::vector<std::future<void>> done;
  for (std::size_t core = 0; core < all.size(); ++core) {
    std::packaged_task<void()> task([each = all[core], function] { function(*each); });
    done.push_back(task.get_future());
    boost::asio::post(cores.at(core), std::move(task));
  }
  for (auto& each : done)
    each.wait();
}

}  // namespace

Gateway::Gateway(GatewayParts parts, GatewayOptions options, StaticFiles files)
    : state_(std::make_shared<State>(parts, std::move(options), std::move(files))) {}

Gateway::~Gateway() {
  state_->listeners.clear();
  state_->connections.clear();
}

std::expected<std::uint16_t, std::string> Gateway::bind() {
  host::CoreSet& cores = state_->services.cores;
  const auto hooks = std::make_shared<const HttpHooks>(
      HttpHooks{state_->options.is_trusted_proxy, state_->options.metrics_text});
  std::uint16_t port = state_->options.port;
  if (const auto free = Listener::is_free(state_->options.listen_address, port); !free) {
    return std::unexpected(free.error());
  }
  for (std::size_t core = 0; core < cores.size(); ++core) {
    auto connections =
        std::make_shared<Connections>(cores.at(core), state_, state_->services, core);
    auto listener = std::make_shared<Listener>(connections, hooks);
    const auto bound = listener->bind(state_->options.listen_address, port);
    if (!bound) return std::unexpected(bound.error());
    port = *bound;
    state_->connections.push_back(std::move(connections));
    state_->listeners.push_back(std::move(listener));
  }
  return port;
}

void Gateway::start(PublicUrl public_url) {
  state_->public_url = std::move(public_url);
  on_every_core(state_->services.cores, state_->connections,
                [](Connections& connections) { connections.start(); });
  on_every_core(state_->services.cores, state_->listeners,
                [](Listener& listener) { listener.start(); });
}

const Metrics& Gateway::metrics() const {
  return state_->metrics;
}

void Gateway::stop_accepting() {
  state_->draining.store(true);
  on_every_core(state_->services.cores, state_->listeners,
                [](Listener& listener) { listener.stop(); });
}

void Gateway::wait_until_empty(std::chrono::milliseconds at_most) {
  on_every_core(state_->services.cores, state_->connections, [](Connections& connections) {
    connections.close_all(connection::make_bye(connection::CloseCode::restarting));
  });
  const auto end = std::chrono::steady_clock::now() + at_most;
  while (state_->metrics.connections.load() > 0 && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

void Gateway::stop() {
  on_every_core(state_->services.cores, state_->connections,
                [](Connections& connections) { connections.stop(); });
}

}  // namespace plenary::gateway
