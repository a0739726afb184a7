#include "gateway/http_guard.hpp"

#include <algorithm>
#include <cctype>

#include "gateway/text.hpp"

namespace plenary::gateway {

namespace {

bool is_token_char(unsigned char c) {
  if (std::isalnum(c) != 0) return true;
  return std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return is_token_char(c); });
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return std::tolower(static_cast<unsigned char>(x)) ==
                  std::tolower(static_cast<unsigned char>(y));
         });
}

struct Seen {
  int hosts = 0;
  int lengths = 0;
  int codings = 0;
  bool upgrade = false;
};

std::optional<std::string_view> request_line_fault(std::string_view line, bool& old_version) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return "request line";
  if (!is_token(line.substr(0, first))) return "method";
  const std::string_view target = line.substr(first + 1, last - first - 1);
  if (target.empty() || target.front() != '/') return "target";
  const bool plain = std::all_of(target.begin(), target.end(), [](unsigned char c) {
    return c > 0x20 && c < 0x7f && c != '#' && c != '"' && c != '<' && c != '>' && c != '\\';
  });
  if (!plain) return "target";
  const std::string_view version = line.substr(last + 1);
  old_version = version == "HTTP/1.0";
  if (version != "HTTP/1.1" && !old_version) return "version";
  return std::nullopt;
}

std::optional<std::string_view> field_fault(std::string_view line, Seen& seen) {
  if (line.front() == ' ' || line.front() == '\t') return "folded line";
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return "field without colon";
  const std::string_view name = line.substr(0, colon);
  if (!is_token(name)) return "field name";
  const std::string_view value = trim(line.substr(colon + 1));
  const bool clean = std::all_of(value.begin(), value.end(), [](unsigned char c) {
    return c == '\t' || (c >= 0x20 && c != 0x7f);
  });
  if (!clean) return "control character";
  if (equals_ignoring_case(name, "host")) ++seen.hosts;
  if (equals_ignoring_case(name, "upgrade")) seen.upgrade = true;
  if (equals_ignoring_case(name, "content-length")) {
    ++seen.lengths;
    const bool number = !value.empty() && value.size() <= 18 &&
                        std::all_of(value.begin(), value.end(),
                                    [](unsigned char c) { return std::isdigit(c) != 0; });
    if (!number) return "content length";
  }
  if (equals_ignoring_case(name, "transfer-encoding")) {
    ++seen.codings;
    if (!equals_ignoring_case(value, "chunked")) return "transfer encoding";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> head_length(std::string_view bytes) {
  std::optional<std::size_t> end;
  for (const std::string_view mark : {"\r\n\r\n", "\n\n", "\n\r\n"}) {
    const std::size_t at = bytes.find(mark);
    if (at == std::string_view::npos) continue;
    end = std::min(end.value_or(bytes.size()), at + mark.size());
  }
  return end;
}

std::optional<std::string_view> head_fault(std::string_view head) {
  bool old_version = false;
  bool first = true;
  Seen seen;
  while (!head.empty()) {
    const std::size_t end = head.find('\n');
    if (end == std::string_view::npos || end == 0 || head[end - 1] != '\r') return "line ending";
    const std::string_view line = head.substr(0, end - 1);
    if (line.find('\r') != std::string_view::npos) return "line ending";
    if (line.find('\0') != std::string_view::npos) return "control character";
    head.remove_prefix(end + 1);
    if (line.empty()) {
      if (first || !head.empty()) return "empty line";
      break;
    }
    const auto fault = first ? request_line_fault(line, old_version) : field_fault(line, seen);
    if (fault) return fault;
    first = false;
  }
  if (seen.hosts > 1 || (seen.hosts == 0 && !old_version)) return "host";
  if (seen.lengths > 1) return "more than one content length";
  if (seen.codings > 1) return "more than one transfer encoding";
  if (seen.lengths > 0 && seen.codings > 0) return "both content length and transfer encoding";
  if (old_version && (seen.codings > 0 || seen.upgrade)) return "not of HTTP/1.0";
  return std::nullopt;
}

}  // namespace plenary::gateway
