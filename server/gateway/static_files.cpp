#include "gateway/static_files.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "gateway/limits.hpp"
#include "gateway/text.hpp"
#include "gateway/words.hpp"

namespace plenary::gateway {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kTypes{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".avif", "image/avif"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".xml", "application/xml"},
    {".wasm", "application/wasm"},
    {".map", "application/json"},
}};

std::string_view type_of(const fs::path& path) {
  const std::string extension = path.extension().string();
  for (const auto& [known, type] : kTypes) {
    if (extension == known) return type;
  }
  return "application/octet-stream";
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    parts.push_back(trim(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

bool read_whole(const fs::path& path, std::string& bytes) {
  std::ifstream input(path, std::ios::binary);
  bytes.assign(std::istreambuf_iterator<char>(input), {});
  return !input.bad() && input.is_open();
}

bool is_inside(const fs::path& path, const fs::path& folder) {
  const auto [end, ignored] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return end == folder.end();
}

}  // namespace

std::expected<StaticFiles, std::string> StaticFiles::load(const fs::path& folder, Sha256 sha256) {
  std::error_code error;
  const fs::path root = fs::canonical(folder, error);
  if (error) return std::unexpected("the folder of pages cannot be read: " + error.message());
  StaticFiles result;
  std::size_t total = 0;
  std::size_t count = 0;
  for (fs::recursive_directory_iterator entry(root, error), end; !error && entry != end;
       entry.increment(error)) {
    const fs::path real = fs::canonical(entry->path(), error);
    if (error || !is_inside(real, root) || !fs::is_regular_file(real, error)) {
      error.clear();
      continue;
    }
    auto bytes = std::make_shared<std::string>();
    if (!read_whole(real, *bytes)) {
      return std::unexpected("cannot be read: " + entry->path().filename().string());
    }
    total += bytes->size();
    if (++count > kMaxStaticFiles || total > kMaxStaticBytes) {
      return std::unexpected("the folder of pages holds more than a site's files");
    }
    fs::path name = entry->path().lexically_relative(root);
    const std::string extension = name.extension().string();
    const bool coded = extension == ".br" || extension == ".gz";
    if (coded) name.replace_extension();
    File& file = result.files_["/" + name.generic_string()];
    file.type = type_of(name);
    file.immutable = is_hashed_name("/" + name.generic_string());
    Variant variant{bytes, "\"" + hex(sha256(*bytes)).substr(0, 24) + "\""};
    (extension == ".br"   ? file.brotli
     : extension == ".gz" ? file.gzip
                          : file.plain) = std::move(variant);
  }
  if (error) return std::unexpected("the folder of pages cannot be read: " + error.message());
  std::erase_if(result.files_, [](const auto& item) { return item.second.plain.bytes == nullptr; });
  const auto index = result.files_.find("/index.html");
  if (index == result.files_.end()) {
    return std::unexpected("the folder of pages has no index.html");
  }
  for (const std::string_view script : scripts_in(*index->second.plain.bytes)) {
    result.own_scripts_ += " 'sha256-" + base64(sha256(script)) + "'";
  }
  return result;
}

double accepted_quality(std::string_view header, std::string_view coding) {
  double named = -1;
  double any = 0;
  for (const std::string_view item : split(header, ',')) {
    const std::vector<std::string_view> parts = split(item, ';');
    if (parts.empty()) continue;
    double quality = 1;
    for (std::size_t i = 1; i < parts.size(); ++i) {
      if (lower_case(parts[i].substr(0, 2)) != "q=") continue;
      const std::string_view number = parts[i].substr(2);
      const auto read = std::from_chars(number.data(), number.data() + number.size(), quality);
      if (read.ec != std::errc() || !(quality >= 0 && quality <= 1)) quality = 0;
    }
    if (lower_case(parts[0]) == coding) named = quality;
    if (parts[0] == "*") any = quality;
  }
  return named >= 0 ? named : any;
}

bool none_match_names(std::string_view header, std::string_view etag) {
  for (std::string_view tag : split(header, ',')) {
    if (tag == "*") return true;
    if (tag.substr(0, 2) == "W/") tag.remove_prefix(2);
    if (tag == etag) return true;
  }
  return false;
}

bool is_page_route(std::string_view path) {
  if (path == "/") return true;
  const std::vector<std::string_view> parts = split(path.substr(1), '/');
  if (path.back() == '/' || std::count(parts.begin(), parts.end(), "") > 0) return false;
  if (parts.size() == 2 && (parts[0] == "j" || parts[0] == "s")) return true;
  constexpr std::array<std::string_view, 7> kPages{"agenda",   "display", "invitations", "minutes",
                                                   "moderate", "print",   "record"};
  return parts.size() == 3 && parts[0] == "s" &&
         std::find(kPages.begin(), kPages.end(), parts[2]) != kPages.end();
}

bool is_hashed_name(std::string_view path) {
  if (path.substr(0, 8) != "/assets/") return false;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot =
      name.find('.', name.rfind('-') == std::string_view::npos ? 0 : name.rfind('-'));
  const std::size_t dash = name.find('-');
  if (dot == std::string_view::npos || dash == std::string_view::npos || dot < 9) return false;
  // Vite writes eight characters of base64url, in which a dash may stand.
  return name[dot - 9] == '-' &&
         std::all_of(name.begin() + static_cast<std::ptrdiff_t>(dot - 8),
                     name.begin() + static_cast<std::ptrdiff_t>(dot),
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; });
}

std::vector<std::string_view> scripts_in(std::string_view page) {
  constexpr std::string_view kOpen = "<script";
  constexpr std::string_view kClose = "</script>";
  std::vector<std::string_view> scripts;
  for (std::size_t at = page.find(kOpen); at != page.npos; at = page.find(kOpen, at)) {
    at = page.find('>', at);
    const std::size_t end = page.find(kClose, at);
    if (end == page.npos) break;
    const std::string_view body = page.substr(at + 1, end - at - 1);
    if (!body.empty()) scripts.push_back(body);
    at = end + kClose.size();
  }
  return scripts;
}

const StaticFiles::File* StaticFiles::find(std::string_view path) const {
  if (is_page_route(path)) path = "/index.html";
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

Response StaticFiles::respond(const Request& request) const {
  const File* file = find(request.path);
  // Who mistyped an address reads in words, and in a page, that nothing is there.
  const bool lost = file == nullptr;
  if (lost && request.field("accept").find("text/html") != std::string_view::npos) file = find("/");
  if (file == nullptr) return problem(404, "not_found");
  if (request.method != "GET" && request.method != "HEAD") {
    Response refused = problem(405, "method_not_allowed");
    refused.fields.emplace_back("Allow", "GET, HEAD");
    return refused;
  }
  const std::string_view codings = request.field("accept-encoding");
  const double brotli = file->brotli.bytes ? accepted_quality(codings, "br") : 0;
  const double gzip = file->gzip.bytes ? accepted_quality(codings, "gzip") : 0;
  const bool take_brotli = brotli > 0 && brotli >= gzip;
  const bool take_gzip = !take_brotli && gzip > 0;
  const Variant& chosen = take_brotli ? file->brotli : take_gzip ? file->gzip : file->plain;

  Response response;
  if (lost) response.status = 404;
  response.is_part = file->immutable;
  // What never changes under its name is never asked for again, and needs no tag.
  if (!file->immutable) response.fields.emplace_back("ETag", chosen.etag);
  response.fields.emplace_back(
      "Cache-Control", file->immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (file->brotli.bytes || file->gzip.bytes)
    response.fields.emplace_back("Vary", "Accept-Encoding");
  if (!lost && none_match_names(request.field("if-none-match"), chosen.etag)) {
    response.status = 304;
    response.has_body = false;
    return response;
  }
  response.type = file->type;
  response.shared_body = chosen.bytes;
  if (take_brotli) response.fields.emplace_back("Content-Encoding", "br");
  if (take_gzip) response.fields.emplace_back("Content-Encoding", "gzip");
  return response;
}

}  // namespace plenary::gateway
