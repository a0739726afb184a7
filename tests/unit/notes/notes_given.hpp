// Updates by hand, for tests of the document: numbers, strings and raw bytes one after the other.
#pragma once

#include <gtest/gtest.h>

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

inline RefusalCode refusal(Document& document, std::string_view update,
                           const Policy& policy = kFromBrowser) {
  const auto outcome = document.apply(update, policy);
  EXPECT_FALSE(outcome);
  return outcome ? RefusalCode::kTruncated : outcome.error().code;
}

inline void take(Document& document, std::string_view update, const Policy& policy = kFromBrowser) {
  const auto outcome = document.apply(update, policy);
  ASSERT_TRUE(outcome) << word_of(outcome.error().code);
}

// All of a document in a fresh one: knows, shows and keeps waiting the same.
inline void expect_comes_back(const Document& document, const DocumentOptions& options = {}) {
  Document copy(options);
  take(copy, document.encode(), kFromStore);
  EXPECT_EQ(copy.state_vector(), document.state_vector());
  EXPECT_EQ(copy.snapshot(), document.snapshot());
  EXPECT_EQ(copy.content_hash(), document.content_hash());
  EXPECT_EQ(copy.encode(), document.encode());
}

inline std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t count = 0; count < times; ++count)
    all += text;
  return all;
}

// Every second unit of client 7, `ranges` times.
inline std::string every_second(int ranges) {
  std::string update;
  Writer out(update);
  out.number(0);
  out.number(1);
  out.number(7);
  out.number(static_cast<std::uint64_t>(ranges));
  for (int range = 0; range < ranges; ++range) {
    out.number(2 * static_cast<std::uint64_t>(range) + 1);
    out.number(1);
  }
  return update;
}

// A row of values in the root "text", the first content of client 7.
inline std::string row_of(std::size_t values, char value) {
  std::string update;
  Writer out(update);
  for (const std::uint64_t number : {1, 1, 7, 0})
    out.number(number);
  out.byte(0x08);
  out.number(1);
  out.blob("text");
  out.number(values);
  out.raw(std::string(values, value));
  out.number(0);
  return update;
}

}  // namespace plenary::notes::testing
