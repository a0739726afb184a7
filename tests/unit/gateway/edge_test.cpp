// Addresses, URLs, words, JSON: the small parts of the edge.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "gateway/address_limits.hpp"
#include "gateway/agenda_fields.hpp"
#include "gateway/agenda_json.hpp"
#include "gateway/api/links.hpp"
#include "gateway/api/person_id.hpp"
#include "gateway/api/routes.hpp"
#include "gateway/forwarded.hpp"
#include "gateway/http_message.hpp"
#include "gateway/json_reader.hpp"
#include "gateway/limits.hpp"
#include "gateway/public_url.hpp"

namespace plenary::gateway {
namespace {

namespace v1 = ::plenary::v1;
namespace json = boost::json;

std::string read_text(const std::string& path) {
  std::ifstream input(std::string(PLENARY_SOURCE_DIR) + "/" + path);
  return {std::istreambuf_iterator<char>(input), {}};
}

TEST(AddressLimits, C5_FiveHundredJoinsAMinuteFromOneAddress) {
  AddressLimits limits(100);
  for (int second = 0; second < 600; ++second) {
    for (int i = 0; i < 9; ++i) {  // 540 a minute, for ten minutes
      ASSERT_TRUE(limits.take(AddressLimits::What::enter, "192.0.2.1", second * 1'000));
    }
  }
}

TEST(AddressLimits, W7_GuessingStops) {
  AddressLimits limits(100);
  int taken = 0;
  for (int i = 0; i < 1'000; ++i) {
    taken += limits.take(AddressLimits::What::failure, "192.0.2.1", 0) ? 1 : 0;
  }
  EXPECT_EQ(taken, static_cast<int>(kFailureBurst));
  EXPECT_FALSE(limits.allows(AddressLimits::What::failure, "192.0.2.1", 0));
  EXPECT_TRUE(limits.allows(AddressLimits::What::failure, "192.0.2.2", 0));
  EXPECT_TRUE(limits.allows(AddressLimits::What::enter, "192.0.2.1", 0));
  EXPECT_TRUE(limits.allows(AddressLimits::What::failure, "192.0.2.1", 10'000));
}

TEST(AddressLimits, W7_TheTableIsBounded) {
  AddressLimits limits(10);
  for (int i = 0; i < 1'000; ++i) {
    limits.take(AddressLimits::What::request,
                "10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250), 0);
  }
  EXPECT_EQ(limits.addresses(), 10u);
}

TEST(AddressLimits, V6CountsByItsNetwork) {
  EXPECT_EQ(limit_key("2001:db8:1:2::1"), limit_key("2001:db8:1:2:ffff::9"));
  EXPECT_NE(limit_key("2001:db8:1:2::1"), limit_key("2001:db8:1:3::1"));
  EXPECT_EQ(limit_key("::ffff:192.0.2.1"), limit_key("192.0.2.1"));
  EXPECT_EQ(limit_key("nonsense"), "?");
}

TEST(AddressLimits, C5_RemembersWhichSessionsAnAddressIsIn) {
  AddressLimits limits(10);
  EXPECT_FALSE(limits.has_entered("192.0.2.1"));
  for (std::size_t i = 0; i < kSessionsOfAddress + 1; ++i)
    limits.note_entered("192.0.2.1", std::to_string(i), 0);
  EXPECT_TRUE(limits.has_entered("192.0.2.1"));
  EXPECT_FALSE(limits.has_entered("192.0.2.2"));
  EXPECT_FALSE(limits.has_entered("192.0.2.1", "0")) << "the last few";
  EXPECT_TRUE(limits.has_entered("192.0.2.1", "1"));
}

TEST(Forwarded, W7_TheAddressThatATrustedProxySaw) {
  const auto trusted = [](std::string_view address) { return address.starts_with("10."); };
  EXPECT_EQ(client_address("192.0.2.1", "198.51.100.1", trusted), "192.0.2.1");
  EXPECT_EQ(client_address("192.0.2.1", "198.51.100.1", nullptr), "192.0.2.1");
  EXPECT_EQ(client_address("10.0.0.1", "", trusted), "10.0.0.1");
  EXPECT_EQ(client_address("10.0.0.1", "198.51.100.1", trusted), "198.51.100.1");
  EXPECT_EQ(client_address("10.0.0.1", "1.1.1.1, 198.51.100.1", trusted), "198.51.100.1");
  EXPECT_EQ(client_address("10.0.0.1", "1.1.1.1, 198.51.100.1 , 10.0.0.2", trusted),
            "198.51.100.1");
  EXPECT_EQ(client_address("10.0.0.1", "1.1.1.1, nonsense", trusted), "10.0.0.1");
  EXPECT_EQ(client_address("10.0.0.1", "2001:db8::1", trusted), "2001:db8::1");
}

TEST(Forwarded, APrivatePeerIsLikelyAProxy) {
  for (const char* address : {"127.0.0.1", "::1", "10.1.2.3", "172.16.0.1", "192.168.1.1",
                              "fd00::1", "::ffff:10.0.0.1"}) {
    EXPECT_TRUE(is_private_address(address)) << address;
  }
  for (const char* address : {"192.0.2.1", "172.32.0.1", "2001:db8::1", "nonsense"}) {
    EXPECT_FALSE(is_private_address(address)) << address;
  }
}

TEST(PublicUrl, C5_WhatItTakes) {
  const auto url = PublicUrl::parse("https://Meet.Example:443/");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->text(), "https://meet.example");
  EXPECT_TRUE(url->https());
  EXPECT_TRUE(url->is_origin("https://meet.example"));
  EXPECT_FALSE(url->is_origin("http://meet.example"));
  EXPECT_FALSE(url->is_origin("https://meet.example.evil.example"));
  EXPECT_FALSE(url->is_origin("null"));
  EXPECT_FALSE(url->is_origin(""));
  EXPECT_EQ(url->websocket_origin(), "wss://meet.example");
  EXPECT_EQ(join_link(*url, "12345678"), "https://meet.example/j/12345678");
  EXPECT_EQ(role_link(*url, "s1", v1::ROLE_MODERATOR, "t"), "https://meet.example/s/s1/moderate#t");
  EXPECT_EQ(role_link(*url, "s1", v1::ROLE_PARTICIPANT, "t"), "https://meet.example/s/s1#t");
  for (const char* bad : {"", "meet.example", "ftp://a", "https://", "https://a/b", "https://a?b",
                          "https://a#b", "https://u:p@a", "//a", "javascript:alert(1)"}) {
    EXPECT_FALSE(PublicUrl::parse(bad)) << bad;
  }
}

TEST(PublicUrl, LoopbackHasSeveralNames) {
  const auto url = PublicUrl::parse("http://127.0.0.1:8080");
  ASSERT_TRUE(url);
  EXPECT_TRUE(url->is_origin("http://localhost:8080"));
  EXPECT_FALSE(url->is_origin("http://localhost:8081"));
  EXPECT_FALSE(url->is_origin("http://example:8080"));
}

TEST(PersonId, P1_FollowsFromTheKey) {
  const auto sum = [](std::string_view bytes) {
    Digest digest{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      digest[i % 32] = static_cast<std::uint8_t>(digest[i % 32] + bytes[i]);
    }
    return digest;
  };
  std::string key;
  ASSERT_TRUE(decode_key("AAAAAAAAAAAAAAAAAAAAAQ", key));
  EXPECT_EQ(key.size(), 16u);
  const std::string id = person_id_of(sum, "s", Origin::browser, key);
  EXPECT_EQ(id, person_id_of(sum, "s", Origin::browser, key));
  EXPECT_NE(id, person_id_of(sum, "t", Origin::browser, key));
  EXPECT_EQ(id.size(), 24u);
  EXPECT_FALSE(decode_key("", key));
  EXPECT_FALSE(decode_key("AAAAAAAAAAAAAAAAAAAAA", key));
  EXPECT_FALSE(decode_key("AAAAAAAAAAAAAAAAAAAA+/", key));
  EXPECT_EQ(without_blanks("1234 5678"), "12345678");
}

// The key is the browser's free choice, the subject the issuer's word.
TEST(PersonId, P2_NoKeyLeadsToAPersonOfAnOutsideIssuer) {
  static std::string hashed;  // a plain function is asked for, which captures nothing
  const auto note = [](std::string_view bytes) {
    hashed = bytes;
    return Digest{};
  };
  std::set<std::string> outside;
  for (const char* subject : {"jsmith01", "", "outside:jsmith01", "a"}) {
    person_id_of(note, "s", Origin::outside, subject);
    outside.insert(hashed);
  }
  for (const char* key : {"outside:jsmith01", "jsmith01jsmith01"}) {
    person_id_of(note, "s", Origin::browser, key);
    EXPECT_FALSE(outside.contains(hashed)) << key;
  }
}

TEST(Paths, AreDecodedOnceAndNotIntoOthers) {
  std::string path;
  EXPECT_TRUE(decode_path("/a%20b", path));
  EXPECT_EQ(path, "/a b");
  for (const char* bad : {"/%2e%2e/x", "/a%2fb", "/a%5cb", "/%00", "/%0a", "/%zz", "/%2", "/%"}) {
    EXPECT_FALSE(decode_path(bad, path)) << bad;
  }
}

TEST(Agenda, S4_TheSampleComesOutAsItWentIn) {
  const auto object = parse_object(read_text("deploy/sample/partners-meeting.json"));
  ASSERT_TRUE(object);
  const auto agenda = parse_agenda(*object);
  ASSERT_TRUE(agenda) << agenda.error().ShortDebugString();
  EXPECT_EQ(agenda->rooms_size(), 5);
  EXPECT_EQ(agenda->items_size(), 13);
  EXPECT_EQ(agenda->items(0).planned_ms(), 600'000);
  EXPECT_EQ(agenda_to_json(*agenda), *object) << json::serialize(agenda_to_json(*agenda));
}

TEST(Agenda, S4_EverySettingComesOutAsItWentIn) {
  const auto object = parse_object(R"({"title": "T", "titles": {"fr": "t"}, "rooms": [{"id": "a",
    "name": "A", "names": {"fr": "à"}, "preset": "workshop", "holder": "delegation", "capacity": 3,
    "speech_limit_s": 90, "kind_limits_s": {"point_of_order": 30.5}, "warning_s": 10,
    "overrun": "hold_at_zero", "interruption_suspends": true, "clock_waits_for_start": true,
    "names_hidden": true}], "agenda": [{"room": "a", "kind": "other", "title": "I",
    "planned_minutes": 1.5, "queue_starts_closed": true, "inscription_ahead": true,
    "speech_limit_s": 5}], "delegations": [{"name": "D", "names": {"fr": "d"}}]})");
  ASSERT_TRUE(object);
  const auto agenda = parse_agenda(*object);
  ASSERT_TRUE(agenda) << agenda.error().ShortDebugString();
  const auto again = parse_agenda(agenda_to_json(*agenda));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->SerializeAsString(), agenda->SerializeAsString());
  EXPECT_EQ(agenda->rooms(0).settings().kind_limits(0).limit_ms(), 30'500);
}

TEST(Agenda, S4_IsReadStrictly) {
  const auto fault = [](const char* text) {
    const auto object = parse_object(text);
    if (!object) return std::string("no object");
    const auto agenda = parse_agenda(*object);
    return agenda ? std::string("taken") : agenda.error().field();
  };
  EXPECT_EQ(fault("{}"), "title");
  EXPECT_EQ(fault(R"({"title": "T"})"), "taken");
  EXPECT_EQ(fault(R"({"title": "T", "x": 1})"), "x");
  EXPECT_EQ(fault(R"({"title": ["T"]})"), "title");
  EXPECT_EQ(fault(R"({"title": "T", "entry": "Open"})"), "entry");
  EXPECT_EQ(fault(R"({"title": "T", "entry": "unspecified"})"), "entry");
  EXPECT_EQ(fault(R"({"title": "T", "rooms": [{"id": "a", "name": "A", "colour": 1}]})"),
            "rooms[0].colour");
  EXPECT_EQ(fault(R"({"title": "T", "rooms": {}})"), "rooms");
  EXPECT_EQ(fault(R"({"title": "T", "agenda": [7]})"), "agenda[0]");
  EXPECT_EQ(
      fault(R"({"title": "T", "agenda": [{"room": "a", "title": "I", "planned_minutes": -1}]})"),
      "agenda[0].planned_minutes");
  EXPECT_EQ(
      fault(R"({"title": "T", "agenda": [{"room": "a", "title": "I", "planned_minutes": "9"}]})"),
      "agenda[0].planned_minutes");
  EXPECT_EQ(
      fault(R"({"title": "T", "agenda": [{"room": "a", "title": "I", "planned_minutes": 1e99}]})"),
      "agenda[0].planned_minutes");
  EXPECT_EQ(fault("[]"), "no object");
  EXPECT_EQ(fault("{\"title\": \"\xff\"}"), "no object");
  EXPECT_EQ(fault(R"({"title": "T", "delegations": [[[[[[[[[[1]]]]]]]]]]})"), "no object");
}

TEST(Agenda, S4_ARefusalNamesTheFieldAsTheFileHasIt) {
  for (const auto& [command, file] : {
           std::pair("agenda.items[3].room_id", "agenda[3].room"),
           std::pair("agenda.items[0].title", "agenda[0].title"),
           std::pair("agenda.items[0].title.translations[1].text", "agenda[0].titles"),
           std::pair("agenda.items[12].fixed_start", "agenda[12].start"),
           std::pair("agenda.items[1].speakers[2]", "agenda[1].speakers[2]"),
           std::pair("agenda.rooms[2].settings.preset", "rooms[2].preset"),
           std::pair("agenda.rooms[2].name.translations[0].language", "rooms[2].names"),
           std::pair("agenda.rooms[1].settings.kind_limits.limit_ms", "rooms[1].kind_limits_s"),
           std::pair("agenda.delegations[7].translations[0].text", "delegations[7].names"),
           std::pair("agenda.planned_start", "start"),
           std::pair("agenda.items", "agenda"),
           std::pair("mode", "mode"),
       }) {
    EXPECT_EQ(field_in_file(command), file);
  }
}

TEST(Problems, HaveStableCodes) {
  v1::Refusal refusal;
  refusal.set_code(v1::REFUSAL_CODE_BAD_FIELD);
  refusal.set_field("name");
  refusal.set_limit(120);
  const Response response = problem(refusal);
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(response.type, "application/problem+json");
  const json::object body = json::parse(response.body).as_object();
  EXPECT_EQ(body.at("code"), "bad_field");
  EXPECT_EQ(body.at("field"), "name");
  EXPECT_EQ(body.at("limit"), 120);
  for (int code = 1; code <= v1::RefusalCode_MAX; ++code) {
    if (!v1::RefusalCode_IsValid(code)) continue;
    const int status = status_of(static_cast<v1::RefusalCode>(code));
    EXPECT_TRUE(status >= 400 && status < 600) << code;
    EXPECT_NE(reason_phrase(status), "Error") << status;
  }
}

TEST(Routes, AreThoseOfTheDescription) {
  // The description's paths stand at two spaces, their methods at four.
  std::set<std::string> described;
  std::istringstream lines(read_text("server/gateway/api/openapi.yaml"));
  std::string path;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("  /") && line.ends_with(":")) path = line.substr(2, line.size() - 3);
    if (line.starts_with("components:")) path.clear();
    for (const char* method : {"get", "post", "put", "patch", "delete"}) {
      if (line != "    " + std::string(method) + ":" || path.empty()) continue;
      std::string upper(method);
      for (char& c : upper)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      described.insert(upper + " " + path);
    }
  }
  std::set<std::string> served;
  for (const api::Route& route : api::routes()) {
    served.insert(std::string(route.method) + " " + std::string(route.pattern));
  }
  EXPECT_EQ(described, served);
}

TEST(Routes, Match) {
  api::Parameters parameters;
  EXPECT_TRUE(api::match("/api/v1/sessions/{id}/agenda", "/api/v1/sessions/s1/agenda", parameters));
  EXPECT_EQ(parameters, api::Parameters{"s1"});
  EXPECT_FALSE(api::match("/api/v1/sessions/{id}", "/api/v1/sessions/", parameters));
  EXPECT_FALSE(api::match("/api/v1/sessions/{id}", "/api/v1/sessions", parameters));
  EXPECT_FALSE(api::match("/api/v1/sessions/{id}", "/api/v1/sessions/a/b", parameters));
  EXPECT_FALSE(api::match("/api/v1/enter", "/api/v1/enter/", parameters));
  EXPECT_FALSE(
      api::match("/api/v1/sessions/{id}", "/api/v1/sessions/" + std::string(65, 'x'), parameters));
}

}  // namespace
}  // namespace plenary::gateway
