#include "gateway/api/person_id.hpp"

#include "gateway/text.hpp"

namespace plenary::gateway {

std::string person_id_of(Digest (*sha256)(std::string_view), std::string_view session_id,
                         Origin origin, std::string_view key) {
  std::string from(session_id);
  from.append(1, '\0').append(origin == Origin::browser ? "browser" : "outside").append(1, '\0');
  return hex(sha256(from.append(key))).substr(0, 24);
}

bool decode_key(std::string_view text, std::string& key) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  if (text.size() != 22) return false;
  key.clear();
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) return false;
    bits = (bits << 6) | static_cast<unsigned>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      key.push_back(static_cast<char>((bits >> count) & 0xff));
    }
  }
  return key.size() == 16;
}

std::string without_blanks(std::string_view code) {
  std::string result;
  for (const char c : code) {
    if (c != ' ' && c != '-') result.push_back(c);
  }
  return result;
}

}  // namespace plenary::gateway
