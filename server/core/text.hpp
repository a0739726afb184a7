// What people type, checked before it is kept: names, titles, notes, ids.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

#include "core/refusal.hpp"
#include "plenary/v1/entities.pb.h"

namespace plenary::core {

struct TextRule {
  std::size_t max_length = 0;  // in code points, after cleaning
  bool may_be_empty = false;
  bool many_lines = false;  // line feeds and tabs are kept; a carriage return goes
};

// The text without bidi controls (which could reverse what stands around a name; joiners are kept,
// since names need them, A5) and without white space at its ends. Refused as BAD_FIELD: not UTF-8,
// control characters, too long (with the limit), or nothing that can be seen where something must
// be. Never cut.
std::expected<std::string, v1::Refusal> check_text(std::string_view raw, const TextRule& rule,
                                                   std::string_view field);

// Likewise a name with its forms per language (S9). An empty form is left out.
std::expected<v1::Text, v1::Refusal> check_names(const v1::Text& raw, const TextRule& rule,
                                                 std::string_view field);

// 1 to kMaxIdLength of A–Z a–z 0–9 . _ ~ -
Allowed check_id(std::string_view id, std::string_view field);

// "2027-05-12", a day that the calendar has; "09:00"; "en", "pt-BR".
bool is_date(std::string_view date);
bool is_time_of_day(std::string_view time);
bool is_language(std::string_view tag);
// The shape of an IANA zone name: "Europe/Brussels", "UTC".
bool is_zone_name(std::string_view zone);

}  // namespace plenary::core
