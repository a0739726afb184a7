#include "adapters/jwt/key_store.hpp"

#include <gmock/gmock.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>
#include <vector>

namespace plenary::adapters {
namespace {

using ::testing::HasSubstr;

class KeyStore : public ::testing::Test {
 protected:
  KeyStore() {
    std::string pattern = (std::filesystem::temp_directory_path() / "plenary-keys-XXXXXX").string();
    EXPECT_NE(mkdtemp(pattern.data()), nullptr);
    parent_ = pattern;
    folder_ = parent_ / "data";
  }
  ~KeyStore() override { std::filesystem::remove_all(parent_); }

  void write(const char* name, const std::string& text, mode_t mode = 0600) {
    std::filesystem::create_directory(folder_);
    std::ofstream(folder_ / name) << text;
    chmod((folder_ / name).c_str(), mode);
  }
  std::string refused() {
    const auto keys = open_keys(folder_);
    return keys ? "accepted" : keys.error();
  }
  static unsigned mode(const std::filesystem::path& path) {
    struct stat status {};
    EXPECT_EQ(stat(path.c_str(), &status), 0);
    return status.st_mode & 07777;
  }
  std::filesystem::path parent_;
  std::filesystem::path folder_;
};

TEST_F(KeyStore, FirstStartMakesKeysForTheOwnerAlone) {
  const auto keys = open_keys(folder_);
  ASSERT_TRUE(keys) << keys.error();
  EXPECT_EQ(keys->token_key.size(), 32U);
  EXPECT_EQ(keys->organizer_key.size(), 64U);
  EXPECT_EQ(mode(folder_), 0700U);
  EXPECT_EQ(mode(folder_ / "token.key"), 0600U);
  EXPECT_EQ(mode(folder_ / "organizer.key"), 0600U);
  std::string line;
  std::ifstream(folder_ / "organizer.key") >> line;
  EXPECT_EQ(line, keys->organizer_key);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 2);
}

TEST_F(KeyStore, LaterStartsReadTheSame) {
  const auto first = open_keys(folder_);
  const auto second = open_keys(folder_);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->token_key, second->token_key);
  EXPECT_EQ(first->organizer_key, second->organizer_key);
  const auto elsewhere = open_keys(parent_ / "other");
  EXPECT_NE(first->token_key, elsewhere->token_key);
}

TEST_F(KeyStore, StartsAtOnceAgree) {
  std::filesystem::create_directory(folder_);
  std::vector<std::string> keys(8);
  {
    std::vector<std::jthread> threads;
    for (std::string& key : keys) {
      threads.emplace_back([this, &key] {
        // Threads share a process id, hence the name of the draft: some may lose, none may differ.
        if (const auto opened = open_keys(folder_)) key = opened->token_key;
      });
    }
  }
  const auto settled = open_keys(folder_);
  ASSERT_TRUE(settled) << settled.error();
  for (const std::string& key : keys) {
    EXPECT_TRUE(key.empty() || key == settled->token_key);
  }
}

TEST_F(KeyStore, AKeyThatOthersCanReadIsRefused) {
  ASSERT_TRUE(open_keys(folder_));
  for (const mode_t loose : {0640, 0604, 0660, 0777}) {
    chmod((folder_ / "token.key").c_str(), loose);
    EXPECT_THAT(refused(), HasSubstr("can be read or written by others"));
    EXPECT_THAT(refused(), HasSubstr("token.key"));
  }
  chmod((folder_ / "token.key").c_str(), 0600);
  EXPECT_EQ(refused(), "accepted");
}

TEST_F(KeyStore, ADamagedKeyIsRefusedAndKept) {
  const std::string hex(64, 'a');
  for (const std::string& text :
       {std::string(), std::string("\n"), hex.substr(1) + "\n", hex + "a\n", hex.substr(1) + "g\n",
        hex + "\n\n", std::string(64, '\0')}) {
    write("token.key", text);
    EXPECT_THAT(refused(), HasSubstr("64 hexadecimal digits"));
    std::ifstream file(folder_ / "token.key");
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), text);
  }
  write("token.key", hex);
  EXPECT_EQ(refused(), "accepted");
}

TEST_F(KeyStore, WhatIsNoFileIsRefused) {
  std::filesystem::create_directories(folder_ / "token.key");
  EXPECT_THAT(refused(), HasSubstr("is not a file"));
  std::filesystem::remove(folder_ / "token.key");
  write("elsewhere.key", std::string(64, 'a'));
  std::filesystem::create_symlink(folder_ / "elsewhere.key", folder_ / "token.key");
  EXPECT_THAT(refused(), HasSubstr("cannot be opened"));
}

TEST_F(KeyStore, AFolderThatCannotBeMadeIsNamed) {
  folder_ = parent_ / "missing" / "data";
  EXPECT_THAT(refused(), HasSubstr("No such file or directory"));
}

}  // namespace
}  // namespace plenary::adapters
