#include "notes/code_points.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "notes/utf8.hpp"

namespace plenary::notes {

namespace {

using Range = std::pair<std::uint32_t, std::uint32_t>;

// Only stretches without punctuation or symbols in between, and never the unassigned end of a
// block: enough for most of what is written, and what is missing is only marked up with more care.
constexpr auto kLetters = std::to_array<Range>({
    {'0', '9'},       {'A', 'Z'},         {'a', 'z'},       {0x00C0, 0x00D6}, {0x00D8, 0x00F6},
    {0x00F8, 0x02C1}, {0x0388, 0x038A},   {0x038E, 0x03A1}, {0x03A3, 0x03F5}, {0x03F7, 0x0481},
    {0x048A, 0x052F}, {0x0531, 0x0556},   {0x0561, 0x0587}, {0x05D0, 0x05EA}, {0x0620, 0x064A},
    {0x0671, 0x06D3}, {0x0905, 0x0939},   {0x0985, 0x098C}, {0x0E01, 0x0E30}, {0x10D0, 0x10FA},
    {0x1E00, 0x1F15}, {0x3041, 0x3096},   {0x30A1, 0x30FA}, {0x3105, 0x312F}, {0x3400, 0x4DB5},
    {0x4E00, 0x9FA5}, {0xAC00, 0xD7A3},   {0xFF10, 0xFF19}, {0xFF21, 0xFF3A}, {0xFF41, 0xFF5A},
    {0xFF66, 0xFF9D}, {0x20000, 0x2A6D6},
});

bool is_noncharacter(std::uint32_t code) {
  return (code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFE) == 0xFFFE;
}

}  // namespace

std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&text](std::size_t place) {
    return std::uint32_t{static_cast<std::uint8_t>(place < text.size() ? text[place] : '\0')};
  };
  const std::uint32_t first = byte(at);
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  std::uint32_t code = length == 1 ? first : first & (0x7FU >> length);
  for (std::size_t more = 1; more < length; ++more)
    code = code << 6 | (byte(at + more) & 0x3F);
  at = std::min(at + length, text.size());
  return code;
}

std::size_t last_code_point(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0 && (static_cast<std::uint8_t>(text[--at]) & 0xC0) == 0x80)
    continue;
  return at;
}

bool is_control(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029;
}

bool is_blank(std::uint32_t code) {
  return code == ' ' || code == '\t' || code == '\n' || code == 0xA0 || code == 0x1680 ||
         code == 0x180E || (code >= 0x2000 && code <= 0x200A) || code == 0x202F || code == 0x205F ||
         code == 0x3000 || code == 0xFEFF;
}

bool is_letter(std::uint32_t code) {
  const auto behind = std::ranges::upper_bound(kLetters, code, {}, &Range::first);
  return behind != kLetters.begin() && code <= std::prev(behind)->second;
}

std::string cleaned(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const std::uint32_t code = next_code_point(text, at);
    if (code == '\r') {
      if (!text.substr(at).starts_with('\n')) out += '\n';
    } else if (is_noncharacter(code)) {
      out += kReplacement;
    } else if (is_control(code) && code != '\n' && code != '\t') {
      out += ' ';
    } else {
      out += text.substr(begin, at - begin);
    }
  }
  return out;
}

}  // namespace plenary::notes
