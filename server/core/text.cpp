#include "core/text.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <set>

#include "core/limits.hpp"

namespace plenary::core {
namespace {

// Decodes one code point and moves on; nothing for what RFC 3629 doesn't allow (overlong forms,
// surrogates, beyond U+10FFFF, cut short).
std::optional<char32_t> next_code_point(std::string_view& rest) {
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(rest[at]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) {
    rest.remove_prefix(1);
    return lead;
  }
  std::size_t length = 0;
  char32_t point = 0;
  char32_t least = 0;
  if ((lead & 0xE0) == 0xC0) {
    length = 2, point = lead & 0x1FU, least = 0x80;
  } else if ((lead & 0xF0) == 0xE0) {
    length = 3, point = lead & 0x0FU, least = 0x800;
  } else if ((lead & 0xF8) == 0xF0) {
    length = 4, point = lead & 0x07U, least = 0x10000;
  } else {
    return std::nullopt;
  }
  if (rest.size() < length) return std::nullopt;
  for (std::size_t at = 1; at < length; ++at) {
    if ((byte(at) & 0xC0) != 0x80) return std::nullopt;
    point = (point << 6) | (byte(at) & 0x3FU);
  }
  if (point < least || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
    return std::nullopt;
  }
  rest.remove_prefix(length);
  return point;
}

// UAX #9's explicit formatting characters, and the byte order mark.
bool is_stripped(char32_t point) {
  return point == 0x061C || point == 0x200E || point == 0x200F ||
         (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) ||
         point == 0xFEFF;
}

// Cc, and the separators that break lines.
bool is_control(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point <= 0x9F) || point == 0x2028 || point == 0x2029;
}

bool is_space(char32_t point) {
  return point == ' ' || point == '\n' || point == '\t' || point == 0xA0 || point == 0x1680 ||
         (point >= 0x2000 && point <= 0x200A) || point == 0x202F || point == 0x205F ||
         point == 0x3000;
}

// What takes no ink: a name of nothing else would be a name that nobody sees.
bool is_invisible(char32_t point) {
  return is_space(point) || point == 0xAD || point == 0x034F || point == 0x115F ||
         point == 0x1160 || (point >= 0x200B && point <= 0x200D) ||
         (point >= 0x2060 && point <= 0x2064) || point == 0x2800 || point == 0x3164 ||
         point == 0xFFA0 || (point >= 0xFE00 && point <= 0xFE0F) ||
         (point >= 0xE0000 && point <= 0xE01EF);
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int number(std::string_view digits) {
  int value = 0;
  for (const char digit : digits)
    value = value * 10 + (digit - '0');
  return value;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::expected<std::string, v1::Refusal> check_text(std::string_view raw, const TextRule& rule,
                                                   std::string_view field) {
  std::string clean;
  clean.reserve(raw.size());
  std::size_t length = 0;       // of what is kept so far
  std::size_t visible_end = 0;  // bytes and code points up to the last that is no space
  std::size_t visible_length = 0;
  bool visible = false;
  for (std::string_view rest = raw; !rest.empty();) {
    const std::string_view from = rest;
    const auto point = next_code_point(rest);
    if (!point) return refuse_field(field, "UTF-8");
    if (is_stripped(*point)) continue;
    if (is_control(*point)) {
      if (!rule.many_lines || (*point != '\n' && *point != '\t' && *point != '\r')) {
        return refuse_field(field, "text without control characters");
      }
      if (*point == '\r') continue;
    }
    if (is_space(*point) && clean.empty()) continue;
    clean.append(from.substr(0, from.size() - rest.size()));
    ++length;
    if (!is_space(*point)) visible_end = clean.size(), visible_length = length;
    if (!is_invisible(*point)) visible = true;
  }
  if (!visible) {
    if (!rule.may_be_empty) return refuse_field(field, "text that can be seen");
    return std::string();
  }
  clean.resize(visible_end);
  if (visible_length > rule.max_length) {
    return refuse_limit(v1::REFUSAL_CODE_BAD_FIELD, field,
                        static_cast<std::int64_t>(rule.max_length));
  }
  return clean;
}

std::expected<v1::Text, v1::Refusal> check_names(const v1::Text& raw, const TextRule& rule,
                                                 std::string_view field) {
  v1::Text checked;
  auto first = check_text(raw.text(), rule, field);
  if (!first) return Refused(first.error());
  checked.set_text(std::move(*first));
  if (static_cast<std::size_t>(raw.translations_size()) > kMaxTranslations) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, std::string(field) + ".translations",
                        kMaxTranslations);
  }
  std::set<std::string_view> languages;
  for (int index = 0; index < raw.translations_size(); ++index) {
    const v1::Translation& translation = raw.translations(index);
    const std::string place = std::string(field) + ".translations[" + std::to_string(index) + "]";
    if (!is_language(translation.language()) || !languages.insert(translation.language()).second) {
      return refuse_field(place + ".language", "different BCP 47 language tags");
    }
    TextRule form = rule;
    form.may_be_empty = true;
    auto text = check_text(translation.text(), form, place + ".text");
    if (!text) return Refused(text.error());
    if (text->empty()) continue;
    auto* added = checked.add_translations();
    added->set_language(translation.language());
    added->set_text(std::move(*text));
  }
  return checked;
}

Allowed check_id(std::string_view id, std::string_view field) {
  const auto taken = [](char c) {
    return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '~' || c == '-';
  };
  if (id.empty() || !std::all_of(id.begin(), id.end(), taken)) {
    return refuse_field(field, "letters, digits, . _ ~ -");
  }
  if (id.size() > kMaxIdLength) {
    return refuse_limit(v1::REFUSAL_CODE_BAD_FIELD, field, kMaxIdLength);
  }
  return {};
}

bool is_date(std::string_view date) {
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') return false;
  const auto year = date.substr(0, 4);
  const auto month = date.substr(5, 2);
  const auto day = date.substr(8, 2);
  if (!all_digits(year) || !all_digits(month) || !all_digits(day)) return false;
  return std::chrono::year_month_day(std::chrono::year(number(year)),
                                     std::chrono::month(static_cast<unsigned>(number(month))),
                                     std::chrono::day(static_cast<unsigned>(number(day))))
      .ok();
}

bool is_time_of_day(std::string_view time) {
  if (time.size() != 5 || time[2] != ':') return false;
  const auto hour = time.substr(0, 2);
  const auto minute = time.substr(3, 2);
  return all_digits(hour) && all_digits(minute) && number(hour) < 24 && number(minute) < 60;
}

bool is_language(std::string_view tag) {
  if (tag.size() < 2 || tag.size() > 35) return false;
  std::size_t part = 0;
  for (const char c : tag) {
    if (c == '-') {
      if (part == 0) return false;
      part = 0;
      continue;
    }
    if (!is_letter(c) && !is_digit(c)) return false;
    if (++part > 8) return false;
  }
  return part > 0 && is_letter(tag[0]) && is_letter(tag[1]);
}

bool is_zone_name(std::string_view zone) {
  if (zone.empty() || zone.size() > kMaxIdLength || !is_letter(zone.front())) return false;
  if (zone.back() == '/' || zone.find("//") != std::string_view::npos) return false;
  return std::all_of(zone.begin(), zone.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '/' || c == '_' || c == '-' || c == '+';
  });
}

}  // namespace plenary::core
