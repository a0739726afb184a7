#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "config/options.hpp"
#include "config/values.hpp"

namespace plenary::config {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::expected<Invocation, std::string> parse_words(std::vector<const char*> words) {
  words.insert(words.begin(), "plenary");
  return parse(static_cast<int>(words.size()), words.data());
}

Options served(std::vector<const char*> words) {
  words.insert(words.begin(), {"serve", "--data", "data"});
  auto parsed = parse_words(words);
  if (!parsed) {
    ADD_FAILURE() << parsed.error();
    return {};
  }
  return std::get<Options>(*parsed);
}

std::string refused(std::vector<const char*> words) {
  words.insert(words.begin(), {"serve", "--data", "data"});
  const auto parsed = parse_words(words);
  return parsed ? "accepted" : parsed.error();
}

TEST(Config, OnlyTheDataFolderIsNeeded) {
  const Options options = served({});
  EXPECT_EQ(options.data, "data");
  EXPECT_EQ(options.listen_address, "127.0.0.1");
  EXPECT_EQ(options.listen_port, 8080);
  EXPECT_EQ(options.public_url, "");
  EXPECT_THAT(options.trusted_proxies, IsEmpty());
  EXPECT_EQ(options.retention_days, 365);
  EXPECT_THAT(options.warnings, IsEmpty());
  EXPECT_THAT(parse_words({"serve"}).error(), HasSubstr("--data is missing"));
}

TEST(Config, EveryOptionIsTaken) {
  const Options options = served({"--listen",
                                  "[::1]:0",
                                  "--public-url",
                                  "https://Meeting.example.org/",
                                  "--web",
                                  "/usr",
                                  "--demo",
                                  "/proc/self/exe",
                                  "--threads",
                                  "3",
                                  "--log-level",
                                  "debug",
                                  "--max-connections",
                                  "12",
                                  "--trusted-proxy",
                                  "10.0.0.0/8,fd00::/8",
                                  "--outside-issuer-key",
                                  "/proc/self/exe",
                                  "--outside-issuer",
                                  "https://id.example.org",
                                  "--outside-audience",
                                  "plenary",
                                  "--retention-days",
                                  "30",
                                  "--port-file",
                                  "port"});
  EXPECT_EQ(options.listen_address, "::1");
  EXPECT_EQ(options.listen_port, 0);
  EXPECT_EQ(options.public_url, "https://meeting.example.org");
  EXPECT_EQ(options.web, "/usr");
  EXPECT_EQ(options.demo, "/proc/self/exe");
  EXPECT_EQ(options.threads, 3U);
  EXPECT_EQ(options.log_level, "debug");
  EXPECT_EQ(options.max_connections, 12U);
  ASSERT_EQ(options.trusted_proxies.size(), 2U);
  EXPECT_TRUE(options.trusted_proxies[0].contains("10.2.3.4"));
  EXPECT_TRUE(options.trusted_proxies[1].contains("fd00::1"));
  EXPECT_EQ(options.outside_issuer, "https://id.example.org");
  EXPECT_EQ(options.outside_audience, "plenary");
  EXPECT_EQ(options.retention_days, 30);
  EXPECT_EQ(options.port_file, "port");
}

TEST(Config, EveryBadValueNamesItsOptionAndWhatWouldBeTaken) {
  const std::vector<std::pair<std::vector<const char*>, const char*>> cases = {
      {{"--listen", "8080"}, "ADDRESS:PORT"},
      {{"--listen", "localhost:8080"}, "ADDRESS:PORT"},
      {{"--listen", "127.0.0.1:65536"}, "ADDRESS:PORT"},
      {{"--listen", "::1:80"}, "ADDRESS:PORT"},
      {{"--public-url", "meeting.example.org"}, "https://"},
      {{"--public-url", "https://meeting.example.org/plenary"}, "nothing behind"},
      {{"--public-url", "https://user@meeting.example.org"}, "nothing behind"},
      {{"--public-url", "ftp://meeting.example.org"}, "https://"},
      {{"--web", "/nonexistent"}, "a folder that exists"},
      {{"--demo", "/nonexistent.json"}, "a file that exists"},
      {{"--threads", "many"}, "from 0 to 256"},
      {{"--threads", "-1"}, "from 0 to 256"},
      {{"--log-level", "loud"}, "debug, info, warning, error or off"},
      {{"--max-connections", "0"}, "from 1 to"},
      {{"--max-connections", "1e4"}, "a whole number"},
      {{"--trusted-proxy", "10.0.0.0/33"}, "range of addresses"},
      {{"--trusted-proxy", "proxy.example.org"}, "range of addresses"},
      {{"--outside-issuer-key", "/nonexistent.pem"}, "a file that exists"},
      {{"--retention-days", "99999"}, "from 1 to 3650"},
  };
  for (const auto& [words, accepted] : cases) {
    EXPECT_THAT(refused(words),
                AllOf(HasSubstr(words[0]), HasSubstr(words[1]), HasSubstr(accepted)));
  }
}

TEST(Config, WhatBelongsTogetherIsGivenTogether) {
  EXPECT_THAT(refused({"--outside-issuer", "x"}), HasSubstr("needs --outside-issuer-key"));
  EXPECT_THAT(refused({"--outside-issuer-key", "/proc/self/exe"}),
              HasSubstr("needs --outside-issuer"));
  EXPECT_THAT(refused({"--outside-audience", "x"}), HasSubstr("needs --outside-issuer-key"));
}

TEST(Config, UnknownWordsAreRefused) {
  EXPECT_THAT(refused({"--lisen", "x"}), HasSubstr("--lisen"));
  EXPECT_FALSE(parse_words({"sreve"}));
  EXPECT_FALSE(parse_words({}));
}

TEST(Config, VersionAndHelpAreShown) {
  EXPECT_TRUE(std::holds_alternative<ShowVersion>(parse_words({"version"}).value()));
  const auto help = parse_words({"serve", "--help"}).value();
  EXPECT_THAT(std::get<ShowHelp>(help).text, HasSubstr("--public-url"));
  EXPECT_THAT(std::get<ShowHelp>(parse_words({"--help"}).value()).text, HasSubstr("serve"));
}

TEST(Config, TheEnvironmentStandsInAndTheCommandLineWins) {
  setenv("PLENARY_THREADS", "7", 1);
  setenv("PLENARY_DATA", "elsewhere", 1);
  EXPECT_EQ(served({}).threads, 7U);
  EXPECT_EQ(served({"--threads", "2"}).threads, 2U);
  EXPECT_EQ(std::get<Options>(parse_words({"serve"}).value()).data, "elsewhere");
  setenv("PLENARY_THREADS", "seven", 1);
  EXPECT_THAT(refused({}), AllOf(HasSubstr("--threads"), HasSubstr("seven")));
  unsetenv("PLENARY_THREADS");
  unsetenv("PLENARY_DATA");
}

TEST(Config, C5_APublicUrlWithoutHttpsIsWarnedOf) {
  EXPECT_THAT(served({"--public-url", "http://meeting.example.org"}).warnings,
              ::testing::ElementsAre(HasSubstr("not HTTPS")));
  EXPECT_THAT(served({"--listen", "0.0.0.0:80"}).warnings,
              ::testing::ElementsAre(HasSubstr("--public-url")));
  for (const char* url : {"https://meeting.example.org", "http://localhost:8080",
                          "http://127.0.0.1:8080", "http://[::1]:8080"}) {
    EXPECT_THAT(served({"--public-url", url}).warnings, IsEmpty()) << url;
  }
}

TEST(Config, NetworksContainWhatTheirBitsSay) {
  const Network odd = *read_network("192.168.12.0/22");
  EXPECT_TRUE(odd.contains("192.168.12.1"));
  EXPECT_TRUE(odd.contains("192.168.15.255"));
  EXPECT_FALSE(odd.contains("192.168.16.0"));
  EXPECT_TRUE(odd.contains("::ffff:192.168.13.1"));
  EXPECT_FALSE(odd.contains("::1"));
  EXPECT_FALSE(odd.contains("anything"));
  EXPECT_TRUE(read_network("0.0.0.0/0")->contains("8.8.8.8"));
  EXPECT_FALSE(read_network("0.0.0.0/0")->contains("2001:db8::1"));
  EXPECT_TRUE(read_network("::/0")->contains("8.8.8.8"));
  EXPECT_FALSE(read_network("192.168.1.7")->contains("192.168.1.8"));
  EXPECT_FALSE(read_network(std::string_view("10.0.0.1\0x", 10)));
}

}  // namespace
}  // namespace plenary::config
