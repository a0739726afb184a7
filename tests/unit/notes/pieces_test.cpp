// Long texts and rows of values are kept in pieces: nobody sees them, and to cut one costs little.
#include <gtest/gtest.h>

#include "notes/store.hpp"
#include "notes/update.hpp"
#include "notes/walk.hpp"
#include "unit/notes/notes_given.hpp"

namespace plenary::notes {
namespace {

using namespace plenary::notes::testing;

TEST(NotesPieces, ALongTextIsKeptInPiecesAndEncodedAsOne) {
  for (const std::string_view letter : {"a", "é", "字", "😀"}) {
    Document document;
    const std::string update = first_text(7, repeated(letter, 5000));
    take(document, update);
    EXPECT_EQ(plain_text(document, "text"), repeated(letter, 5000));
    EXPECT_EQ(document.encode(), update);
    const Store& store = document.store();
    const ClockIndex& index = store.client(0).index;
    ClockIndex::Place place = index.first_place();
    do {
      EXPECT_LE(store.text(store.block(index.at(place))).size(), kPieceBytes);
    } while (index.next(place));
    expect_comes_back(document, {});
  }
}

TEST(NotesPieces, ADiffBeginsAnywhereInThem) {
  Document document;
  take(document, first_text(7, repeated("a😀é", 2000)));
  const auto units = static_cast<int>(document.next_clock(7));
  for (int from = 1; from < units; from += 97) {
    StateVector known;
    known.set(7, static_cast<std::uint64_t>(from));
    Update update;
    const std::string diff = document.encode(known);
    ASSERT_TRUE(decode_update(diff, kFromStore, update));
    ASSERT_EQ(update.structs.size(), 1U);
    EXPECT_EQ(update.structs.front().clock, static_cast<std::uint32_t>(from));
    EXPECT_EQ(update.structs.front().end(), static_cast<std::uint32_t>(units));
  }
}

TEST(NotesPieces, KeystrokesGoOnInTheNextPiece) {
  Document document;
  take(document, first_text(7, "h"));
  std::string expected = "h";
  for (int clock = 1; clock < 5000; ++clock) {
    const std::string_view letter = clock % 2 == 0 ? "é" : "x";
    take(document, text_after(7, clock, 7, clock - 1, letter));
    expected += letter;
  }
  EXPECT_EQ(plain_text(document, "text"), expected);
  EXPECT_LE(document.size().blocks, expected.size() / kPieceBytes + 1);
  EXPECT_EQ(document.encode(), first_text(7, expected));
}

TEST(NotesPieces, WhatEndsWhereAChunkEndsIsNotTakenForWhatBeginsTheNext) {
  // A client that already sent the beginning sends it once more, with what follows.
  for (const int size : {1 << kArenaChunkBits, 2 << kArenaChunkBits, 3 << kArenaChunkBits}) {
    Document full;
    const std::string begin(static_cast<std::size_t>(size), 'a');
    take(full, first_text(7, begin));
    take(full, text_after(7, size - 4, 7, size - 5, "aaaaSECRET"));
    EXPECT_EQ(plain_text(full, "text"), begin + "SECRET");
    expect_comes_back(full, {});
  }
}

TEST(NotesPieces, CuttingCostsMemoryInProportion) {
  constexpr int kRanges = 20'000;
  for (const std::string& update : {first_text(7, repeated("😀", 100'000)),
                                    first_text(7, repeated("é", 100'000)), row_of(60'000, 0x7E)}) {
    for (const bool keep : {true, false}) {
      const DocumentOptions options{.roots = {}, .keep_deleted = keep, .limits = {}};
      Document document(options);
      take(document, update);
      take(document, every_second(kRanges));
      EXPECT_LT(document.size().memory_bytes, 8U << 20);
      expect_comes_back(document, options);
    }
  }
}

TEST(NotesPieces, ManySmallStructsBecomeOneWithoutBeingCopiedEachTime) {
  std::string update;
  Writer out(update);
  for (const std::uint64_t number : {1, 20'000, 7, 0})
    out.number(number);
  for (std::uint64_t clock = 0; clock < 20'000; ++clock) {
    out.byte(clock == 0 ? 0x08 : 0x88);
    if (clock == 0) {
      out.number(1);
      out.blob("text");
    } else {
      out.number(7);
      out.number(clock - 1);
    }
    out.number(1);
    out.byte(0x7E);
  }
  out.number(0);
  Document document;
  take(document, update);
  EXPECT_LE(document.size().blocks, 20'000 / kPieceBytes + 1);
  EXPECT_LT(document.size().memory_bytes, 1U << 20);
  expect_comes_back(document, {});
}

}  // namespace
}  // namespace plenary::notes
