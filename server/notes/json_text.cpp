#include "notes/json_text.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>

#include "notes/bytes.hpp"
#include "notes/utf8.hpp"

namespace plenary::notes {

namespace {

constexpr std::string_view kHex = "0123456789abcdef";

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes)
    value = value << 8 | static_cast<std::uint8_t>(byte);
  return value;
}

void append_base64(std::string& out, std::string_view bytes) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  out += '"';
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::string_view three = bytes.substr(at, 3);
    const std::uint64_t bits = big_endian(three) << 8 * (3 - three.size());
    for (unsigned letter = 0; letter < 4; ++letter) {
      const bool used = letter <= three.size();
      out += used ? letters[bits >> (18 - 6 * letter) & 63] : '=';
    }
  }
  out += '"';
}

void append_integer(std::string& out, std::int64_t value) {
  out += std::to_string(value);
}

// One value that is neither array nor object.
void append_scalar(std::string& out, std::uint8_t tag, Reader& in) {
  switch (tag) {
    case 125:
      return append_integer(out, in.signed_number());
    case 124: {
      const auto bits = static_cast<std::uint32_t>(big_endian(in.take(4)));
      return append_js_number(out, static_cast<double>(std::bit_cast<float>(bits)));
    }
    case 123:
      return append_js_number(out, std::bit_cast<double>(big_endian(in.take(8))));
    case 122:
      return append_integer(out, static_cast<std::int64_t>(big_endian(in.take(8))));
    case 121:
      out += "false";
      return;
    case 120:
      out += "true";
      return;
    case 119:
      return append_json_string(out, in.blob());
    case 116:
      return append_base64(out, in.blob());
    default:
      out += "null";
  }
}

std::uint32_t hex_value(std::string_view digits) {
  std::uint32_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value;
}

// Reads the escape after a backslash at `at`; moves `at` behind it.
std::uint32_t escaped(std::string_view json, std::size_t& at) {
  const char letter = json[at++];
  constexpr std::string_view from = "bfnrt";
  constexpr std::string_view to = "\b\f\n\r\t";
  if (letter != 'u') {
    const std::size_t found = from.find(letter);
    return static_cast<std::uint8_t>(found == from.npos ? letter : to[found]);
  }
  const std::uint32_t unit = hex_value(json.substr(at, 4));
  at += 4;
  if (unit < 0xD800 || unit > 0xDBFF || json.substr(at, 2) != "\\u") return unit;
  const std::uint32_t second = hex_value(json.substr(at + 2, 4));
  if (second < 0xDC00 || second > 0xDFFF) return unit;
  at += 6;
  return 0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00);
}

constexpr std::string_view kSpace = " \t\n\r";

std::size_t skip_space(std::string_view json, std::size_t at) {
  return std::min(json.find_first_not_of(kSpace, at), json.size());
}

// Behind the string literal that begins at `at`.
std::size_t end_of_string(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at) {
    if (json[at] == '\\') ++at;
  }
  return std::min(at + 1, json.size());
}

// Behind the value that begins at `at` (checked JSON).
std::size_t end_of_value(std::string_view json, std::size_t at) {
  std::size_t depth = 0;
  while (at < json.size()) {
    const char letter = json[at];
    if (letter == '"') {
      at = end_of_string(json, at);
    } else if (letter == '{' || letter == '[') {
      ++depth;
      ++at;
    } else if (letter == '}' || letter == ']') {
      if (depth == 0) return at;
      --depth;
      ++at;
    } else if (depth == 0 && letter != ',' && letter != ':') {
      at = std::min(json.find_first_of(",:]} \t\n\r", at), json.size());
    } else {
      ++at;
      continue;
    }
    if (depth == 0) return at;
  }
  return at;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char letter : text) {
    const auto code = static_cast<std::uint8_t>(letter);
    constexpr std::string_view from = "\"\\\b\f\n\r\t";
    constexpr std::string_view to = "\"\\bfnrt";
    const std::size_t found = from.find(letter);
    if (found != from.npos) {
      out += '\\';
      out += to[found];
    } else if (code < 0x20) {
      out += "\\u00";
      out += kHex[code >> 4];
      out += kHex[code & 15];
    } else {
      out += letter;
    }
  }
  out += '"';
}

void append_js_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  if (value == 0) {
    out += '0';
    return;
  }
  std::array<char, 40> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::fabs(value),
                                 std::chars_format::scientific)
                       .ptr;
  const std::string_view shortest(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t mark = shortest.find('e');
  std::string digits(1, shortest[0]);
  if (mark > 2) digits += shortest.substr(2, mark - 2);
  int exponent = 0;
  const std::size_t first = mark + (shortest[mark + 1] == '+' ? 2 : 1);
  std::from_chars(shortest.data() + first, end, exponent);
  const int count = static_cast<int>(digits.size());
  const int point = exponent + 1;  // how many digits stand before the point
  if (value < 0) out += '-';
  if (point > 21 || point < -5) {
    out += digits[0];
    if (count > 1) out += '.' + digits.substr(1);
    out += exponent < 0 ? "e-" : "e+";
    append_integer(out, std::abs(exponent));
  } else if (point <= 0) {
    out += "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  } else if (count <= point) {
    out += digits + std::string(static_cast<std::size_t>(point - count), '0');
  } else {
    const auto before = static_cast<std::size_t>(point);
    out += digits.substr(0, before) + '.' + digits.substr(before);
  }
}

void append_any_as_json(std::string& out, std::string_view any) {
  struct Open {
    std::size_t left;
    bool object;
  };
  Reader in(any);
  std::vector<Open> open;
  while (!in.failed()) {
    const std::uint8_t tag = in.byte();
    if (tag == 117 || tag == 118) {
      out += tag == 118 ? '{' : '[';
      open.push_back({in.count(1), tag == 118});
    } else {
      append_scalar(out, tag, in);
      if (!open.empty() && open.back().left > 0) out += ',';
    }
    while (!open.empty() && open.back().left == 0) {
      out += open.back().object ? '}' : ']';
      open.pop_back();
      if (!open.empty() && open.back().left > 0) out += ',';
    }
    if (open.empty()) return;
    --open.back().left;
    if (open.back().object) {
      append_json_string(out, in.blob());
      out += ':';
    }
  }
}

std::optional<std::string> json_string(std::string_view json) {
  std::size_t at = skip_space(json, 0);
  if (at == json.size() || json[at] != '"') return std::nullopt;
  std::string out;
  for (++at; at < json.size() && json[at] != '"';) {
    if (json[at] != '\\') {
      out += json[at++];
    } else if (++at < json.size()) {
      append_utf8(out, escaped(json, at));
    }
  }
  return out;
}

std::vector<std::pair<std::string, std::string_view>> json_members(std::string_view json) {
  std::vector<std::pair<std::string, std::string_view>> members;
  std::size_t at = skip_space(json, 0);
  if (at == json.size() || json[at] != '{') return members;
  at = skip_space(json, at + 1);
  while (at < json.size() && json[at] == '"') {
    const std::size_t key_end = end_of_string(json, at);
    std::string key = *json_string(json.substr(at, key_end - at));
    const std::size_t value = skip_space(json, skip_space(json, key_end) + 1);
    const std::size_t end = end_of_value(json, value);
    members.emplace_back(std::move(key), json.substr(value, end - value));
    at = skip_space(json, end);
    if (at >= json.size() || json[at] != ',') break;
    at = skip_space(json, at + 1);
  }
  return members;
}

}  // namespace plenary::notes
