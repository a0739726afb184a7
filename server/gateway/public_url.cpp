#include "gateway/public_url.hpp"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

namespace plenary::gateway {

namespace urls = boost::urls;

namespace {

// As browsers write an Origin: lower case, the scheme's own port left out.
std::string origin_of(const urls::url_view& url, std::string_view host) {
  const std::string_view scheme = url.scheme_id() == urls::scheme::https ? "https" : "http";
  std::string origin = std::string(scheme).append("://").append(host);
  const std::string_view port(url.port().data(), url.port().size());
  const bool own =
      port.empty() || (scheme == "https" && port == "443") || (scheme == "http" && port == "80");
  if (!own) origin.append(":").append(port);
  std::transform(origin.begin(), origin.end(), origin.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return origin;
}

}  // namespace

std::expected<PublicUrl, std::string> PublicUrl::parse(std::string_view text) {
  const auto parsed = urls::parse_uri(boost::core::string_view(text.data(), text.size()));
  if (!parsed) return std::unexpected("the public URL is not a URL");
  const urls::url_view& url = *parsed;
  if (url.scheme_id() != urls::scheme::https && url.scheme_id() != urls::scheme::http) {
    return std::unexpected("the public URL must begin with https:// or http://");
  }
  if (url.host().empty() || url.has_userinfo() || url.has_query() || url.has_fragment() ||
      (!url.encoded_path().empty() && url.encoded_path() != "/")) {
    return std::unexpected(
        "the public URL must be a host, and a port if need be, and nothing else");
  }
  PublicUrl result;
  result.https_ = url.scheme_id() == urls::scheme::https;
  const std::string host(url.encoded_host().data(), url.encoded_host().size());
  result.text_ = origin_of(url, host);
  result.origins_.push_back(result.text_);
  if (host == "127.0.0.1" || host == "localhost" || host == "[::1]") {
    for (const std::string_view name : {"127.0.0.1", "localhost", "[::1]"}) {
      result.origins_.push_back(origin_of(url, name));
    }
  }
  return result;
}

bool PublicUrl::is_origin(std::string_view origin) const {
  return std::find(origins_.begin(), origins_.end(), origin) != origins_.end();
}

std::string PublicUrl::websocket_origin() const {
  return (https_ ? "wss" : "ws") + text_.substr(https_ ? 5 : 4);
}

}  // namespace plenary::gateway
