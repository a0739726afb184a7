// The command line and the environment, parsed and checked once, before anything else starts.
//
//   plenary serve --data DIR [--listen ADDR:PORT] [--public-url URL] ...     plenary version
//
// Every option has a variable: --public-url is also PLENARY_PUBLIC_URL; the command line wins.
// Ownership: plain values. Threading: none. Errors: a sentence that names the option, what was
// given and what would be accepted; nothing is guessed and nothing is half accepted.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/limits.hpp"

namespace plenary::config {

// A range of addresses, "10.0.0.0/8" or "2001:db8::/32" or a single address. IPv4 is held as mapped
// IPv6.
struct Network {
  std::array<std::uint8_t, 16> address{};
  int prefix_bits = 128;

  // False for anything that is not an address.
  bool contains(std::string_view address_text) const;
  bool operator==(const Network&) const = default;
};

struct Options {
  std::filesystem::path data;  // store and keys; made if missing
  std::string listen_address = "127.0.0.1";
  std::uint16_t listen_port = 8080;  // 0: the system chooses
  std::string public_url;      // without a slash at the end; "": http://<listen address>:<port>
  std::filesystem::path web;   // built pages; "": no pages are served
  std::filesystem::path demo;  // an agenda from which a demonstration session is made; "": none
  unsigned threads = 0;        // io_contexts; 0: one per core
  std::string log_level = "info";
  std::uint32_t max_connections = 20'000;
  std::vector<Network> trusted_proxies;      // whose X-Forwarded-For is believed
  std::filesystem::path outside_issuer_key;  // PEM; "": no outside issuer
  std::string outside_issuer;                // the iss that its tokens must have
  std::string outside_audience;              // the aud that they must have; "": not asked
  std::int32_t retention_days = core::kDefaultRetentionDays;
  std::filesystem::path port_file;  // gets the bound port when listening; "": none

  // Sentences for the log at start-up: nothing wrong, but perhaps not meant (C5).
  std::vector<std::string> warnings;
};

struct ShowVersion {};
struct ShowHelp {
  std::string text;
};
using Invocation = std::variant<Options, ShowVersion, ShowHelp>;

std::expected<Invocation, std::string> parse(int argc, const char* const* argv);

}  // namespace plenary::config
