#include "adapters/jwt/jwt_authenticator.hpp"

#include <jwt.h>
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace plenary::adapters {

namespace v1 = plenary::v1;
using ports::Claims;

namespace {

struct FreeJwt {
  void operator()(jwt_t* jwt) const { jwt_free(jwt); }
};
using Jwt = std::unique_ptr<jwt_t, FreeJwt>;

constexpr std::pair<v1::Role, const char*> kRoles[] = {
    {v1::ROLE_PARTICIPANT, "participant"},
    {v1::ROLE_NOTE_TAKER, "note_taker"},
    {v1::ROLE_MODERATOR, "moderator"},
    {v1::ROLE_DISPLAY, "display"},
};

const char* role_name(v1::Role role) {
  for (const auto& [known, name] : kRoles) {
    if (known == role) return name;
  }
  return "";
}

// ROLE_UNSPECIFIED for a word that is no role.
v1::Role role_named(std::string_view word) {
  for (const auto& [role, name] : kRoles) {
    if (word == name) return role;
  }
  return v1::ROLE_UNSPECIFIED;
}

// Three parts of the base64url alphabet. What libjwt gets is thus short and has no zero byte.
bool has_shape(std::string_view token) {
  if (token.size() > kMaxTokenBytes || std::ranges::count(token, '.') != 2) return false;
  return std::ranges::all_of(token, [](char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '-' || character == '_' ||
           character == '.';
  });
}

Jwt decode(const std::string& token, const std::string* key) {
  jwt_t* jwt = nullptr;
  const auto* bytes =
      key == nullptr ? nullptr : reinterpret_cast<const unsigned char*>(key->data());
  const int size = key == nullptr ? 0 : static_cast<int>(key->size());
  const bool valid = jwt_decode(&jwt, token.c_str(), bytes, size) == 0;
  return Jwt(valid ? jwt : nullptr);
}

// "" if it is not there, no string, or too long; the last is told apart by `too_long`.
std::string text_claim(jwt_t* jwt, const char* name, bool& too_long) {
  const char* text = jwt_get_grant(jwt, name);
  if (text == nullptr) return {};
  if (std::strlen(text) > kMaxClaimBytes) {
    too_long = true;
    return {};
  }
  return text;
}

void add_text(jwt_t* jwt, const char* name, const std::string& text) {
  assert(text.size() <= kMaxClaimBytes);
  if (!text.empty()) jwt_add_grant(jwt, name, text.c_str());
}

// aud may be one string or an array of them (RFC 7519, 4.1.3).
bool has_audience(jwt_t* jwt, const std::string& audience) {
  if (const char* single = jwt_get_grant(jwt, "aud"); single != nullptr) return audience == single;
  const std::unique_ptr<char, decltype(&std::free)> json(jwt_get_grants_json(jwt, "aud"),
                                                         &std::free);
  // Written compactly by libjwt: ["a","b"]. An audience that would need escapes never matches.
  return json && json.get()[0] == '[' &&
         std::string_view(json.get()).find('"' + audience + '"') != std::string_view::npos;
}

// The time claims that both kinds of token have. exp is required.
std::expected<std::int64_t, std::string> check_times(jwt_t* jwt, std::int64_t now_ms) {
  constexpr std::int64_t kMostSeconds = 253'402'300'800;  // the year 10000
  const std::int64_t expires = jwt_get_grant_int(jwt, "exp");
  if (expires <= 0 || expires > kMostSeconds) return std::unexpected("no expiry");
  if (now_ms >= expires * 1'000) return std::unexpected("expired");
  const std::int64_t not_before = jwt_get_grant_int(jwt, "nbf");
  if (not_before > now_ms / 1'000) return std::unexpected("not valid yet");
  return expires * 1'000;
}

bool says_one_thing(const Claims& claims) {
  return !claims.person_id.empty() + !claims.invitation_id.empty() + !claims.return_id.empty() == 1;
}

std::expected<Claims, std::string> read_own(jwt_t* jwt) {
  bool too_long = false;
  Claims claims;
  claims.session_id = text_claim(jwt, "sid", too_long);
  claims.person_id = text_claim(jwt, "pid", too_long);
  // libjwt says -1 for what is not there; the first generation is not written.
  claims.token_generation = static_cast<std::int32_t>(std::max(0L, jwt_get_grant_int(jwt, "gen")));
  claims.invitation_id = text_claim(jwt, "inv", too_long);
  claims.return_id = text_claim(jwt, "ret", too_long);
  claims.role = role_named(text_claim(jwt, "role", too_long));
  claims.room_id = text_claim(jwt, "room", too_long);
  claims.name = text_claim(jwt, "name", too_long);
  claims.delegation = text_claim(jwt, "dlg", too_long);
  if (too_long) return std::unexpected("claim too long");
  if (claims.session_id.empty()) return std::unexpected("no session");
  if (!says_one_thing(claims)) {
    return std::unexpected("not one of a person's, an invitation, a return");
  }
  return claims;
}

std::expected<Claims, std::string> read_outside(jwt_t* jwt, const OutsideIssuer& outside) {
  bool too_long = false;
  if (text_claim(jwt, "iss", too_long) != outside.issuer) return std::unexpected("another issuer");
  if (!outside.audience.empty() && !has_audience(jwt, outside.audience)) {
    return std::unexpected("for another audience");
  }
  Claims claims;
  claims.outside = true;
  claims.session_id = text_claim(jwt, "session", too_long);
  claims.subject = text_claim(jwt, "sub", too_long);
  claims.room_id = text_claim(jwt, "room", too_long);
  claims.name = text_claim(jwt, "name", too_long);
  claims.delegation = text_claim(jwt, "delegation", too_long);
  const std::string role = text_claim(jwt, "role", too_long);
  claims.role = role.empty() ? v1::ROLE_PARTICIPANT : role_named(role);
  if (too_long) return std::unexpected("claim too long");
  if (claims.session_id.empty() || claims.subject.empty()) {
    return std::unexpected("no session or no subject");
  }
  // A display belongs to a link that can be revoked here.
  if (claims.role == v1::ROLE_UNSPECIFIED || claims.role == v1::ROLE_DISPLAY) {
    return std::unexpected("unknown role");
  }
  return claims;
}

// The algorithm that goes with a public key; a sentence if there is none.
std::expected<std::string, std::string> algorithm_of(const std::string& pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
  if (!key) {
    return std::unexpected(
        "The outside issuer's key is not a public key in PEM form (-----BEGIN PUBLIC KEY-----).");
  }
  if (EVP_PKEY_is_a(key.get(), "RSA") == 1) {
    if (EVP_PKEY_get_bits(key.get()) >= 2'048) return "RS256";
    return std::unexpected("The outside issuer's RSA key is shorter than 2048 bits.");
  }
  std::array<char, 64> group{};
  if (EVP_PKEY_is_a(key.get(), "EC") == 1 &&
      EVP_PKEY_get_utf8_string_param(key.get(), OSSL_PKEY_PARAM_GROUP_NAME, group.data(),
                                     group.size(), nullptr) == 1 &&
      std::string_view(group.data()) == "prime256v1") {
    return "ES256";
  }
  return std::unexpected(
      "The outside issuer's key is neither RSA (for RS256) nor on the curve P-256 (for ES256).");
}

}  // namespace

JwtAuthenticator::JwtAuthenticator(Keys keys, OutsideIssuer outside, std::string outside_algorithm)
    : keys_(std::move(keys)),
      outside_(std::move(outside)),
      outside_algorithm_(std::move(outside_algorithm)) {}

std::expected<std::unique_ptr<JwtAuthenticator>, std::string> JwtAuthenticator::make(Keys keys) {
  if (keys.token_key.size() < 32) return std::unexpected("The token key is shorter than 32 bytes.");
  return std::unique_ptr<JwtAuthenticator>(new JwtAuthenticator(std::move(keys), {}, {}));
}

std::expected<std::unique_ptr<JwtAuthenticator>, std::string> JwtAuthenticator::make(
    Keys keys, OutsideIssuer outside) {
  auto authenticator = make(std::move(keys));
  if (!authenticator) return authenticator;
  if (outside.issuer.empty()) return std::unexpected("The outside issuer has no name.");
  auto algorithm = algorithm_of(outside.public_key_pem);
  if (!algorithm) return std::unexpected(algorithm.error());
  (*authenticator)->outside_ = std::move(outside);
  (*authenticator)->outside_algorithm_ = *std::move(algorithm);
  return authenticator;
}

std::string JwtAuthenticator::sign(const Claims& claims) const {
  assert(!claims.outside && !claims.session_id.empty() && claims.expires_at_ms > 0);
  assert(says_one_thing(claims));
  jwt_t* made = nullptr;
  if (jwt_new(&made) != 0) std::abort();  // out of memory
  const Jwt jwt(made);
  add_text(jwt.get(), "sid", claims.session_id);
  add_text(jwt.get(), "pid", claims.person_id);
  if (claims.token_generation != 0) jwt_add_grant_int(jwt.get(), "gen", claims.token_generation);
  add_text(jwt.get(), "inv", claims.invitation_id);
  add_text(jwt.get(), "ret", claims.return_id);
  add_text(jwt.get(), "role", role_name(claims.role));
  add_text(jwt.get(), "room", claims.room_id);
  add_text(jwt.get(), "name", claims.name);
  add_text(jwt.get(), "dlg", claims.delegation);
  jwt_add_grant_int(jwt.get(), "exp", claims.expires_at_ms / 1'000);
  jwt_set_alg(jwt.get(), JWT_ALG_HS256,
              reinterpret_cast<const unsigned char*>(keys_.token_key.data()),
              static_cast<int>(keys_.token_key.size()));
  const std::unique_ptr<char, decltype(&std::free)> token(jwt_encode_str(jwt.get()), &std::free);
  if (!token) std::abort();  // out of memory
  assert(std::strlen(token.get()) <= kMaxTokenBytes);
  return token.get();
}

std::expected<Claims, std::string> JwtAuthenticator::verify(std::string_view token,
                                                            std::int64_t now_ms) const {
  if (!has_shape(token)) return std::unexpected("not a token");
  const std::string text(token);
  // First without a key, only to see which algorithm the header names; nothing of it is believed.
  const Jwt seen = decode(text, nullptr);
  const char* named = seen ? jwt_get_header(seen.get(), "alg") : nullptr;
  if (named == nullptr) return std::unexpected("not a token");
  const std::unique_ptr<char, decltype(&std::free)> critical(
      jwt_get_headers_json(seen.get(), "crit"), &std::free);
  if (critical) return std::unexpected("extension not understood");  // RFC 7515, 4.1.11
  const std::string_view algorithm = named;
  const bool own = algorithm == "HS256";
  if (!own && (outside_algorithm_.empty() || algorithm != outside_algorithm_)) {
    return std::unexpected("algorithm not accepted");
  }
  const std::string& key = own ? keys_.token_key : outside_.public_key_pem;
  const Jwt jwt = decode(text, &key);
  if (!jwt) return std::unexpected("wrong signature");
  const auto expires_at_ms = check_times(jwt.get(), now_ms);
  if (!expires_at_ms) return std::unexpected(expires_at_ms.error());
  auto claims = own ? read_own(jwt.get()) : read_outside(jwt.get(), outside_);
  if (claims) claims->expires_at_ms = *expires_at_ms;
  return claims;
}

bool JwtAuthenticator::is_organizer_key(std::string_view key) const {
  return key.size() == keys_.organizer_key.size() &&
         CRYPTO_memcmp(key.data(), keys_.organizer_key.data(), key.size()) == 0;
}

}  // namespace plenary::adapters
