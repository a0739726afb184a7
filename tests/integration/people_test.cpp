// P7 over sockets and HTTP: somebody comes back on another device, two are made one. S4, S9: what
// the API says of an agenda.
#include <gtest/gtest.h>

#include "integration/server_process.hpp"

namespace plenary::test {
namespace {

namespace v1 = ::plenary::v1;

class People : public testing::Test {
 protected:
  People() {
    session_ = server_.create_session(kSmallAgenda);
    code_ = server_.join_code(session_);
    chair_ = sit_down(server_, server_.enter_with_token(
                                   server_.invite(session_, R"({"role": "moderator"})"), "Chair"));
    EXPECT_TRUE(chair_.page->command(open_session()).has_position());
  }

  HttpAnswer call(const std::string& method, const std::string& path, const std::string& token,
                  const std::string& body = "") {
    const std::string extra = "Authorization: Bearer " + token + "\r\n";
    return http(server_.port(), method, "/api/v1" + path, extra, body);
  }
  // The token of a return link.
  std::string offer(const std::string& person, const std::string& body = "{}") {
    const HttpAnswer answer = call(
        "POST", "/sessions/" + session_ + "/people/" + person + "/return", chair_.who.token, body);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return field_of(answer.body, "token");
  }
  HttpAnswer come_back(const std::string& token, const std::string& key) {
    return server_.post("/api/v1/enter", R"({"token": ")" + token + R"(", "key": ")" + key + "\"}");
  }
  static Entered entered(const HttpAnswer& answer) {
    return {field_of(answer.body, "session"), field_of(answer.body, "person"),
            field_of(answer.body, "token")};
  }

  ServerProcess server_;
  std::string session_;
  std::string code_;
  Seat chair_;
};

TEST_F(People, P7_AReturnLinkOpensOnceAndRevokesOldDevices) {
  Seat ana = sit_down(server_, server_.enter(code_, "Ana"));
  const std::string hand = ana.page->command(raise(v1::REQUEST_KIND_INTERVENTION)).created_id();
  ASSERT_FALSE(hand.empty());

  const std::string token = offer(ana.who.person);
  const HttpAnswer lobby = call("GET", "/sessions/" + session_ + "/lobby", token);
  EXPECT_EQ(lobby.status, 200);
  EXPECT_EQ(field_of(lobby.body, "name"), "Ana");
  EXPECT_NE(lobby.body.find("\"returning\":true"), std::string::npos) << lobby.body;
  const std::string key = random_key();
  const HttpAnswer first = come_back(token, key);
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(entered(first).person, ana.who.person);
  EXPECT_EQ(come_back(token, key).status, 200);  // the answer was lost, and asked for again
  EXPECT_EQ(come_back(token, random_key()).status, 409);
  Seat phone = sit_down(server_, entered(first));
  ASSERT_TRUE(phone.page->wait([&] { return phone.page->personal().requests_size() == 1; }));
  EXPECT_FALSE(ana.page->bye()) << "the device of before stays";

  // A return token is no person's: it opens no connection and asks nothing.
  WsClient thief(server_.port());
  thief.hello(token);
  ASSERT_TRUE(thief.wait_for_close());
  EXPECT_EQ(thief.close_code(), 4502);
  EXPECT_EQ(call("GET", "/sessions/" + session_ + "/agenda", token).status, 401);

  const std::string second = offer(ana.who.person, R"({"revoke_devices": true})");
  const HttpAnswer tablet = come_back(second, random_key());
  ASSERT_EQ(tablet.status, 200) << tablet.body;
  for (Seat* seat : {&ana, &phone}) {
    ASSERT_TRUE(seat->page->wait_for_close());
    EXPECT_EQ(seat->page->close_code(), 4504);
  }
  EXPECT_EQ(call("GET", "/sessions/" + session_ + "/agenda", ana.who.token).status, 401);
  Seat last = sit_down(server_, entered(tablet));
  ASSERT_TRUE(last.page->wait([&] { return last.page->personal().requests_size() == 1; }));
  // The phone's browser comes by the shared code: its key was this person's, and is no more.
  EXPECT_EQ(server_
                .post("/api/v1/enter",
                      R"({"code": ")" + code_ + R"(", "name": "Ana", "key": ")" + key + "\"}")
                .status,
            401);
}

TEST_F(People, P7_AReturnLinkIsOfferedByModerators) {
  Seat ana = sit_down(server_, server_.enter(code_, "Ana"));
  Seat bela = sit_down(server_, server_.enter(code_, "Béla"));
  const std::string path = "/sessions/" + session_ + "/people/" + ana.who.person + "/return";
  EXPECT_EQ(call("POST", path, bela.who.token, "{}").status, 403);
  EXPECT_EQ(call("POST", path, ana.who.token, "{}").status, 403);
  EXPECT_EQ(call("POST", path, "x", "{}").status, 401);
  EXPECT_EQ(call("POST", path, chair_.who.token, R"({"revoke": true})").status, 422);
  EXPECT_EQ(call("POST", "/sessions/" + session_ + "/people/nobody/return", chair_.who.token, "{}")
                .status,
            404);
  const std::string over = offer(ana.who.person);
  offer(ana.who.person);  // takes the place of the one before
  EXPECT_EQ(call("GET", "/sessions/" + session_ + "/lobby", over).status, 401);
  EXPECT_EQ(come_back(over, random_key()).status, 401);
}

TEST_F(People, P7_MergedConnectionsAndTokensAreTheOthers) {
  const v1::Reply started = chair_.page->command(start_item(first_item(*chair_.page, "First")));
  ASSERT_TRUE(started.has_position());
  Seat ana = sit_down(server_, server_.enter(code_, "Ana"));
  Seat twin = sit_down(server_, server_.enter(code_, "Ana again"));
  const std::string early = twin.page->command(raise(v1::REQUEST_KIND_INTERVENTION)).created_id();
  ASSERT_TRUE(ana.page->command(raise(v1::REQUEST_KIND_INTERVENTION)).has_position());
  v1::Command merge;
  merge.mutable_merge_people()->set_person_id(twin.who.person);
  merge.mutable_merge_people()->set_into_person_id(ana.who.person);
  EXPECT_EQ(ana.page->command(merge).refusal().code(), v1::REFUSAL_CODE_FORBIDDEN);
  ASSERT_TRUE(chair_.page->command(merge).has_position());
  for (Seat* seat : {&ana, &twin}) {
    ASSERT_TRUE(seat->page->wait([&] {
      const v1::PersonalView& own = seat->page->personal();
      return own.person_id() == ana.who.person && own.requests_size() == 1 &&
             own.requests(0).request_id() == early;
    })) << seat->page->personal().ShortDebugString();
    EXPECT_FALSE(seat->page->bye());
  }
  // Counted as one, and the device of the other acts for the one who remains.
  ASSERT_TRUE(chair_.page->wait([&] { return chair_.page->presence().online() == 2; }));
  v1::Command withdraw;
  withdraw.mutable_withdraw_request()->set_request_id(early);
  ASSERT_TRUE(twin.page->command(withdraw).has_position());
  ASSERT_TRUE(ana.page->wait([&] { return ana.page->personal().requests_size() == 0; }));
  // Also after a restart, and for a connection that comes anew.
  server_.kill();
  server_.start();
  Seat again = sit_down(server_, twin.who);
  ASSERT_TRUE(
      again.page->wait([&] { return again.page->personal().person_id() == ana.who.person; }));
  EXPECT_EQ(call("GET", "/sessions/" + session_ + "/agenda", twin.who.token).status, 200);
  // A role that it is given is given to all of its devices.
  Seat chair = sit_down(server_, chair_.who);
  v1::Command grant;
  grant.mutable_grant_role()->set_person_id(ana.who.person);
  grant.mutable_grant_role()->mutable_grant()->set_role(v1::ROLE_MODERATOR);
  ASSERT_TRUE(chair.page->command(grant).has_position());
  ASSERT_TRUE(again.page->wait([&] { return again.page->whole_views == 2; }));
}

TEST_F(People, S4_S9_AModeratorImportsAndIsToldWhatIsWrong) {
  const std::string path = "/sessions/" + session_ + "/agenda";
  const std::string item = R"({"room": "plenary", "title": "Good"}, )";
  const auto problem = [&](const std::string& body) {
    const HttpAnswer answer = call("POST", path + "?mode=append", chair_.who.token, body);
    EXPECT_GE(answer.status, 400) << answer.body;
    return field_of(answer.body, "field");
  };
  const auto with = [&](const std::string& second) {
    return R"({"title": "T", "agenda": [)" + item + second + "]}";
  };
  EXPECT_EQ(problem(with(R"({"room": "plenary", "title": " "})")), "agenda[1].title");
  EXPECT_EQ(problem(with(R"({"room": "nowhere", "title": "X"})")), "agenda[1].room");
  EXPECT_EQ(problem(with(R"({"room": "plenary", "title": "X", "start": "9"})")), "agenda[1].start");
  EXPECT_EQ(problem(with(R"({"room": "plenary", "title": "X", "titles": {"f": "x"}})")),
            "agenda[1].titles");
  EXPECT_EQ(problem(R"({"title": "T", "rooms": [{"id": "a b", "name": "A"}]})"), "rooms[0].id");
  EXPECT_EQ(
      call("POST", path, chair_.who.token, with(R"({"room": "plenary", "title": "X"})")).status,
      422);
  Seat ana = sit_down(server_, server_.enter(code_, "Ana"));
  const std::string good = with(
      R"({"room": "plenary", "title": "Closing", "titles": {"fr": "Clôture"}, "kind": "closing"})");
  EXPECT_EQ(call("POST", path + "?mode=append", ana.who.token, good).status, 403);
  EXPECT_EQ(call("POST", path + "?mode=append", chair_.who.token, good).status, 204);
  const HttpAnswer exported = call("GET", path, ana.who.token);
  EXPECT_NE(exported.body.find(R"("titles":{"fr":"Clôture"})"), std::string::npos) << exported.body;
}

}  // namespace
}  // namespace plenary::test
