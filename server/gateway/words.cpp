#include "gateway/words.hpp"

namespace plenary::gateway {

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return result;
}

std::string enum_word(std::string_view value_name, std::string_view prefix) {
  if (value_name.substr(0, prefix.size()) == prefix) value_name.remove_prefix(prefix.size());
  return lower_case(value_name);
}

}  // namespace plenary::gateway
