// What every part of the gateway works with. Made by Gateway, which outlives its connections;
// immutable, or made for any thread.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/metrics.hpp"

namespace plenary::host {
class Directory;
class CoreSet;
}  // namespace plenary::host
namespace plenary::ports {
class Authenticator;
class Clock;
class EventLog;
class IdSource;
}  // namespace plenary::ports

namespace plenary::observe {
class Metrics;
}

namespace plenary::gateway {

class AddressLimits;
class PublicUrl;
class StaticFiles;

using Digest = std::array<std::uint8_t, 32>;

struct Services {
  host::CoreSet& cores;
  host::Directory& directory;
  ports::EventLog& log;
  const ports::Authenticator& authenticator;
  const ports::Clock& clock;
  ports::IdSource& ids;
  Digest (*sha256)(
      std::string_view bytes);  // a library of main's; the gateway knows no cryptography
  const StaticFiles& files;
  const PublicUrl& public_url;
  AddressLimits& limits;
  Metrics& metrics;
  observe::Metrics* observed;  // nullptr: nobody counts closes by their code
  std::string build;
  std::size_t max_connections;
  std::int32_t retention_days;
  std::atomic<bool>& draining;
};

}  // namespace plenary::gateway
