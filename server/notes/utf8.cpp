#include "notes/utf8.hpp"

#include <cstring>

namespace plenary::notes {

namespace {

constexpr std::uint64_t kHighBits = 0x8080'8080'8080'8080;

std::uint8_t byte_at(const char* text, std::size_t at) {
  return static_cast<std::uint8_t>(text[at]);
}

bool all_ascii(const char* text) {
  std::uint64_t word;
  std::memcpy(&word, text, sizeof word);
  return (word & kHighBits) == 0;
}

// Bytes of the sequence at `at`, or 0 if it is not well formed (Unicode's table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const std::uint8_t lead = byte_at(text.data(), at);
  std::size_t length = 0;
  std::uint8_t low = 0x80;
  std::uint8_t high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  }
  if (length == 0 || text.size() - at < length) return 0;
  const std::uint8_t second = byte_at(text.data(), at + 1);
  if (second < low || second > high) return 0;
  for (std::size_t more = 2; more < length; ++more) {
    if ((byte_at(text.data(), at + more) & 0xC0) != 0x80) return 0;
  }
  return length;
}

}  // namespace

std::size_t utf16_length(std::string_view text) {
  std::size_t units = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text.size() - at >= 8 && all_ascii(text.data() + at)) {
      at += 8;
      units += 8;
      continue;
    }
    if (byte_at(text.data(), at) < 0x80) {
      ++at;
      ++units;
      continue;
    }
    const std::size_t length = sequence_length(text, at);
    if (length == 0) return kNotUtf8;
    at += length;
    units += length == 4 ? 2 : 1;
  }
  return units;
}

UnitPlace place_of_unit(const char* text, std::size_t units) {
  std::size_t at = 0;
  while (units > 0) {
    const std::uint8_t lead = byte_at(text, at);
    if (lead < 0xF0) {
      at += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : 3;
      --units;
      continue;
    }
    if (units == 1) return {at, true};
    at += 4;
    units -= 2;
  }
  return {at, false};
}

}  // namespace plenary::notes
