// What an honest or a hostile browser can make a document take: memory, work and room, and that
// what was taken can always be loaded again.
#include <gtest/gtest.h>

#include "notes/block.hpp"
#include "notes/walk.hpp"
#include "unit/notes/notes_given.hpp"

namespace plenary::notes {
namespace {

using namespace plenary::notes::testing;

TEST(NotesBounds, DeletionsTakeRoomToo) {
  Limits limits;
  limits.max_blocks = 100;
  for (const bool keep : {true, false}) {
    const DocumentOptions options{.roots = {}, .keep_deleted = keep, .limits = limits};
    Document document(options);
    take(document, first_text(7, std::string(1000, 'a')));
    EXPECT_EQ(refusal(document, every_second(400)), RefusalCode::kFull);
    EXPECT_LE(document.size().blocks, 2U);
    take(document, every_second(20));
    expect_comes_back(document, options);
  }
  Limits narrow;
  narrow.max_content_bytes = 4100;
  Document document({.roots = {}, .keep_deleted = true, .limits = narrow});
  take(document, first_text(7, repeated("😀", 1000)));
  EXPECT_EQ(refusal(document, every_second(1000)), RefusalCode::kFull);
}

TEST(NotesBounds, AFullDocumentCanBeEmptied) {
  Limits limits;
  limits.max_content_bytes = 1000;
  Document document({.roots = {}, .keep_deleted = false, .limits = limits});
  take(document, first_text(7, std::string(980, 'a')));
  EXPECT_EQ(refusal(document, text_after(7, 980, 7, 979, std::string(40, 'b'))),
            RefusalCode::kFull);
  take(document, deletion(7, 3, 900));
  take(document, text_after(7, 980, 7, 979, "b"));
  EXPECT_EQ(plain_text(document, "text"), "aaa" + std::string(77, 'a') + "b");
}

TEST(NotesBounds, WhatIsOursIsNeverTooMuch) {
  Limits limits;
  limits.max_blocks = 3;
  limits.max_content_bytes = 4;
  limits.max_names = 1;
  limits.max_types = 1;
  Document document({.roots = {}, .keep_deleted = true, .limits = limits});
  take(document, bytes({1, 1, 7, 0, Raw{0x07}, 1, "text", 3, "paragraph", 0}), kFromStore);
  take(document, bytes({1, 1, 8, 0, Raw{0x04}, 0, 7, 0, "more than four", 0}), kFromStore);
  EXPECT_EQ(refusal(document, text_after(8, 14, 8, 13, "x")), RefusalCode::kFull);
}

TEST(NotesBounds, NewNamesAreCountedBeforeTheyAreTaken) {
  Limits limits;
  limits.max_names = 4;
  Document document({.roots = {"text"}, .keep_deleted = false, .limits = limits});
  std::string update;
  Writer out(update);
  for (const std::uint64_t number : {1, 10, 7, 0})
    out.number(number);
  for (char name = 'a'; name < 'a' + 10; ++name) {
    out.byte(0x28);
    out.number(1);
    out.blob("text");
    out.blob(std::string_view(&name, 1));
    out.number(1);
    out.byte(0x7E);
  }
  out.number(0);
  EXPECT_EQ(refusal(document, update), RefusalCode::kFull);
  const auto set = [](int clock, std::string_view key) {
    return bytes({1, 1, 7, clock, Raw{0x28}, 1, "text", key, 1, Raw{0x7E}, 0});
  };
  take(document, set(0, "a"));
  take(document, set(1, "b"));
  take(document, set(2, "c"));
  EXPECT_EQ(refusal(document, set(3, "d")), RefusalCode::kFull);
  take(document, bytes({1, 1, 7, 3, Raw{0xA8}, 7, 2, 1, Raw{0x7E}, 0}));  // "c" once more
}

TEST(NotesBounds, TypesThatWereCollectedMakeRoom) {
  Limits limits;
  limits.max_types = 8;
  Document document({.roots = {"text"}, .keep_deleted = false, .limits = limits});
  for (int clock = 0; clock < 100; ++clock) {
    take(document, bytes({1, 1, 7, clock, Raw{0x07}, 1, "text", 3, "paragraph", 0}));
    take(document, deletion(7, clock, 1));
  }
  // A type inside a type, with a key, all collected at once.
  for (int clock = 100; clock < 400; clock += 3) {
    take(document,
         bytes({1,         3, 7,      clock,                                //
                Raw{0x07}, 1, "text", 3,         "paragraph",               //
                Raw{0x07}, 0, 7,      clock,     3,           "paragraph",  //
                Raw{0x28}, 0, 7,      clock + 1, "key",       1,           Raw{0x7E}, 0}));
    take(document, deletion(7, clock, 1));
  }
  expect_comes_back(document, {.roots = {"text"}, .keep_deleted = false, .limits = limits});
}

TEST(NotesBounds, AValueHasABound) {
  Document document({.roots = {"text"}, .keep_deleted = false, .limits = {}});
  EXPECT_EQ(refusal(document, row_of(kFromBrowser.max_value_bytes + 1, 0x7E)),
            RefusalCode::kTooLarge);
  take(document, row_of(kFromBrowser.max_value_bytes, 0x7E));
  const std::string json = '"' + std::string(kFromBrowser.max_format_bytes, 'x') + '"';
  EXPECT_EQ(refusal(document, bytes({1, 1, 8, 0, Raw{0x06}, 1, "text", "link", json, 0})),
            RefusalCode::kTooLarge);
  // A long run under a key would be kept in one piece.
  std::string update;
  Writer out(update);
  for (const std::uint64_t number : {1, 1, 9, 0})
    out.number(number);
  out.byte(0x28);
  out.number(1);
  out.blob("text");
  out.blob("key");
  out.number(2 * kPieceBytes);
  out.raw(std::string(2 * kPieceBytes, 0x7E));
  out.number(0);
  EXPECT_EQ(refusal(document, update), RefusalCode::kTooLarge);
}

TEST(NotesBounds, AKeystrokeDoesNotWrapTheClock) {
  constexpr std::uint64_t kNearTheEnd = kMaxClock - 16;
  std::string collected;
  Writer out(collected);
  for (const std::uint64_t number : {1, 1, 7, 0, 0})
    out.number(number);
  out.number(kNearTheEnd);
  out.number(0);
  Document document;
  take(document, collected, kFromStore);
  const auto text = [](std::uint64_t clock, std::string_view letters) {
    std::string update;
    Writer writer(update);
    for (const std::uint64_t number : {std::uint64_t{1}, std::uint64_t{1}, std::uint64_t{7}, clock})
      writer.number(number);
    const bool first = clock == kNearTheEnd;
    writer.byte(first ? 0x04 : 0x84);
    writer.number(first ? 1 : 7);
    if (first) {
      writer.blob("text");
    } else {
      writer.number(clock - 1);
    }
    writer.blob(letters);
    writer.number(0);
    return update;
  };
  take(document, text(kNearTheEnd, "x"));
  EXPECT_EQ(refusal(document, text(kNearTheEnd + 1, std::string(100, 'y'))),
            RefusalCode::kTooLarge);
  take(document, text(kNearTheEnd + 1, std::string(15, 'y')));
  EXPECT_EQ(document.next_clock(7), kMaxClock);
  EXPECT_EQ(plain_text(document, "text"), "x" + std::string(15, 'y'));
}

// Letters of new clients, all behind the same unit: each has to go past those before it.
TEST(NotesBounds, SearchesForPlacesAreBoundedForGood) {
  Limits limits;
  limits.max_scanned = 1000;
  Document document({.roots = {"text"}, .keep_deleted = false, .limits = limits});
  take(document, first_text(7, "ab"));
  int client = 10;
  while (document.apply(text_after(client, 0, 7, 0, "x"), kFromBrowser))
    ++client;
  EXPECT_NEAR(client, 10 + 45, 2);  // 1 + 2 + … + 44 = 990
  const std::uint64_t hash = document.content_hash();
  EXPECT_EQ(refusal(document, text_after(client, 0, 7, 0, "x")), RefusalCode::kOverBudget);
  EXPECT_EQ(document.content_hash(), hash);
  EXPECT_TRUE(document.last_inserted().empty());
  // Who has nothing to search for still writes.
  take(document, text_after(7, 2, 7, 1, "c"));
  take(document, text_after(client, 0, 7, 2, "d"));
  expect_comes_back(document, {.roots = {"text"}, .keep_deleted = false, .limits = limits});
}

TEST(NotesBounds, AnUpdateThatSearchesTooLongLeavesNothing) {
  Policy policy = kFromBrowser;
  policy.max_scanned = 100;
  Document document;
  take(document, first_text(7, "ab"));
  std::string update;
  Writer out(update);
  out.number(40);
  for (std::uint64_t client = 50; client > 10; --client) {
    out.number(1);
    out.number(client);
    out.number(0);
    out.byte(0x84);
    out.number(7);
    out.number(0);
    out.blob("x");
  }
  out.number(0);
  // Written from the highest client on, each stands at once; the other way round they don't.
  const std::uint64_t hash = document.content_hash();
  const auto outcome = document.check(update, policy);
  EXPECT_EQ(document.content_hash(), hash);
  EXPECT_EQ(document.apply(update, policy).has_value(), outcome.has_value());
  for (int client = 11; client < 20; ++client)
    take(document, text_after(client, 0, 7, 0, "x"), policy);
  EXPECT_EQ(document.check(text_after(200, 0, 7, 0, "x"), policy).has_value(),
            document.apply(text_after(200, 0, 7, 0, "x"), policy).has_value());
}

TEST(NotesBounds, AnEarlierStateMayNameWhoHadWrittenNothing) {
  Document document({.roots = {}, .keep_deleted = true, .limits = {}});
  take(document, first_text(7, "ab"));
  Snapshot snapshot = document.snapshot();
  snapshot.known.set(99, 0);
  const auto then = document.at(snapshot);
  ASSERT_TRUE(then);
  EXPECT_EQ(plain_text(*then, "text"), "ab");
}

TEST(NotesBounds, ACheckOfAKeystrokeTellsWhatApplyDoes) {
  Document document;
  take(document, first_text(7, "a"));
  const std::string update = text_after(7, 1, 7, 0, "é");
  const std::uint64_t hash = document.content_hash();
  const auto admission = document.check(update, kFromBrowser);
  ASSERT_TRUE(admission);
  EXPECT_TRUE(admission->changes);
  EXPECT_FALSE(admission->waits);
  ASSERT_EQ(admission->inserts.size(), 1U);
  EXPECT_EQ(admission->inserts.front(), (ClockRange{7, 1, 1}));
  EXPECT_EQ(document.content_hash(), hash);
  take(document, update);
  EXPECT_EQ(plain_text(document, "text"), "aé");
}

}  // namespace
}  // namespace plenary::notes
