// Tokens as JSON Web Tokens (RFC 7519), by libjwt.
//
// Ours:      HS256 with the installation's key. Claims: sid, pid + gen, or inv + role, room, name,
//            dlg; exp.
// Outside:   RS256 or ES256, whichever fits the configured public key. Claims: iss and exp, aud if
//            configured, sub, session, role (participant, note_taker, moderator), room, name,
//            delegation.
// The algorithm belongs to the key, never to the token: libjwt would take the header's word for it,
// so that the public key, which is no secret, could serve as an HS256 secret. A token whose header
// names another algorithm than a key of ours has is refused before any key is used.
//
// Threading: any. Errors: make() refuses a key in a sentence; verify() as in the port. A token that
// sign() could not make within the limits is a mistake of the caller's and ends the process.
#pragma once

#include <cstddef>
#include <expected>
#include <memory>
#include <string>

#include "adapters/jwt/key_store.hpp"
#include "adapters/jwt/limits.hpp"
#include "ports/authenticator.hpp"

namespace plenary::adapters {

struct OutsideIssuer {
  std::string public_key_pem;
  std::string issuer;    // the iss that is required
  std::string audience;  // the aud that is required; "" asks for none
};

class JwtAuthenticator final : public ports::Authenticator {
 public:
  static std::expected<std::unique_ptr<JwtAuthenticator>, std::string> make(Keys keys);
  static std::expected<std::unique_ptr<JwtAuthenticator>, std::string> make(Keys keys,
                                                                            OutsideIssuer outside);

  // exp has whole seconds: the token ends at the second in which expires_at_ms lies.
  std::string sign(const ports::Claims& claims) const override;
  std::expected<ports::Claims, std::string> verify(std::string_view token,
                                                   std::int64_t now_ms) const override;
  bool is_organizer_key(std::string_view key) const override;

 private:
  JwtAuthenticator(Keys keys, OutsideIssuer outside, std::string outside_algorithm);

  Keys keys_;
  OutsideIssuer outside_;
  std::string outside_algorithm_;  // "RS256", "ES256"; "" without an outside issuer
};

}  // namespace plenary::adapters
