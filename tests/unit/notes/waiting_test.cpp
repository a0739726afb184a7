// What waits for its causes, and what clients say of themselves that cannot be: whatever was taken
// makes an equal document again.
#include <gtest/gtest.h>

#include "notes/walk.hpp"
#include "unit/notes/notes_given.hpp"

namespace plenary::notes {
namespace {

using namespace plenary::notes::testing;

bool takes(Document& document, const std::string& update, const Policy& policy = kFromStore) {
  return document.apply(update, policy).has_value();
}

// Text behind a unit and before another one.
std::string text_between(int client, int clock, Id left, Id right, std::string_view text) {
  const auto number = [](std::uint64_t value) { return static_cast<int>(value); };
  return bytes({1, 1, client, clock, Raw{0xC4}, number(left.client), number(left.clock),
                number(right.client), number(right.clock), text, 0});
}

TEST(NotesWaiting, PartsThatContradictEachOtherComeBack) {
  // Client 8 says two things of its clocks 2 to 5.
  Document document;
  ASSERT_TRUE(takes(document, text_after(8, 2, 7, 0, "later")));
  ASSERT_TRUE(takes(document, text_between(8, 0, {7, 1}, {9, 0}, "sooner")));
  EXPECT_EQ(document.waiting().missing, (std::vector<Id>{{7, 1}}));
  expect_comes_back(document);
  ASSERT_TRUE(takes(document, first_text(9, "right")));
  ASSERT_TRUE(takes(document, first_text(7, "ab")));
  EXPECT_EQ(document.waiting().bytes, 0U);
  EXPECT_EQ(document.next_clock(8), 7U);
  expect_comes_back(document);
}

TEST(NotesWaiting, WhatIsKnownMeanwhileIsNotWaitedFor) {
  Document document;
  ASSERT_TRUE(takes(document, text_after(8, 0, 7, 0, "abcd")));
  // The same clocks once more, without a cause that is missing: the rest goes in behind them.
  ASSERT_TRUE(takes(document, first_text(8, "xy")));
  EXPECT_EQ(document.waiting().bytes, 0U);
  EXPECT_EQ(plain_text(document, "text"), "xycd");
  expect_comes_back(document);
}

TEST(NotesWaiting, AKnownBeginningCountsWhateverItsRestSays) {
  // Of the rest, the encoding says only that it goes on.
  Document document;
  ASSERT_TRUE(takes(document, first_text(8, "xy")));
  ASSERT_TRUE(takes(document, text_after(8, 0, 7, 0, "abcd")));
  EXPECT_EQ(plain_text(document, "text"), "xycd");
  EXPECT_EQ(document.waiting().bytes, 0U);
  expect_comes_back(document);
}

TEST(NotesWaiting, ARestGoesOnWhetherItsFormerParentIsKeptOrNot) {
  // A deleted node, text elsewhere under the next clocks, and then a text that says that all of it
  // stands in the node.
  const std::string node = bytes({1, 1, 1, 0, Raw{7}, 1, "xml", 3, "p", 0});
  const std::string text = bytes({1, 1, 1, 1, Raw{4}, 1, "text", "ab", 0});
  const std::string in_node = bytes({1, 1, 1, 1, Raw{4}, 0, 1, 0, "cdef", 0});
  Document kept({.roots = {}, .keep_deleted = true, .limits = {}});
  Document collected;
  for (Document* document : {&kept, &collected}) {
    for (const std::string& update : {node, deletion(1, 0, 1), text, in_node})
      ASSERT_TRUE(takes(*document, update));
    EXPECT_EQ(plain_text(*document, "text"), "abef");
  }
  EXPECT_EQ(kept.snapshot(), collected.snapshot());
}

TEST(NotesWaiting, NeighboursInDifferentListsAreRefused) {
  Document document;
  ASSERT_TRUE(takes(document, first_text(7, "ab")));
  ASSERT_TRUE(takes(document, bytes({1, 1, 8, 0, Raw{4}, 1, "other", "cd", 0})));
  for (const Policy& policy : {kFromBrowser, kFromStore}) {
    const auto outcome = document.apply(text_between(9, 0, {7, 0}, {8, 1}, "x"), policy);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, RefusalCode::kBadReference);
  }
  // Also where one of the lists comes with the same update.
  const auto outcome = document.apply(bytes({1, 2, 9, 0, Raw{4}, 1, "third", "x",  //
                                             Raw{0xC4}, 7, 0, 9, 0, "y", 0}),
                                      kFromBrowser);
  EXPECT_FALSE(outcome);
  EXPECT_EQ(document.next_clock(9), 0U);
}

TEST(NotesWaiting, DeletionsThatWaitAreBounded) {
  DocumentOptions options;
  options.limits.max_pending_bytes = 400;
  Document document(options);
  std::string many;
  Writer writer(many);
  writer.raw(bytes({0, 1, 7, 100}));
  for (std::uint64_t at = 0; at < 100; ++at) {
    writer.number(2 * at);
    writer.number(1);
  }
  const auto checked = document.check(many, kFromStore);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, RefusalCode::kFull);
  EXPECT_FALSE(takes(document, many));
  EXPECT_EQ(document.waiting().bytes, 0U);
  // One that came twice is kept once.
  for (int time = 0; time < 100; ++time)
    ASSERT_TRUE(takes(document, deletion(7, 3, 2)));
  expect_comes_back(document, options);
}

TEST(NotesWaiting, AFullDocumentComesBack) {
  DocumentOptions options;
  options.limits.max_blocks = 40;
  options.limits.max_content_bytes = 60;
  options.limits.max_types = 20;
  options.limits.max_roots = 2;
  Document document(options);
  // Many keys of one new root, then letters, each before the one that came before it.
  for (const std::string_view key : {"a", "b", "c", "d", "e", "f"}) {
    const auto clock = static_cast<int>(document.next_clock(7));
    ASSERT_TRUE(takes(document, bytes({1, 1, 7, clock, Raw{0x28}, 1, "map", key, 1, Raw{126}, 0})));
  }
  ASSERT_TRUE(takes(document, first_text(8, "x")));
  int clock = 1;
  while (takes(document, bytes({1, 1, 8, clock, Raw{0x44}, 8, clock - 1, "y", 0}), kFromBrowser))
    ++clock;
  EXPECT_GT(clock, 10);
  expect_comes_back(document, options);
  // What it knows is no news to it.
  EXPECT_TRUE(takes(document, document.encode()));
}

TEST(NotesWaiting, ASnapshotThatNeverWasIsRefused) {
  Document document({.roots = {}, .keep_deleted = true, .limits = {}});
  ASSERT_TRUE(takes(document, first_text(7, "ab")));
  ASSERT_TRUE(takes(document, text_after(8, 0, 7, 1, "c")));
  Snapshot snapshot;
  snapshot.known.set(8, 1);
  const auto then = document.at(snapshot);
  ASSERT_FALSE(then);
  EXPECT_EQ(then.error().code, RefusalCode::kUnknownClock);
}

}  // namespace
}  // namespace plenary::notes
