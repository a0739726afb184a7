#include <gmock/gmock.h>
#include <jwt.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <functional>
#include <memory>

#include "adapters/jwt/jwt_authenticator.hpp"

namespace plenary::adapters {
namespace {

namespace v1 = plenary::v1;
using ports::Claims;

constexpr std::int64_t kNowMs = 1'790'000'000'000;
constexpr std::int64_t kHourMs = 3'600'000;
const Keys kKeys{std::string(32, 'k'), std::string(64, 'a')};

struct KeyPair {
  std::string private_pem;
  std::string public_pem;
};

KeyPair pems(EVP_PKEY* made) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(made, &EVP_PKEY_free);
  const auto text = [](const std::function<void(BIO*)>& write) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), &BIO_free);
    write(bio.get());
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &bytes);
    return std::string(bytes, static_cast<std::size_t>(size));
  };
  return {text([&](BIO* bio) {
            PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
          }),
          text([&](BIO* bio) { PEM_write_bio_PUBKEY(bio, key.get()); })};
}
const KeyPair& rsa() {
  static const KeyPair pair = pems(EVP_RSA_gen(2'048));
  return pair;
}
const KeyPair& ec() {
  static const KeyPair pair = pems(EVP_EC_gen("P-256"));
  return pair;
}

// A token made by libjwt with any algorithm and key, as an attacker or an outside issuer would.
std::string make_token(const std::string& claims, jwt_alg_t algorithm, const std::string& key,
                       const char* header = nullptr) {
  jwt_t* jwt = nullptr;
  EXPECT_EQ(jwt_new(&jwt), 0);
  EXPECT_EQ(jwt_add_grants_json(jwt, claims.c_str()), 0);
  if (header != nullptr) {
    EXPECT_EQ(jwt_add_headers_json(jwt, header), 0);
  }
  EXPECT_EQ(jwt_set_alg(jwt, algorithm,
                        key.empty() ? nullptr : reinterpret_cast<const unsigned char*>(key.data()),
                        static_cast<int>(key.size())),
            0);
  char* token = jwt_encode_str(jwt);
  std::string text = token == nullptr ? "" : token;
  EXPECT_NE(text, "");
  std::free(token);
  jwt_free(jwt);
  return text;
}

std::unique_ptr<JwtAuthenticator> ours() {
  return JwtAuthenticator::make(kKeys).value();
}
std::unique_ptr<JwtAuthenticator> with_outside(const std::string& public_pem,
                                               const std::string& audience = "") {
  return JwtAuthenticator::make(kKeys, {public_pem, "https://id.example.org", audience}).value();
}

Claims person() {
  Claims claims;
  claims.session_id = "s1";
  claims.person_id = "p1";
  claims.token_generation = 3;
  claims.expires_at_ms = kNowMs + kHourMs;
  return claims;
}

const std::string kOutside =
    R"({"iss":"https://id.example.org","sub":"u7","session":"s1","role":"moderator","room":"r1",)"
    R"("name":"Éa O'Neill","delegation":"FR","aud":["other","plenary"],"exp":1790003600})";

std::string why(const JwtAuthenticator& authenticator, const std::string& token,
                std::int64_t now_ms = kNowMs) {
  const auto claims = authenticator.verify(token, now_ms);
  return claims ? "accepted" : claims.error();
}

TEST(Tokens, W8_APersonsTokenComesBackAsItWasSigned) {
  const auto claims = ours()->verify(ours()->sign(person()), kNowMs);
  ASSERT_TRUE(claims) << claims.error();
  EXPECT_EQ(claims->session_id, "s1");
  EXPECT_EQ(claims->person_id, "p1");
  EXPECT_EQ(claims->token_generation, 3);
  EXPECT_EQ(claims->expires_at_ms, kNowMs + kHourMs);
  EXPECT_FALSE(claims->outside);
}

TEST(Tokens, P1_ThePersonsFirstGenerationComesBackAsItWasSigned) {
  Claims first = person();
  first.token_generation = 0;
  const auto claims = ours()->verify(ours()->sign(first), kNowMs);
  ASSERT_TRUE(claims) << claims.error();
  EXPECT_EQ(claims->token_generation, 0);
}

TEST(Tokens, P2_AnInvitationSaysRoleAndScope) {
  Claims invitation;
  invitation.session_id = "s1";
  invitation.invitation_id = "i1";
  invitation.role = v1::ROLE_DISPLAY;
  invitation.room_id = "plenary";
  invitation.name = "Ελένη \"Λ\" \\ 👩‍🏫";
  invitation.delegation = "gr";
  invitation.expires_at_ms = kNowMs + 1;
  const auto claims = ours()->verify(ours()->sign(invitation), kNowMs - 1'000);
  ASSERT_TRUE(claims) << claims.error();
  EXPECT_EQ(claims->invitation_id, "i1");
  EXPECT_EQ(claims->role, v1::ROLE_DISPLAY);
  EXPECT_EQ(claims->room_id, "plenary");
  EXPECT_EQ(claims->name, invitation.name);
  EXPECT_EQ(claims->delegation, "gr");
}

TEST(Tokens, W8_AnExpiredTokenIsRefused) {
  const std::string token = ours()->sign(person());
  EXPECT_EQ(why(*ours(), token, kNowMs + kHourMs - 1), "accepted");
  EXPECT_EQ(why(*ours(), token, kNowMs + kHourMs), "expired");
  for (const char* expiry : {"", R"(,"exp":0)", R"(,"exp":-5)", R"(,"exp":"1790003600")",
                             R"(,"exp":99999999999999)", R"(,"exp":null)"}) {
    const std::string claims = std::string(R"({"sid":"s1","pid":"p1")") + expiry + "}";
    EXPECT_EQ(why(*ours(), make_token(claims, JWT_ALG_HS256, kKeys.token_key)), "no expiry");
  }
  const std::string early = R"({"sid":"s1","pid":"p1","exp":1790003600,"nbf":1790000001})";
  EXPECT_EQ(why(*ours(), make_token(early, JWT_ALG_HS256, kKeys.token_key)), "not valid yet");
}

TEST(Tokens, W8_AWrongSignatureIsRefused) {
  const auto other = JwtAuthenticator::make({std::string(32, 'x'), kKeys.organizer_key}).value();
  EXPECT_EQ(why(*ours(), other->sign(person())), "wrong signature");
  // The claims of one token under the signature of another.
  Claims moderator = person();
  moderator.person_id = "p2";
  const std::string one = ours()->sign(person());
  const std::string two = ours()->sign(moderator);
  EXPECT_EQ(why(*ours(), two.substr(0, two.rfind('.')) + one.substr(one.rfind('.'))),
            "wrong signature");
}

TEST(Tokens, W8_TheAlgorithmIsTheKeysNotTheTokens) {
  const std::string claims = R"({"sid":"s1","pid":"p1","exp":1790003600})";
  const auto authenticator = with_outside(rsa().public_pem);
  EXPECT_EQ(why(*authenticator, make_token(claims, JWT_ALG_NONE, "")), "algorithm not accepted");
  // The public key as an HMAC secret.
  EXPECT_EQ(why(*authenticator, make_token(claims, JWT_ALG_HS256, rsa().public_pem)),
            "wrong signature");
  EXPECT_EQ(why(*authenticator, make_token(kOutside, JWT_ALG_HS256, rsa().public_pem)),
            "wrong signature");
  for (const jwt_alg_t algorithm : {JWT_ALG_HS384, JWT_ALG_HS512}) {
    EXPECT_EQ(why(*authenticator, make_token(claims, algorithm, kKeys.token_key)),
              "algorithm not accepted");
  }
  EXPECT_EQ(why(*authenticator, make_token(kOutside, JWT_ALG_RS512, rsa().private_pem)),
            "algorithm not accepted");
  EXPECT_EQ(why(*authenticator, make_token(kOutside, JWT_ALG_ES256, ec().private_pem)),
            "algorithm not accepted");
  EXPECT_EQ(why(*ours(), make_token(kOutside, JWT_ALG_RS256, rsa().private_pem)),
            "algorithm not accepted");
  EXPECT_EQ(why(*ours(), make_token(claims, JWT_ALG_HS256, kKeys.token_key, R"({"crit":["x"]})")),
            "extension not understood");
}

TEST(Tokens, W8_GarbageIsRefused) {
  const std::string good = ours()->sign(person());
  EXPECT_EQ(why(*ours(), good), "accepted");
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_NE(why(*ours(), good.substr(0, size)), "accepted") << size;
  }
  for (const char* text : {"", ".", "..", "...", "a.b.c", "e30.e30.e30", "{}.{}.{}",
                           "eyJhbGciOiJIUzI1NiJ9..", "eyJhbGciOjF9.e30.", "W10.W10.W10",
                           "bnVsbA.bnVsbA.", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.AAAA"}) {
    EXPECT_NE(why(*ours(), text), "accepted") << text;
  }
  EXPECT_EQ(why(*ours(), good + std::string("\0x", 2)), "not a token");
  EXPECT_EQ(why(*ours(), good + "="), "not a token");
  EXPECT_EQ(why(*ours(), " " + good), "not a token");
  EXPECT_EQ(why(*ours(), good + "."), "not a token");
  EXPECT_EQ(why(*ours(), std::string(1 << 20, 'a') + ".b.c"), "not a token");
}

TEST(Tokens, W8_HugeTokensAndClaimsAreRefused) {
  const auto sized = [](std::size_t size) {
    return make_token(
        R"({"sid":"s1","pid":"p1","exp":1790003600,"name":")" + std::string(size, 'n') + "\"}",
        JWT_ALG_HS256, kKeys.token_key);
  };
  EXPECT_EQ(why(*ours(), sized(kMaxClaimBytes)), "accepted");
  EXPECT_EQ(why(*ours(), sized(kMaxClaimBytes + 1)), "claim too long");
  EXPECT_EQ(why(*ours(), sized(kMaxTokenBytes)), "not a token");
  const std::string deep = R"({"sid":"s1","pid":"p1","exp":1790003600,"x":)" +
                           std::string(1'300, '[') + std::string(1'300, ']') + "}";
  EXPECT_EQ(why(*ours(), make_token(deep, JWT_ALG_HS256, kKeys.token_key)), "accepted");
}

TEST(Tokens, W8_ATokenIsAPersonsOrAnInvitationOfOneSession) {
  const auto reason = [](const std::string& claims) {
    return why(*ours(), make_token(claims, JWT_ALG_HS256, kKeys.token_key));
  };
  const std::string not_one = "not one of a person's, an invitation, a return";
  EXPECT_EQ(reason(R"({"pid":"p1","exp":1790003600})"), "no session");
  EXPECT_EQ(reason(R"({"sid":7,"pid":"p1","exp":1790003600})"), "no session");
  EXPECT_EQ(reason(R"({"sid":"s1","exp":1790003600})"), not_one);
  EXPECT_EQ(reason(R"({"sid":"s1","pid":"p1","inv":"i1","exp":1790003600})"), not_one);
  EXPECT_EQ(reason(R"({"sid":"s1","pid":"p1","ret":"r1","exp":1790003600})"), not_one);
  EXPECT_EQ(reason(R"({"sid":"s1","inv":"i1","ret":"r1","exp":1790003600})"), not_one);
  // The session stands in the claims, so that who asks can see that a token is another one's.
  EXPECT_EQ(ours()->verify(ours()->sign(person()), kNowMs)->session_id, "s1");
}

TEST(Tokens, P7_AReturnTokenIsNoPersons) {
  Claims claims;
  claims.session_id = "s1";
  claims.return_id = "r1";
  claims.expires_at_ms = kNowMs + kHourMs;
  const auto read = ours()->verify(ours()->sign(claims), kNowMs);
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->return_id, "r1");
  EXPECT_EQ(read->person_id, "");
}

TEST(OutsideTokens, W8_RsaAndEcAreTaken) {
  for (const auto& [algorithm, pair] :
       {std::pair{JWT_ALG_RS256, &rsa()}, std::pair{JWT_ALG_ES256, &ec()}}) {
    const auto authenticator = with_outside(pair->public_pem, "plenary");
    const auto claims =
        authenticator->verify(make_token(kOutside, algorithm, pair->private_pem), kNowMs);
    ASSERT_TRUE(claims) << claims.error();
    EXPECT_TRUE(claims->outside);
    EXPECT_EQ(claims->subject, "u7");
    EXPECT_EQ(claims->session_id, "s1");
    EXPECT_EQ(claims->role, v1::ROLE_MODERATOR);
    EXPECT_EQ(claims->room_id, "r1");
    EXPECT_EQ(claims->name, "Éa O'Neill");
    EXPECT_EQ(claims->delegation, "FR");
    EXPECT_EQ(claims->person_id, "");
    EXPECT_EQ(claims->invitation_id, "");
    // Ours go on beside them.
    EXPECT_TRUE(authenticator->verify(authenticator->sign(person()), kNowMs));
  }
}

TEST(OutsideTokens, W8_AnOutsideTokenNeverBecomesOneOfOurs) {
  const std::string claims =
      R"({"iss":"https://id.example.org","sub":"u7","session":"s1","sid":"s2","pid":"p1",)"
      R"("inv":"i1","gen":9,"exp":1790003600})";
  const auto read = with_outside(ec().public_pem)
                        ->verify(make_token(claims, JWT_ALG_ES256, ec().private_pem), kNowMs);
  ASSERT_TRUE(read) << read.error();
  EXPECT_TRUE(read->outside);
  EXPECT_EQ(read->session_id, "s1");
  EXPECT_EQ(read->person_id, "");
  EXPECT_EQ(read->invitation_id, "");
  EXPECT_EQ(read->role, v1::ROLE_PARTICIPANT);
}

TEST(OutsideTokens, W8_IssuerAudienceAndRoleAreChecked) {
  const auto changed = [](const std::string& from, const std::string& to) {
    std::string claims = kOutside;
    claims.replace(claims.find(from), from.size(), to);
    return why(*with_outside(ec().public_pem, "plenary"),
               make_token(claims, JWT_ALG_ES256, ec().private_pem));
  };
  EXPECT_EQ(changed("id.example", "evil.example"), "another issuer");
  EXPECT_EQ(changed(R"("iss":"https://id.example.org",)", ""), "another issuer");
  EXPECT_EQ(changed(R"("plenary")", R"("plenary2")"), "for another audience");
  EXPECT_EQ(changed(R"(["other","plenary"])", R"("plenary")"), "accepted");
  EXPECT_EQ(changed(R"(["other","plenary"])", R"({"plenary":1})"), "for another audience");
  EXPECT_EQ(changed("moderator", "organizer"), "unknown role");
  EXPECT_EQ(changed("moderator", "display"), "unknown role");
  EXPECT_EQ(changed(R"("sub":"u7",)", ""), "no session or no subject");
  EXPECT_EQ(changed(R"(,"exp":1790003600)", ""), "no expiry");
}

TEST(OutsideTokens, W8_UnfitKeysAreRefusedAtTheStart) {
  const auto refused = [](const std::string& pem) {
    const auto made = JwtAuthenticator::make(kKeys, {pem, "issuer", ""});
    return made ? std::string("accepted") : made.error();
  };
  EXPECT_THAT(refused("not a key"), ::testing::HasSubstr("not a public key in PEM form"));
  EXPECT_THAT(refused(rsa().private_pem), ::testing::HasSubstr("not a public key in PEM form"));
  EXPECT_THAT(refused(pems(EVP_RSA_gen(1'024)).public_pem), ::testing::HasSubstr("shorter"));
  EXPECT_THAT(refused(pems(EVP_EC_gen("P-384")).public_pem), ::testing::HasSubstr("P-256"));
  EXPECT_EQ(refused(ec().public_pem), "accepted");
}

TEST(OrganizerKey, W8_OnlyTheWholeKeyIsTaken) {
  EXPECT_TRUE(ours()->is_organizer_key(kKeys.organizer_key));
  EXPECT_FALSE(ours()->is_organizer_key(""));
  EXPECT_FALSE(ours()->is_organizer_key(kKeys.organizer_key.substr(1)));
  EXPECT_FALSE(ours()->is_organizer_key(kKeys.organizer_key + "a"));
  EXPECT_FALSE(ours()->is_organizer_key(std::string(63, 'a') + "b"));
}

}  // namespace
}  // namespace plenary::adapters
