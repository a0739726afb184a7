// Who comes in, from what the browser has: a random key that it made and keeps. Entering twice with
// one key is one person (P1). Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/services.hpp"

namespace plenary::gateway {

// What makes somebody the same person: a browser's key, or the subject that an outside issuer
// names. The two never meet, whatever key a browser makes up.
enum class Origin : std::uint8_t { browser, outside };

// The first 96 bits of SHA-256(session id, 0, origin, 0, key or subject), in hex: so many that
// nobody can search for a key that leads to somebody of a full house.
std::string person_id_of(Digest (*sha256)(std::string_view), std::string_view session_id,
                         Origin origin, std::string_view key);

// 22 characters of base64url: 16 bytes. False for anything else.
bool decode_key(std::string_view text, std::string& key);

// A join code as people write it: "1234 5678" (P1).
std::string without_blanks(std::string_view code);

}  // namespace plenary::gateway
