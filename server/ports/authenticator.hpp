// Signs and checks tokens. What a token says is who somebody is, or that somebody may come in; what
// a person may do stands in the session's state, so that revoking takes effect at once (P2).
//
// Threading: any thread. Errors: verify() says only "no": details would help an attacker; `reason`
// is for logs.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "plenary/v1/entities.pb.h"

namespace plenary::ports {

// Exactly one of person_id, invitation_id, return_id and `outside` says what kind of token it is:
//   person      issued on entering; what Hello carries
//   invitation  in the fragment of a link; exchanged for a person token, or, if its role is
//   ROLE_DISPLAY,
//               carried in Hello itself
//   return      in the fragment of a link; exchanged, once, for a token of whose pass it is
//   outside     from another issuer, whose public key is configured: vouches for name, role, scope,
//   delegation
struct Claims {
  std::string session_id;
  std::string person_id;
  std::int32_t token_generation = 0;  // of a person token
  std::string invitation_id;
  std::string return_id;
  bool outside = false;
  std::string subject;  // of an outside token: the issuer's name for the person
  plenary::v1::Role role = plenary::v1::ROLE_UNSPECIFIED;
  std::string room_id;  // scope; "" the session
  std::string name;
  std::string delegation;  // id or name
  std::int64_t expires_at_ms = 0;
};

class Authenticator {
 public:
  virtual ~Authenticator() = default;
  virtual std::string sign(const Claims& claims) const = 0;
  virtual std::expected<Claims, std::string> verify(std::string_view token,
                                                    std::int64_t now_ms) const = 0;
  // Constant-time comparison with the organizer's key.
  virtual bool is_organizer_key(std::string_view key) const = 0;
};

}  // namespace plenary::ports
