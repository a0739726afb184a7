// The HTTP side of the running server: shapes, headers, pages, the API.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "integration/server_process.hpp"

namespace plenary::test {
namespace {

using std::chrono::milliseconds;

void write_file(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

class Http : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string name = (std::filesystem::temp_directory_path() / "plenary-web-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
    write_file(root_ / "web/index.html", "<!doctype html><script>begin</script>page");
    write_file(root_ / "web/index.html.br", "brotli page");
    write_file(root_ / "web/index.html.gz", "gzip page");
    write_file(root_ / "web/assets/app-1a2B3c4_.js", "script");
    write_file(root_ / "secret.txt", "secret");
    std::filesystem::create_symlink(root_ / "secret.txt", root_ / "web/link.txt");
    server_ = new ServerProcess({"--web", (root_ / "web").string()});
  }
  static void TearDownTestSuite() {
    EXPECT_EQ(server_->stop(), 0) << server_->log();
    delete server_;
    std::filesystem::remove_all(root_);
  }

  static HttpAnswer get(const std::string& path, const std::string& extra = "") {
    return http(server_->port(), "GET", path, extra);
  }
  static HttpAnswer post(const std::string& path, const std::string& body,
                         const std::string& extra) {
    return http(server_->port(), "POST", path, extra, body);
  }
  static int raw_status(const std::string& bytes) {
    return parse_answer(raw_http(server_->port(), bytes)).status;
  }

  static ServerProcess* server_;
  static std::filesystem::path root_;
};
ServerProcess* Http::server_ = nullptr;
std::filesystem::path Http::root_;

TEST_F(Http, HealthReadinessAndMetrics) {
  EXPECT_EQ(get("/healthz").status, 200);
  EXPECT_EQ(get("/readyz").status, 200);
  const HttpAnswer metrics = get("/metrics");
  EXPECT_EQ(metrics.status, 200);
  EXPECT_NE(metrics.body.find("plenary_requests_total"), std::string::npos);
  // Through a proxy it is not this machine that asks.
  EXPECT_EQ(get("/metrics", "X-Forwarded-For: 203.0.113.7\r\n").status, 403);
  EXPECT_EQ(get("/metrics", "X-Forwarded-For: 203.0.113.7\r\n" + server_->bearer()).status, 200);
  EXPECT_EQ(http(server_->port(), "DELETE", "/healthz").status, 405);
}

TEST_F(Http, W10_PagesAndTheirHeaders) {
  for (const char* path : {"/", "/j/12345678", "/s/abc", "/s/abc/moderate", "/s/abc/minutes",
                           "/s/abc/display", "/s/abc/record"}) {
    const HttpAnswer page = get(path);
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_EQ(page.body, "<!doctype html><script>begin</script>page");
    EXPECT_EQ(page.fields.at("cache-control"), "no-cache");
    EXPECT_EQ(page.fields.at("content-type"), "text/html; charset=utf-8");
  }
  const HttpAnswer page = get("/");
  EXPECT_EQ(page.fields.at("content-security-policy"),
            "default-src 'none'; script-src 'self' "
            "'sha256-5vB9Q7XCHbD7uaMf6sLcWZeHdjOT3VrL+tgOJH6wKtU='; style-src 'self'; "
            "connect-src 'self' ws://127.0.0.1:" +
                std::to_string(server_->port()) +
                "; img-src 'self' data:; font-src 'self'; manifest-src 'self'; base-uri 'none'; "
                "form-action 'self'; frame-ancestors 'none'");
  EXPECT_EQ(page.fields.at("x-content-type-options"), "nosniff");
  EXPECT_EQ(page.fields.at("referrer-policy"), "no-referrer");
  EXPECT_EQ(page.fields.at("cross-origin-opener-policy"), "same-origin");
  EXPECT_EQ(page.fields.at("cross-origin-resource-policy"), "same-origin");
  EXPECT_TRUE(page.fields.contains("permissions-policy"));
  EXPECT_FALSE(page.fields.contains("strict-transport-security")) << "no HTTPS here";
  const HttpAnswer part = get("/assets/app-1a2B3c4_.js");
  EXPECT_EQ(part.fields.at("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(part.fields.at("x-content-type-options"), "nosniff");
  EXPECT_EQ(part.fields.at("cross-origin-resource-policy"), "same-origin");
  EXPECT_FALSE(part.fields.contains("content-security-policy")) << "the page's holds";
  EXPECT_EQ(get("/s/abc/nothing").status, 404);
  EXPECT_EQ(http(server_->port(), "DELETE", "/").status, 405);
}

TEST_F(Http, W10_EncodingsHaveTheirOwnTags) {
  const HttpAnswer plain = get("/");
  const HttpAnswer gzip = get("/", "Accept-Encoding: gzip\r\n");
  const HttpAnswer brotli = get("/", "Accept-Encoding: gzip, br\r\n");
  EXPECT_EQ(gzip.body, "gzip page");
  EXPECT_EQ(gzip.fields.at("content-encoding"), "gzip");
  EXPECT_EQ(brotli.body, "brotli page");
  EXPECT_EQ(brotli.fields.at("vary"), "Accept-Encoding");
  EXPECT_NE(plain.fields.at("etag"), gzip.fields.at("etag"));
  EXPECT_NE(brotli.fields.at("etag"), gzip.fields.at("etag"));
  EXPECT_EQ(get("/", "Accept-Encoding: br;q=0, gzip;q=0.1\r\n").body, "gzip page");
  EXPECT_EQ(get("/", "Accept-Encoding: identity\r\n").body, plain.body);
}

TEST_F(Http, W10_NotModifiedAndHead) {
  const HttpAnswer page = get("/");
  const std::string tag = page.fields.at("etag");
  for (const std::string& names : {tag, "W/" + tag, "\"other\", " + tag, std::string("*")}) {
    const HttpAnswer same = get("/", "If-None-Match: " + names + "\r\n");
    EXPECT_EQ(same.status, 304) << names;
    EXPECT_EQ(same.body, "");
    EXPECT_EQ(same.fields.at("etag"), tag);
    EXPECT_FALSE(same.fields.contains("content-length"));
  }
  EXPECT_EQ(get("/", "If-None-Match: \"other\"\r\n").status, 200);
  const HttpAnswer head = http(server_->port(), "HEAD", "/");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(head.fields.at("content-length"), std::to_string(page.body.size()));
  EXPECT_EQ(head.fields.at("etag"), tag);
}

TEST_F(Http, W10_NoPathLeadsOut) {
  for (const char* path :
       {"/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/../../secret.txt",
        "//secret.txt", "/link.txt", "/./secret.txt", "/assets%5c..%5c..%5csecret.txt"}) {
    const HttpAnswer answer = get(path);
    EXPECT_TRUE(answer.status == 404 || answer.status == 400) << path << " " << answer.status;
    EXPECT_EQ(answer.body.find("secret"), std::string::npos) << path;
  }
}

TEST_F(Http, SmugglingShapesAre400AndClosed) {
  const std::string post = "POST /api/v1/enter HTTP/1.1\r\nHost: a\r\n";
  EXPECT_EQ(raw_status(post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}"), 400);
  EXPECT_EQ(raw_status(post + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"), 400);
  EXPECT_EQ(raw_status(post + "Content-Length : 2\r\n\r\n{}"), 400);
  EXPECT_EQ(raw_status(post + "X: a\r\n b\r\nContent-Length: 2\r\n\r\n{}"), 400);
  EXPECT_EQ(raw_status(post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(raw_status("GET /api/v1/connect HTTP/1.0\r\nUpgrade: websocket\r\n\r\n"), 400);
  EXPECT_EQ(raw_status("GET / HTTP/1.1\nHost: a\n\n"), 400);
  // What follows a refused head is not read as a request.
  const std::string both = raw_http(
      server_->port(), post +
                           "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                           "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(both.find("200 OK"), std::string::npos);
  EXPECT_NE(both.find("Connection: close"), std::string::npos);
}

TEST_F(Http, SizesAreBounded) {
  EXPECT_EQ(raw_status("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(9'000, 'x') + "\r\n\r\n"),
            431);
  EXPECT_EQ(
      raw_status("POST /api/v1/enter HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                 "Content-Length: 20000\r\n\r\n"),
      413);
  // A chunked body that never ends.
  std::string chunks =
      "POST /api/v1/enter HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 20; ++i)
    chunks += "400\r\n" + std::string(1'024, 'x') + "\r\n";
  EXPECT_EQ(raw_status(chunks), 413);
  // An agenda may be big, but only for who has the key.
  const std::string big = "Content-Type: application/json\r\nContent-Length: 900000\r\n\r\n";
  EXPECT_EQ(raw_status("POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\n" + big), 413);
}

TEST_F(Http, KeepAliveServesOneAfterTheOther) {
  RawSocket socket(server_->port());
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(socket.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"));
    EXPECT_EQ(parse_answer(socket.receive(milliseconds(5'000))).status, 200);
  }
  socket.send(
      "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /readyz HTTP/1.1\r\nHost: a\r\n"
      "Connection: close\r\n\r\n");
  std::string both;
  while (!socket.closed())
    both += socket.receive(milliseconds(5'000));
  EXPECT_NE(both.find("ok\n"), std::string::npos);
  EXPECT_NE(both.find("ready\n"), std::string::npos);
}

TEST_F(Http, ASlowHeadIs408) {
  RawSocket socket(server_->port());
  socket.send("GET / HTTP/1.1\r\nHo");
  const auto began = std::chrono::steady_clock::now();
  std::string answer;
  while (!socket.closed() && std::chrono::steady_clock::now() - began < std::chrono::seconds(15)) {
    socket.send("x");  // a byte now and then keeps nobody's place
    answer += socket.receive(milliseconds(400));
  }
  EXPECT_EQ(parse_answer(answer).status, 408);
}

TEST_F(Http, TheApiRefusesWithStableCodes) {
  const auto code_of = [](const HttpAnswer& answer) { return field_of(answer.body, "code"); };
  HttpAnswer answer = server_->post("/api/v1/sessions", kSmallAgenda);
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.fields.at("content-type"), "application/problem+json");
  EXPECT_EQ(code_of(answer), "unknown_token");
  answer = server_->post("/api/v1/sessions", R"({"title": "T", "colour": "red"})", true);
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(field_of(answer.body, "field"), "colour");
  answer = server_->post("/api/v1/sessions", R"({"title": 7})", true);
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(field_of(answer.body, "field"), "title");
  answer = server_->post("/api/v1/sessions", "not json", true);
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(code_of(answer), "bad_message");
  EXPECT_EQ(
      server_->post("/api/v1/sessions", "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]", true).status,
      400);
  EXPECT_EQ(get("/api/v1/nothing").status, 404);
  answer = get("/api/v1/enter");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.fields.at("allow"), "POST");
  EXPECT_EQ(get("/api/v1/connect").status, 426);
  // A form of another site could send this without asking first.
  EXPECT_EQ(raw_status("POST /api/v1/enter HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
                       "Content-Length: 2\r\n\r\n{}"),
            415);
}

TEST_F(Http, AgendasComeOutAsTheyWentIn) {
  std::ifstream input(std::filesystem::path(PLENARY_SOURCE_DIR) /
                      "deploy/sample/partners-meeting.json");
  const std::string sample{std::istreambuf_iterator<char>(input), {}};
  ASSERT_FALSE(sample.empty());
  const std::string session = server_->create_session(sample);
  const std::string target = "/api/v1/sessions/" + session + "/agenda";
  const HttpAnswer first = get(target, server_->bearer());
  ASSERT_EQ(first.status, 200);
  const std::string copy = server_->create_session(first.body);
  EXPECT_EQ(get("/api/v1/sessions/" + copy + "/agenda", server_->bearer()).body, first.body);
  EXPECT_EQ(server_->post(target, kSmallAgenda, true).status, 422) << "append or replace";
  EXPECT_EQ(server_->post(target + "?mode=append", kSmallAgenda).status, 401);
  EXPECT_EQ(server_->post(target + "?mode=append", kSmallAgenda, true).status, 204);
  EXPECT_NE(get(target, server_->bearer()).body.find("\"Second\""), std::string::npos);
}

// The answer to the first may have been lost on its way.
TEST_F(Http, C2_ARequestSentAgainWithItsKeyActsOnce) {
  const auto keyed = [](const std::string& key) {
    return server_->bearer() + "Idempotency-Key: " + key + "\r\n";
  };
  const std::string made = "0d3C5a8e-51f2-4f0b-9d0c-9d7d2c1f4a11";
  const HttpAnswer first = post("/api/v1/sessions", kSmallAgenda, keyed('"' + made + '"'));
  ASSERT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(post("/api/v1/sessions", kSmallAgenda, keyed(made)).body, first.body);
  const HttpAnswer other =
      post("/api/v1/sessions", kSmallAgenda, keyed("0d3c5a8e-51f2-4f0b-9d0c-9d7d2c1f4a12"));
  EXPECT_NE(field_of(other.body, "session"), field_of(first.body, "session"));

  const std::string agenda = "/api/v1/sessions/" + field_of(first.body, "session") + "/agenda";
  const std::string imported = "7f5d9a0c-2f4e-4c52-8a55-0a3b8f6f0c01";
  EXPECT_EQ(post(agenda + "?mode=append", kSmallAgenda, keyed(imported)).status, 204);
  const std::string once = get(agenda, server_->bearer()).body;
  EXPECT_EQ(post(agenda + "?mode=append", kSmallAgenda, keyed(imported)).status, 204);
  EXPECT_EQ(get(agenda, server_->bearer()).body, once);
  EXPECT_EQ(post(agenda + "?mode=append", kSmallAgenda, server_->bearer()).status, 204);
  EXPECT_NE(get(agenda, server_->bearer()).body, once);

  for (const char* key :
       {"1", "\"\"", "0d3c5a8e-51f2-4f0b-9d0c-9d7d2c1f4a1", "0d3c5a8e-51f2-4f0b-9d0c-9d7d2c1f4a1g",
        "0d3c5a8e051f2-4f0b-9d0c-9d7d2c1f4a11", "-d3c5a8e-51f2-4f0b-9d0c-9d7d2c1f4a11"}) {
    const HttpAnswer refused = post(agenda + "?mode=append", kSmallAgenda, keyed(key));
    EXPECT_EQ(refused.status, 422) << key;
    EXPECT_EQ(field_of(refused.body, "field"), "Idempotency-Key") << key;
  }
}

TEST_F(Http, P5_TheFormKnowsWhatItNeeds) {
  const std::string session = server_->create_session(kSmallAgenda);
  const std::string code = server_->join_code(session);
  const HttpAnswer lobby =
      get("/api/v1/sessions/by-code/" + code.substr(0, 4) + "%20" + code.substr(4));
  ASSERT_EQ(lobby.status, 200);
  EXPECT_EQ(field_of(lobby.body, "session"), session);
  EXPECT_EQ(field_of(lobby.body, "entry"), "open");
  EXPECT_NE(lobby.body.find("Georgia"), std::string::npos);
  EXPECT_EQ(get("/api/v1/sessions/by-code/00000000").status, 404);
  const std::string token = server_->invite(session, R"({"role": "note_taker", "name": "Nora"})");
  const HttpAnswer by_link =
      get("/api/v1/sessions/" + session + "/lobby", "Authorization: Bearer " + token + "\r\n");
  ASSERT_EQ(by_link.status, 200) << by_link.body;
  EXPECT_EQ(field_of(by_link.body, "name"), "Nora");
  EXPECT_EQ(field_of(by_link.body, "role"), "note_taker");
  EXPECT_EQ(get("/api/v1/sessions/" + session + "/lobby").status, 401);
}

}  // namespace
}  // namespace plenary::test
