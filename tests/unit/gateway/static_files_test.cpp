#include "gateway/static_files.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "gateway/text.hpp"

namespace plenary::gateway {
namespace {

namespace fs = std::filesystem;

// Enough to tell contents apart.
StaticFiles::Digest digest(std::string_view bytes) {
  StaticFiles::Digest result{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    result[i % 12] = static_cast<std::uint8_t>(result[i % 12] * 31 + bytes[i]);
  }
  return result;
}

class StaticFilesTest : public testing::Test {
 protected:
  StaticFilesTest() {
    std::string name = (fs::temp_directory_path() / "plenary-static-XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
    fs::create_directories(root_ / "web" / "assets");
    write("web/index.html", "page");
  }
  ~StaticFilesTest() override { fs::remove_all(root_); }

  void write(const std::string& path, const std::string& text) {
    std::ofstream(root_ / path) << text;
  }
  StaticFiles load() {
    auto files = StaticFiles::load(root_ / "web", digest);
    EXPECT_TRUE(files) << files.error();
    return std::move(*files);
  }
  static Request get(const std::string& path) {
    Request request;
    request.method = "GET";
    request.path = path;
    return request;
  }

  fs::path root_;
};

TEST_F(StaticFilesTest, W10_OnlyWhatLiesInTheFolder) {
  write("secret", "secret");
  fs::create_symlink(root_ / "secret", root_ / "web" / "out.txt");
  write("web/in.txt", "inside");
  fs::create_symlink(root_ / "web" / "in.txt", root_ / "web" / "also.txt");
  const StaticFiles files = load();
  EXPECT_EQ(files.respond(get("/out.txt")).status, 404);
  EXPECT_EQ(files.respond(get("/../secret")).status, 404);
  EXPECT_EQ(files.respond(get("/in.txt")).content(), "inside");
  EXPECT_EQ(files.respond(get("/also.txt")).content(), "inside");
}

TEST_F(StaticFilesTest, WhoAsksForAPageWhereNoneIsReadsThatInOne) {
  const StaticFiles files = load();
  for (const char* path : {"/foo", "/j/", "/s/", "/s/abc/nothing", "/assets/gone-12345678.js"}) {
    Request typed = get(path);
    EXPECT_EQ(files.respond(typed).type, "application/problem+json") << path;
    typed.fields["accept"] = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";
    typed.fields["if-none-match"] = "*";
    const auto response = files.respond(typed);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(response.content(), files.respond(get("/")).content()) << path;
    typed.method = "POST";
    EXPECT_EQ(files.respond(typed).status, 405) << path;
  }
}

TEST_F(StaticFilesTest, ACodedFileWithoutItsPlainOneIsNotServed) {
  write("web/alone.js.br", "coded");
  EXPECT_EQ(load().respond(get("/alone.js")).status, 404);
  EXPECT_EQ(load().respond(get("/alone.js.br")).status, 404);
}

TEST_F(StaticFilesTest, AFolderWithoutAPageIsRefused) {
  EXPECT_FALSE(StaticFiles::load(root_ / "web" / "assets", digest));
  EXPECT_FALSE(StaticFiles::load(root_ / "nothing", digest));
}

TEST_F(StaticFilesTest, ChangedContentChangesTheTag) {
  const std::string before = load().respond(get("/")).fields.at(0).second;
  write("web/index.html", "other");
  EXPECT_NE(load().respond(get("/")).fields.at(0).second, before);
}

TEST_F(StaticFilesTest, A3_AHashedNameHasNoTagAndNoPolicyOfAPage) {
  write("web/assets/app-1a2B3c4_.js", "script");
  const StaticFiles files = load();
  const Response script = files.respond(get("/assets/app-1a2B3c4_.js"));
  EXPECT_TRUE(script.is_part);
  EXPECT_EQ(script.fields.at(0).first, "Cache-Control");
  EXPECT_FALSE(files.respond(get("/")).is_part);
}

TEST_F(StaticFilesTest, W10_ScriptsInThePageAreAllowedByTheirDigest) {
  EXPECT_EQ(load().own_scripts(), "");
  write("web/index.html", "<script>one</script><script src=\"/two.js\"></script><p>page</p>");
  const std::string expected = base64(digest("one"));
  EXPECT_EQ(load().own_scripts(), " 'sha256-" + expected + "'");
}

TEST(ScriptsInAPage, AreThoseWithText) {
  using Texts = std::vector<std::string_view>;
  EXPECT_EQ(scripts_in("<html><script data-a=\"b\">one()</script> <script>two</script>"),
            (Texts{"one()", "two"}));
  EXPECT_EQ(scripts_in("<script nomodule src=\"/old.js\"></script><main></main>"), Texts{});
  EXPECT_EQ(scripts_in("<script>without an end"), Texts{});
  EXPECT_EQ(scripts_in("<script"), Texts{});
}

// RFC 4648, 10.
TEST(Base64, PadsToGroupsOfFour) {
  const auto coded = [](std::string_view text) {
    return base64(std::vector<std::uint8_t>(text.begin(), text.end()));
  };
  EXPECT_EQ(coded(""), "");
  EXPECT_EQ(coded("f"), "Zg==");
  EXPECT_EQ(coded("fo"), "Zm8=");
  EXPECT_EQ(coded("foo"), "Zm9v");
  EXPECT_EQ(coded("foob"), "Zm9vYg==");
  EXPECT_EQ(coded("fooba"), "Zm9vYmE=");
  EXPECT_EQ(coded("\xff\xfb\xfe"), "//v+");
}

TEST(AcceptEncoding, W10_Qualities) {
  EXPECT_EQ(accepted_quality("gzip, br", "br"), 1);
  EXPECT_EQ(accepted_quality("gzip;q=0.5", "gzip"), 0.5);
  EXPECT_EQ(accepted_quality("gzip;q=0", "gzip"), 0);
  EXPECT_EQ(accepted_quality("GZIP ; Q=0.3", "gzip"), 0.3);
  EXPECT_EQ(accepted_quality("*;q=0.2", "br"), 0.2);
  EXPECT_EQ(accepted_quality("br;q=0, *", "br"), 0);
  EXPECT_EQ(accepted_quality("", "br"), 0);
  EXPECT_EQ(accepted_quality("br;q=nonsense", "br"), 0);
  EXPECT_EQ(accepted_quality("brotli", "br"), 0);
  EXPECT_EQ(accepted_quality(",,;,", "br"), 0);
}

TEST(IfNoneMatch, W10_Lists) {
  EXPECT_TRUE(none_match_names("\"a\"", "\"a\""));
  EXPECT_TRUE(none_match_names("\"b\" , W/\"a\"", "\"a\""));
  EXPECT_TRUE(none_match_names("*", "\"a\""));
  EXPECT_FALSE(none_match_names("\"ab\"", "\"a\""));
  EXPECT_FALSE(none_match_names("", "\"a\""));
}

TEST(PageRoutes, AreThoseOfTheProduct) {
  for (const char* path :
       {"/", "/j/12345678", "/s/x", "/s/x/moderate", "/s/x/minutes", "/s/x/display", "/s/x/record",
        "/s/x/agenda", "/s/x/invitations", "/s/x/print"}) {
    EXPECT_TRUE(is_page_route(path)) << path;
  }
  for (const char* path : {"/j", "/j/", "/s", "/s/", "/s//", "/s/x/", "/s/x/other",
                           "/s/x/moderate/more", "/s//moderate", "/x/y", "/j/1/2"}) {
    EXPECT_FALSE(is_page_route(path)) << path;
  }
}

TEST(HashedNames, AreThoseThatViteMakes) {
  EXPECT_TRUE(is_hashed_name("/assets/index-DiwrgTda.js"));
  EXPECT_TRUE(is_hashed_name("/assets/a-b-c-1-_45678.css"));
  EXPECT_TRUE(is_hashed_name("/assets/index-Diwr-Tda.js"));
  EXPECT_TRUE(is_hashed_name("/assets/index-DiwrgTda.js.map"));
  EXPECT_FALSE(is_hashed_name("/index-DiwrgTda.js"));
  EXPECT_FALSE(is_hashed_name("/assets/index.js"));
  EXPECT_FALSE(is_hashed_name("/assets/my-file.js"));
  EXPECT_FALSE(is_hashed_name("/assets/noextension-DiwrgTda"));
}

}  // namespace
}  // namespace plenary::gateway
