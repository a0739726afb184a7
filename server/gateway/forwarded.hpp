// Whose address a request comes from, where proxies stand in front. Pure.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace plenary::gateway {

// Of the addresses that proxies wrote down, the last one that is no proxy of ours: those before it
// anybody can write (RFC 7239, 8.1). `forwarded`: the X-Forwarded-For lines, joined by commas in
// their order; looked at only if the peer itself is trusted. What is no address ends the search.
std::string client_address(std::string_view peer, std::string_view forwarded,
                           const std::function<bool(std::string_view)>& is_trusted_proxy);

// Loopback, or a network that nobody routes (RFC 1918, RFC 4193): likely a proxy of one's own.
bool is_private_address(std::string_view address);

}  // namespace plenary::gateway
