#include "config/values.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstring>
#include <optional>

namespace plenary::config {

namespace {

using Address = std::array<std::uint8_t, 16>;

// An IPv4 address becomes ::ffff:a.b.c.d. `is_v4` tells which it was.
std::optional<Address> read_address(std::string_view text, bool& is_v4) {
  const std::string zero_ended(text);
  if (zero_ended.size() != std::strlen(zero_ended.c_str())) return std::nullopt;
  Address address{};
  is_v4 = inet_pton(AF_INET, zero_ended.c_str(), address.data() + 12) == 1;
  if (is_v4) {
    address[10] = address[11] = 0xff;
    return address;
  }
  if (inet_pton(AF_INET6, zero_ended.c_str(), address.data()) == 1) return address;
  return std::nullopt;
}

bool is_host_character(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '-' ||
         character == '.';
}

// "host", "host:port", "[v6]", "[v6]:port"; no port is nullopt, a bad one fails.
struct Authority {
  std::string_view host;
  bool bracketed = false;
  std::optional<std::uint16_t> port;
};

std::optional<Authority> read_authority(std::string_view text) {
  Authority authority;
  std::string_view rest;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    authority = {text.substr(1, end - 1), true, std::nullopt};
    rest = text.substr(end + 1);
  } else {
    const auto colon = std::min(text.find(':'), text.size());
    authority.host = text.substr(0, colon);
    rest = text.substr(colon);
  }
  if (authority.host.empty()) return std::nullopt;
  if (rest.empty()) return authority;
  if (!rest.starts_with(':')) return std::nullopt;
  const auto port = read_number(rest.substr(1), 0, 65'535);
  if (!port) return std::nullopt;
  authority.port = static_cast<std::uint16_t>(*port);
  return authority;
}

}  // namespace

Value<std::int64_t> read_number(std::string_view text, std::int64_t least, std::int64_t most) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < least || number > most) {
    return std::unexpected("a whole number from " + std::to_string(least) + " to " +
                           std::to_string(most));
  }
  return number;
}

Value<Endpoint> read_endpoint(std::string_view text) {
  const auto authority = read_authority(text);
  bool is_v4 = false;
  if (!authority || !authority->port || !read_address(authority->host, is_v4) ||
      is_v4 == authority->bracketed) {
    return std::unexpected(
        "ADDRESS:PORT, as in 127.0.0.1:8080, 0.0.0.0:80 or [::1]:8080; port 0 lets the system "
        "choose");
  }
  return Endpoint{std::string(authority->host), *authority->port};
}

Value<std::string> read_public_url(std::string_view text) {
  const auto refused = std::unexpected<std::string>(
      "http:// or https:// and a host, perhaps a port, and nothing behind, as in "
      "https://meeting.example.org");
  if (text.ends_with('/')) text.remove_suffix(1);
  std::string_view rest = text;
  if (rest.starts_with("https://")) {
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
  } else {
    return refused;
  }
  const auto authority = read_authority(rest);
  if (!authority || authority->port == std::uint16_t{0}) return refused;
  bool is_v4 = false;
  const bool is_host = authority->bracketed
                           ? read_address(authority->host, is_v4).has_value() && !is_v4
                           : std::ranges::all_of(authority->host, is_host_character);
  if (!is_host) return refused;
  // Lower case, so that it compares equal to a browser's Origin.
  std::string url(text);
  std::ranges::transform(url, url.begin(), [](unsigned char character) {
    return static_cast<char>(std::tolower(character));
  });
  return url;
}

Value<Network> read_network(std::string_view text) {
  const auto refused = std::unexpected<std::string>(
      "an address or a range of addresses, as in 10.0.0.0/8, 192.168.1.7 or fd00::/8");
  const auto slash = std::min(text.find('/'), text.size());
  bool is_v4 = false;
  const auto address = read_address(text.substr(0, slash), is_v4);
  if (!address) return refused;
  Network network{*address, 128};
  if (slash < text.size()) {
    const int most = is_v4 ? 32 : 128;
    const auto bits = read_number(text.substr(slash + 1), 0, most);
    if (!bits) return refused;
    network.prefix_bits = static_cast<int>(*bits) + (128 - most);
  }
  return network;
}

bool Network::contains(std::string_view address_text) const {
  bool is_v4 = false;
  const auto other = read_address(address_text, is_v4);
  if (!other) return false;
  const auto whole_bytes = static_cast<std::size_t>(prefix_bits / 8);
  if (!std::equal(address.begin(), address.begin() + whole_bytes, other->begin())) return false;
  const int rest_bits = prefix_bits % 8;
  if (rest_bits == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xff << (8 - rest_bits));
  return ((address[whole_bytes] ^ (*other)[whole_bytes]) & mask) == 0;
}

bool is_loopback_url(std::string_view url) {
  const auto scheme_end = url.find("://");
  const auto authority =
      read_authority(scheme_end == std::string_view::npos ? url : url.substr(scheme_end + 3));
  if (!authority) return false;
  if (authority->host == "localhost" || authority->host.ends_with(".localhost")) return true;
  static const Network v4 = *read_network("127.0.0.0/8");
  static const Network v6 = *read_network("::1");
  return v4.contains(authority->host) || v6.contains(authority->host);
}

}  // namespace plenary::config
