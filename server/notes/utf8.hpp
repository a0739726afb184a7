// UTF-8 as the document needs it: Yjs counts UTF-16 units, the wire and this library hold UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace plenary::notes {

inline constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
inline constexpr std::size_t kNotUtf8 = static_cast<std::size_t>(-1);

// UTF-16 units of a text, or kNotUtf8 (surrogates, overlong forms and U+110000 up are none).
// Units equal bytes only if all is ASCII.
std::size_t utf16_length(std::string_view text);

// Where a unit begins in a valid text. A unit inside a surrogate pair is `inside`, and `bytes` is
// the beginning of that pair's four bytes.
struct UnitPlace {
  std::size_t bytes;
  bool inside;
};
// `text` may be longer than needed; at least `units` units must be there.
UnitPlace place_of_unit(const char* text, std::size_t units);

// Appends one code point; a surrogate becomes U+FFFD.
template <typename Text>
void append_utf8(Text& out, std::uint32_t code_point) {
  const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code_point >= 0xD800 && code_point < 0xE000) code_point = 0xFFFD;
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | code_point >> 6);
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | code_point >> 12);
    put(0x80 | (code_point >> 6 & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | code_point >> 18);
    put(0x80 | (code_point >> 12 & 0x3F));
    put(0x80 | (code_point >> 6 & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
}

}  // namespace plenary::notes
