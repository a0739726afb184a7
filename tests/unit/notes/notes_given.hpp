// Updates by hand, for tests of the document: numbers, strings and raw bytes one after the other.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "notes/bytes.hpp"
#include "notes/document.hpp"

namespace plenary::notes::testing {

struct Raw {
  std::uint8_t byte;
};
using Part = std::variant<int, std::string_view, Raw>;

inline std::string bytes(std::initializer_list<Part> parts) {
  std::string out;
  Writer writer(out);
  for (const Part& part : parts) {
    if (const int* number = std::get_if<int>(&part)) {
      writer.number(static_cast<std::uint64_t>(*number));
    } else if (const auto* text = std::get_if<std::string_view>(&part)) {
      writer.blob(*text);
    } else {
      writer.byte(std::get<Raw>(part).byte);
    }
  }
  return out;
}

// Text of a client at the beginning of the root "text", its first content.
inline std::string first_text(int client, std::string_view text) {
  return bytes({1, 1, client, 0, Raw{0x04}, 1, "text", text, 0});
}
// Text behind a unit.
inline std::string text_after(int client, int clock, int origin_client, int origin_clock,
                              std::string_view text) {
  return bytes({1, 1, client, clock, Raw{0x84}, origin_client, origin_clock, text, 0});
}
inline std::string deletion(int client, int clock, int length) {
  return bytes({0, 1, client, 1, clock, length});
}

}  // namespace plenary::notes::testing
