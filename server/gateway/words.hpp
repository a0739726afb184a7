// Words of the outside for enums of the inside: ITEM_KIND_WELCOME is "welcome" (S4). Pure.
#pragma once

#include <string>
#include <string_view>

namespace plenary::gateway {

std::string lower_case(std::string_view text);  // ASCII
// The enum's value name without its prefix, in lower case.
std::string enum_word(std::string_view value_name, std::string_view prefix);

// The value whose word this is. `Enum`_Parse of the generated code does the look-up; "unspecified"
// is no word.
template <typename Enum>
bool parse_word(std::string_view word, std::string_view prefix,
                bool (*parse)(const std::string&, Enum*), Enum& value) {
  std::string name(prefix);
  for (const char c : word) {
    if (c >= 'A' && c <= 'Z') return false;
    name.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
  }
  return word != "unspecified" && parse(name, &value);
}

}  // namespace plenary::gateway
