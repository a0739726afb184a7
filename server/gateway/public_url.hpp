// The address under which people reach this server: what links and QR codes use (C5), and the one
// Origin that pages may come from. Immutable; any thread.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace plenary::gateway {

class PublicUrl {
 public:
  // "https://host[:port][/]", with nothing behind it; else a sentence that says what is wrong.
  static std::expected<PublicUrl, std::string> parse(std::string_view url);

  const std::string& text() const { return text_; }  // without a slash at the end
  bool https() const { return https_; }
  // Whether a browser's Origin header names it. On a loopback address every loopback name does.
  bool is_origin(std::string_view origin) const;
  // For connect-src: the WebSocket's origin.
  std::string websocket_origin() const;

 private:
  std::string text_;
  std::vector<std::string> origins_;
  bool https_ = false;
};

}  // namespace plenary::gateway
