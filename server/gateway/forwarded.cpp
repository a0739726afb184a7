#include "gateway/forwarded.hpp"

#include <boost/asio/ip/address.hpp>

#include "gateway/text.hpp"

namespace plenary::gateway {

std::string client_address(std::string_view peer, std::string_view forwarded,
                           const std::function<bool(std::string_view)>& is_trusted_proxy) {
  std::string address(peer);
  if (!is_trusted_proxy || !is_trusted_proxy(peer)) return address;
  while (!forwarded.empty()) {
    const std::size_t comma = forwarded.rfind(',');
    const bool one = comma == std::string_view::npos;
    const std::string last(trim(one ? forwarded : forwarded.substr(comma + 1)));
    forwarded = one ? std::string_view() : forwarded.substr(0, comma);
    boost::system::error_code error;
    boost::asio::ip::make_address(last, error);
    if (error) break;
    address = last;
    if (!is_trusted_proxy(last)) break;
  }
  return address;
}

bool is_private_address(std::string_view address) {
  namespace ip = boost::asio::ip;
  boost::system::error_code error;
  ip::address parsed = ip::make_address(std::string(address), error);
  if (error) return false;
  if (parsed.is_v6() && parsed.to_v6().is_v4_mapped()) {
    parsed = ip::make_address_v4(ip::v4_mapped, parsed.to_v6());
  }
  if (parsed.is_loopback()) return true;
  if (parsed.is_v6()) return (parsed.to_v6().to_bytes()[0] & 0xFE) == 0xFC;
  const auto bytes = parsed.to_v4().to_bytes();
  return bytes[0] == 10 || (bytes[0] == 172 && (bytes[1] & 0xF0) == 16) ||
         (bytes[0] == 192 && bytes[1] == 168);
}

}  // namespace plenary::gateway
