#include "host/ids.hpp"

#include <algorithm>
#include <cstdint>

#include "host/limits.hpp"

namespace plenary::host {

bool is_session_id(std::string_view id) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  return !id.empty() && id.size() <= kMaxSessionIdLength && std::ranges::all_of(id, allowed);
}

std::string to_session_id(const ports::Id& bytes) {
  static constexpr char kLetters[] = "0123456789abcdefghjkmnpqrstvwxyz";
  std::string id;
  std::uint32_t window = 0;
  int bits = 0;
  for (const std::uint8_t byte : bytes) {
    window = (window << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5)
      id.push_back(kLetters[(window >> (bits - 5)) & 31]);
  }
  if (bits > 0) id.push_back(kLetters[(window << (5 - bits)) & 31]);
  return id;
}

std::string to_join_code(const ports::Id& bytes) {
  std::uint64_t number = 0;
  for (int i = 0; i < 8; ++i)
    number = (number << 8) | bytes[static_cast<std::size_t>(i)];
  std::string code = std::to_string(number % 100'000'000);
  code.insert(0, 8 - code.size(), '0');
  return code;
}

}  // namespace plenary::host
