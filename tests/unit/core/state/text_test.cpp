// A5 and bad input: what people type, before it is kept.
#include "core/text.hpp"

#include <gtest/gtest.h>

namespace plenary::core {
namespace {

std::string clean(std::string_view raw, TextRule rule = {.max_length = 10}) {
  const auto text = check_text(raw, rule, "name");
  return text ? *text : "refused: " + text.error().accepted();
}

bool refused(std::string_view raw, TextRule rule = {.max_length = 10}) {
  const auto text = check_text(raw, rule, "name");
  return !text && text.error().code() == v1::REFUSAL_CODE_BAD_FIELD &&
         text.error().field() == "name";
}

TEST(Text, A5_BidiControlsAreStrippedAndJoinersKept) {
  EXPECT_EQ(clean("a\u202Eb\u2066c\u2069\u200E\u200F\u061Cd"), "abcd");
  EXPECT_EQ(clean("\u202Aa\u202B\u202C\u202D"), "a");
  EXPECT_EQ(clean("\u0645\u06CC\u200C\u062E"), "\u0645\u06CC\u200C\u062E");  // Persian needs it
  EXPECT_EQ(clean("\u0915\u094D\u200D\u0937"), "\u0915\u094D\u200D\u0937");  // as does Hindi
  EXPECT_EQ(clean("\uFEFFa"), "a");
}

TEST(Text, A5_WhatCannotBeSeenIsNoName) {
  for (const auto* raw : {"", " ", "\u00A0", "\u200D", "\u200B\u2060", "\u202E", "\u3164", "\uFE0F",
                          "\u3000 \u2009"}) {
    EXPECT_TRUE(refused(raw)) << raw;
    EXPECT_EQ(clean(raw, {.max_length = 10, .may_be_empty = true}), "");
  }
}

TEST(Text, ControlCharactersAreRefused) {
  for (const std::string_view raw :
       {std::string_view("a\0b", 3), std::string_view("a\nb"), std::string_view("a\x7F"),
        std::string_view("a\u0085"), std::string_view("a\u2028"), std::string_view("\x1B[31m")}) {
    EXPECT_TRUE(refused(raw));
  }
  const TextRule lines{.max_length = 10, .many_lines = true};
  EXPECT_EQ(clean("a\r\n\tb\n", lines), "a\n\tb");
  EXPECT_TRUE(refused("a\x1B", lines));
}

TEST(Text, LengthIsCountedInCodePointsAndNothingIsCut) {
  EXPECT_EQ(clean("  0123456789  "), "0123456789");
  EXPECT_EQ(clean("\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600").size(), 24U);
  const auto text = check_text("01234567890", {.max_length = 10}, "name");
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().limit(), 10);
  EXPECT_TRUE(refused(std::string(10'000, 'x')));
}

TEST(Text, OnlyUtf8) {
  for (const auto* raw : {"\x80", "\xC3", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80",
                          "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "a\xFF", "\xE2\x82"}) {
    EXPECT_TRUE(refused(raw));
  }
  EXPECT_EQ(clean("\u20AC\U0010FFFF"), "\u20AC\U0010FFFF");
}

TEST(Text, IdsAreShortAscii) {
  EXPECT_TRUE(check_id("counter-terrorism_1.~", "id").has_value());
  EXPECT_TRUE(check_id(std::string(64, 'a'), "id").has_value());
  for (const auto& id : {std::string(), std::string("a b"), std::string("a/b"), std::string("é"),
                         std::string(65, 'a'), std::string("a\0", 2)}) {
    EXPECT_FALSE(check_id(id, "id").has_value());
  }
}

TEST(Text, S7_DatesTimesZonesAndS9_Languages) {
  EXPECT_TRUE(is_date("2028-02-29"));
  for (const auto* date : {"2027-02-29", "2027-13-01", "2027-00-10", "27-01-01", "2027-1-01",
                           "2027-01-01 ", "2027/01/01", ""}) {
    EXPECT_FALSE(is_date(date)) << date;
  }
  EXPECT_TRUE(is_time_of_day("00:00"));
  EXPECT_TRUE(is_time_of_day("23:59"));
  for (const auto* time : {"24:00", "09:60", "9:00", "09.00", "", "09:00:00"}) {
    EXPECT_FALSE(is_time_of_day(time)) << time;
  }
  for (const auto* zone : {"UTC", "Europe/Brussels", "America/Argentina/Ushuaia", "Etc/GMT+5"}) {
    EXPECT_TRUE(is_zone_name(zone)) << zone;
  }
  for (const auto* zone : {"", "/etc/passwd", "../x", "Europe/", "a//b", "Europe Brussels"}) {
    EXPECT_FALSE(is_zone_name(zone)) << zone;
  }
  for (const auto* tag : {"en", "pt-BR", "zh-Hant-TW", "sr-Latn"})
    EXPECT_TRUE(is_language(tag));
  for (const auto* tag : {"", "e", "en-", "-en", "en_US", "1n", "en-abcdefghi"}) {
    EXPECT_FALSE(is_language(tag)) << tag;
  }
}

}  // namespace
}  // namespace plenary::core
