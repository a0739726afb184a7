#include "notes/document.hpp"

#include <gtest/gtest.h>

#include "notes/claims.hpp"
#include "notes/walk.hpp"
#include "unit/notes/notes_given.hpp"

namespace plenary::notes {
namespace {

using namespace plenary::notes::testing;

std::string text_of(const Document& document) {
  return plain_text(document, "text");
}

void must_apply(Document& document, const std::string& update) {
  const auto outcome = document.apply(update, kFromBrowser);
  ASSERT_TRUE(outcome) << word_of(outcome.error().code);
}

RefusalCode refusal_of(Document& document, const std::string& update) {
  const auto outcome = document.apply(update, kFromBrowser);
  EXPECT_FALSE(outcome);
  return outcome ? RefusalCode::kFull : outcome.error().code;
}

TEST(NotesDocument, KeystrokesBecomeOneRun) {
  Document document;
  must_apply(document, first_text(7, "h"));
  for (int clock = 1; clock < 500; ++clock) {
    must_apply(document, text_after(7, clock, 7, clock - 1, clock % 2 ? "é" : "x"));
  }
  EXPECT_EQ(document.size().blocks, 1U);
  EXPECT_EQ(document.next_clock(7), 500U);
  EXPECT_EQ(text_of(document).size(), 750U);
}

TEST(NotesDocument, TwoAtOnePlaceStandByClientWhateverTheOrder) {
  Document one;
  Document other;
  for (Document* document : {&one, &other})
    must_apply(*document, first_text(7, "ac"));
  const std::string left = text_after(8, 0, 7, 0, "left");
  const std::string right = text_after(9, 0, 7, 0, "right");
  must_apply(one, left);
  must_apply(one, right);
  must_apply(other, right);
  must_apply(other, left);
  EXPECT_EQ(text_of(one), text_of(other));
  EXPECT_EQ(one.content_hash(), other.content_hash());
  EXPECT_EQ(one.encode(), other.encode());
}

TEST(NotesDocument, AnUpdateTwiceChangesNothing) {
  Document document;
  must_apply(document, first_text(7, "once"));
  const auto checked = document.check(first_text(7, "once"), kFromBrowser);
  ASSERT_TRUE(checked);
  EXPECT_FALSE(checked->changes);
  const auto outcome = document.apply(first_text(7, "once"), kFromBrowser);
  ASSERT_TRUE(outcome);
  EXPECT_FALSE(outcome->changed);
  EXPECT_EQ(text_of(document), "once");
}

TEST(NotesDocument, HalfAPairBecomesTwoReplacements) {
  Document document;
  must_apply(document, first_text(7, "a😀b"));
  must_apply(document, deletion(7, 2, 1));
  EXPECT_EQ(text_of(document),
            "a\uFFFD"
            "b");
  const auto known = StateVector();
  Document copy;
  ASSERT_TRUE(copy.apply(document.encode(known), kFromStore));
  EXPECT_EQ(text_of(copy), text_of(document));
}

TEST(NotesDocument, WhatComesTooEarlyWaitsAndThenGoesIn) {
  Document document;
  const auto early = document.apply(text_after(8, 0, 7, 3, "!"), kFromStore, 1234);
  ASSERT_TRUE(early);
  EXPECT_TRUE(early->waiting);
  EXPECT_FALSE(early->changed);
  EXPECT_EQ(document.waiting().since_ms, 1234);
  ASSERT_EQ(document.waiting().missing.size(), 1U);
  EXPECT_EQ(document.waiting().missing[0], (Id{7, 3}));
  ASSERT_TRUE(document.apply(deletion(7, 0, 1), kFromStore));
  must_apply(document, first_text(7, "here"));
  EXPECT_EQ(text_of(document), "ere!");
  EXPECT_EQ(document.waiting().bytes, 0U);
}

TEST(NotesDocument, ABrowserMustNotSendWhatWouldWait) {
  Document document;
  EXPECT_EQ(refusal_of(document, text_after(8, 0, 7, 3, "!")), RefusalCode::kUnknownClock);
  must_apply(document, first_text(7, "abc"));
  EXPECT_EQ(refusal_of(document, deletion(7, 0, 4)), RefusalCode::kUnknownClock);
  EXPECT_EQ(text_of(document), "abc");
}

TEST(NotesDocument, WaitingIsBounded) {
  DocumentOptions options;
  options.limits.max_pending_bytes = 2000;
  Document document(std::move(options));
  int taken = 0;
  for (int client = 100; client < 300; ++client) {
    taken += document.apply(text_after(client, 0, 7, 3, "0123456789"), kFromStore).has_value();
  }
  EXPECT_GT(taken, 10);
  EXPECT_LT(taken, 120);
  EXPECT_LE(document.waiting().bytes, 2000U);
  document.drop_waiting();
  EXPECT_EQ(document.waiting().bytes, 0U);
}

TEST(NotesDocument, OnlyListedRoots) {
  Document document({.roots = {"minutes"}, .keep_deleted = false, .limits = {}});
  EXPECT_EQ(refusal_of(document, first_text(7, "x")), RefusalCode::kUnknownRoot);
}

TEST(NotesDocument, AnUpdateThatCostsTooMuchLeavesNothingBehind) {
  Document document;
  must_apply(document, first_text(7, "ab"));
  // Each client's id is higher than the last, so that each goes past all before it.
  std::string update;
  Writer writer(update);
  constexpr int kClients = 900;
  writer.number(kClients);
  for (int client = 1000; client < 1000 + kClients; ++client) {
    writer.raw(bytes({1, client, 0, Raw{0x84}, 7, 0, "x"}));
  }
  writer.number(0);
  Policy narrow = kFromBrowser;
  narrow.max_scanned = 1000;
  const auto outcome = document.apply(update, narrow);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, RefusalCode::kOverBudget);
  EXPECT_EQ(text_of(document), "ab");
  EXPECT_EQ(document.size().clients, 1U);
  EXPECT_TRUE(document.apply(update, kFromBrowser));
}

TEST(NotesDocument, AnEarlierStateIsThereUntilItIsCollected) {
  Document document({.roots = {}, .keep_deleted = true, .limits = {}});
  must_apply(document, first_text(7, "what was decided"));
  const Snapshot before = document.snapshot();
  must_apply(document, deletion(7, 0, 16));
  must_apply(document, text_after(8, 0, 7, 15, "nothing"));
  EXPECT_EQ(text_of(document), "nothing");
  const auto then = document.at(before);
  ASSERT_TRUE(then);
  EXPECT_EQ(text_of(*then), "what was decided");
  document.collect_deleted();
  const auto gone = document.at(before);
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, RefusalCode::kForbidden);
  EXPECT_EQ(text_of(document), "nothing");
}

TEST(NotesDocument, ClientIdsBelongToTheirFirstPerson) {
  Document document;
  Claims claims;
  const auto first = document.check(first_text(7, "mine"), kFromBrowser);
  ASSERT_TRUE(first);
  const auto claimed = claims.check(*first, "ana");
  ASSERT_TRUE(claimed);
  EXPECT_EQ(*claimed, std::vector<std::uint64_t>{7});
  claims.claim(7, "ana");
  must_apply(document, first_text(7, "mine"));
  Attribution written;
  written.wrote(document.last_inserted(), "ana", 1000);
  EXPECT_EQ(written.author({7, 2})->person, "ana");
  EXPECT_EQ(written.author({7, 4}), nullptr);

  const auto forged = document.check(text_after(7, 4, 7, 3, "!"), kFromBrowser);
  ASSERT_TRUE(forged);
  const auto refused = claims.check(*forged, "ben");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, RefusalCode::kNotYours);
  // What is known already is nobody's new content.
  EXPECT_TRUE(claims.check(*document.check(first_text(7, "mine"), kFromBrowser), "ben"));
}

TEST(NotesDocument, DeletedTextGivesItsMemoryBack) {
  Document document;
  must_apply(document, first_text(7, "."));
  for (int round = 0; round < 400; ++round) {
    const auto clock = static_cast<int>(document.next_clock(7));
    must_apply(document, text_after(7, clock, 7, clock - 1, std::string(1000, 'x')));
    must_apply(document, deletion(7, clock, 1000));
  }
  EXPECT_EQ(text_of(document), ".");
  EXPECT_LT(document.size().memory_bytes, 100'000U);
  EXPECT_LE(document.size().blocks, 2U);
}

}  // namespace
}  // namespace plenary::notes
