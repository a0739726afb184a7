// The pages: read once at start into memory, with the .br and .gz that the client's build has made.
// What was not read then cannot be asked for, so no path leads out of the folder. Immutable; any
// thread.
#pragma once

#include <expected>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/http_message.hpp"

namespace plenary::gateway {

class StaticFiles {
 public:
  using Digest = std::array<std::uint8_t, 32>;
  using Sha256 = Digest (*)(std::string_view);

  StaticFiles() = default;  // no pages
  // Or a sentence: no such folder, too much in it, no index.html. Links that lead out of it are
  // passed over.
  static std::expected<StaticFiles, std::string> load(const std::filesystem::path& folder,
                                                      Sha256 sha256);

  // For GET and HEAD; 404, 405 and 304 included. Page routes (product.md, "Pages") get index.html;
  // so does, with its 404, whoever asks for a page where none is.
  Response respond(const Request& request) const;
  bool empty() const { return files_.empty(); }
  // What a content security policy says so that index.html's own scripts run:
  // " 'sha256-…' 'sha256-…'".
  std::string_view own_scripts() const { return own_scripts_; }

 private:
  struct Variant {
    std::shared_ptr<const std::string> bytes;
    std::string etag;
  };
  struct File {
    std::string type;
    bool immutable = false;
    Variant plain;
    Variant gzip;  // bytes == nullptr: none
    Variant brotli;
  };

  const File* find(std::string_view path) const;

  std::map<std::string, File, std::less<>> files_;  // by path: "/assets/app-1a2b3c4d.js"
  std::string own_scripts_;
};

// Whether `header` (Accept-Encoding) takes the coding at all; its q value if so, else 0 (RFC 9110,
// 12.5.3).
double accepted_quality(std::string_view header, std::string_view coding);
// Whether `header` (If-None-Match) names the tag, or is "*" (RFC 9110, 13.1.2; weak comparison).
bool none_match_names(std::string_view header, std::string_view etag);
// "/j/12345678", "/s/abc/moderate", …
bool is_page_route(std::string_view path);
// What stands between <script …> and </script>, wherever that is not empty; `page` is a file of our
// build, not just any HTML.
std::vector<std::string_view> scripts_in(std::string_view page);
// A hash of at least eight characters stands before the extension: the name changes with what is in
// it.
bool is_hashed_name(std::string_view path);

}  // namespace plenary::gateway
