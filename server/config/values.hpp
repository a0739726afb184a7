// Readers for single option values. Each returns the value, or what would have been accepted, to be
// put behind the option's name. Pure functions.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "config/options.hpp"

namespace plenary::config {

template <typename T>
using Value = std::expected<T, std::string>;

struct Endpoint {
  std::string address;
  std::uint16_t port = 0;
};

Value<std::int64_t> read_number(std::string_view text, std::int64_t least, std::int64_t most);
Value<Endpoint> read_endpoint(std::string_view text);
// An origin: scheme, host, perhaps a port; no path, query, fragment or user. A slash at the end is
// taken off.
Value<std::string> read_public_url(std::string_view text);
Value<Network> read_network(std::string_view text);

// Whether the host of an origin is this machine only.
bool is_loopback_url(std::string_view url);

}  // namespace plenary::config
