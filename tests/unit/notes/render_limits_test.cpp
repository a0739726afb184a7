// A few bytes must not become a rendering of any length.
#include <gtest/gtest.h>

#include "notes/block_writer.hpp"
#include "notes/render.hpp"
#include "notes/walk.hpp"
#include "unit/notes/notes_given.hpp"

namespace plenary::notes {
namespace {

using namespace plenary::notes::testing;

// A paragraph with a text within, written unit by unit.
class TextByHand {
 public:
  TextByHand() {
    Writer out(structs_);
    out.raw(bytes({Raw{0x07}, 1, "minutes", 3, "paragraph", Raw{0x07}, 0, 7, 0, 6}));
  }
  void text(std::string_view one_letter) { put(4, bytes({one_letter})); }
  void format(std::string_view key, std::string_view json) { put(6, bytes({key, json})); }
  void element(std::string_view name) { put(7, bytes({3, name})); }

  Document document() {
    Document document;
    const std::string update = bytes({1, clock_, 7, 0}) + structs_ + bytes({0});
    bytes_ = update.size();
    const auto outcome = document.apply(update, kFromStore);
    EXPECT_TRUE(outcome);
    return document;
  }
  std::size_t bytes_sent() const { return bytes_; }

 private:
  void put(std::uint8_t kind, const std::string& content) {
    if (clock_ == 2) {
      structs_ += bytes({Raw{kind}, 0, 7, 1});
    } else {
      structs_ += bytes({Raw{static_cast<std::uint8_t>(kind | 0x80)}, 7, clock_ - 1});
    }
    structs_ += content;
    ++clock_;
  }

  std::string structs_;
  int clock_ = 2;
  std::size_t bytes_ = 0;
};

TEST(NotesRenderLimits, MarksThatAreOpenAreBounded) {
  TextByHand by_hand;
  constexpr int kMarks = 3'000;
  for (int at = 0; at < kMarks; ++at) {
    by_hand.format("k" + std::to_string(at), "{}");
    by_hand.text("x");
  }
  const Document document = by_hand.document();
  const RenderLimits limits;
  XmlWalker walker(document, "minutes");
  std::size_t most = 0;
  int changes = 0;
  std::vector<Mark> before;
  for (XmlStep step = walker.next(); step != XmlStep::kDone; step = walker.next()) {
    if (step != XmlStep::kText) continue;
    most = std::max(most, walker.marks().size());
    if (!same_marks(before, walker.marks())) ++changes;
    before.assign(walker.marks().begin(), walker.marks().end());
  }
  EXPECT_EQ(most, limits.max_open_marks);
  EXPECT_EQ(changes, static_cast<int>(limits.max_open_marks));
  // Quadratic, this was 80 MB.
  EXPECT_LT(render_editor_json(document, "minutes")->size(), by_hand.bytes_sent());
  EXPECT_LT(render_xml(document, "minutes")->size(),
            kMarks * (1 + limits.max_open_marks * std::string_view("<k99></k99>").size()));
}

TEST(NotesRenderLimits, WhatIsOpenIsNotCopiedForEachText) {
  TextByHand by_hand;
  by_hand.format("bold", "{}");
  for (int at = 0; at < 100; ++at) {
    by_hand.text("x");
    by_hand.element("hardBreak");
  }
  const Document document = by_hand.document();
  XmlWalker walker(document, "minutes");
  const Mark* marks = nullptr;
  int steps = 0;
  for (XmlStep step = walker.next(); step != XmlStep::kDone; step = walker.next()) {
    if (walker.depth() == 0 || walker.name() == "paragraph") continue;
    ASSERT_EQ(walker.marks().size(), 1U);
    if (marks == nullptr) marks = walker.marks().data();
    EXPECT_EQ(walker.marks().data(), marks);
    ++steps;
  }
  EXPECT_GE(steps, 200);
}

TEST(NotesRenderLimits, ALongMarkOrAddressIsNone) {
  const auto link = [](std::size_t bytes) {
    return R"({"href":"https://e/)" + std::string(bytes, 'a') + "\"}";
  };
  const auto html = [&link](std::size_t bytes) {
    TextByHand by_hand;
    by_hand.format("link", link(bytes));
    by_hand.text("x");
    return *render_html(by_hand.document(), "minutes");
  };
  EXPECT_EQ(html(3'000), "<p>x</p>");
  EXPECT_EQ(html(200'000), "<p>x</p>");
  EXPECT_NE(html(2'000), "<p>x</p>");
  TextByHand by_hand;
  by_hand.format("bold", "{}");
  by_hand.text("x");
  by_hand.format("bold", "\"" + std::string(5'000, 'a') + "\"");
  by_hand.text("y");
  EXPECT_EQ(render_html(by_hand.document(), "minutes"), "<p><strong>x</strong>y</p>");
}

// All of them, with a budget that is just enough and one that isn't.
void expect_bounded(const Document& document, const RenderLimits& given = {}) {
  const auto try_all = [&document, &given](const auto& render) {
    RenderLimits limits = given;
    const std::size_t needed = render(document, limits)->size();
    limits.max_output_bytes = needed;
    EXPECT_EQ(render(document, limits)->size(), needed);
    limits.max_output_bytes = needed - 1;
    const Rendered refused = render(document, limits);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, RefusalCode::kTooLarge);
  };
  try_all([](const auto& of, const auto& limits) { return render_xml(of, "minutes", limits); });
  try_all(
      [](const auto& of, const auto& limits) { return render_html(of, "minutes", {}, limits); });
  try_all(
      [](const auto& of, const auto& limits) { return render_editor_json(of, "minutes", limits); });
  try_all([](const auto& of, const auto& limits) {
    return render_markdown(of, "minutes", {}, limits);
  });
  for (const RootKind kind : {RootKind::kArray, RootKind::kXml}) {
    try_all([kind](const auto& of, const auto& limits) {
      return render_json(of, "minutes", kind, limits);
    });
  }
}

TEST(NotesRenderLimits, EveryRendererHasABudget) {
  TextByHand by_hand;
  by_hand.format("link", R"({"href":"https://e.example"})");
  for (int at = 0; at < 10; ++at) {
    by_hand.text("x");
    by_hand.element("paragraph");
  }
  expect_bounded(by_hand.document());
}

TEST(NotesRenderLimits, ALinkThatIsOpenedAgainAndAgainIsStopped) {
  TextByHand by_hand;
  by_hand.format("link", R"({"href":"https://e/)" + std::string(2'000, 'a') + "\"}");
  for (int at = 0; at < 2'000; ++at) {
    by_hand.text("x");
    by_hand.element("paragraph");
  }
  const Document document = by_hand.document();
  const RenderLimits limits{.max_output_bytes = 1 << 20};
  EXPECT_FALSE(render_html(document, "minutes", {}, limits));
  EXPECT_FALSE(render_markdown(document, "minutes", {}, limits));
  EXPECT_FALSE(render_editor_json(document, "minutes", limits));
  EXPECT_FALSE(render_xml(document, "minutes", limits));
  EXPECT_FALSE(render_json(document, "minutes", RootKind::kArray, limits));
}

TEST(NotesRenderLimits, LinesDeepInQuotationsAreStopped) {
  Document document;
  BlockWriter writer(document, "minutes", 5);
  constexpr int kDepth = 90;
  for (int level = 0; level < kDepth; ++level)
    writer.open("blockquote");
  writer.open("codeBlock");
  writer.text(std::string(10'000, '\n') + std::string(10'000, '`'));
  writer.close();
  for (int level = 0; level < kDepth; ++level)
    writer.close();
  ASSERT_TRUE(document.apply(writer.finish(), kFromBrowser));
  EXPECT_GT(render_markdown(document, "minutes")->size(), std::size_t{kDepth} * 2 * 10'000);
  const Rendered refused = render_markdown(document, "minutes", {}, {.max_output_bytes = 1 << 20});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, RefusalCode::kTooLarge);
}

TEST(NotesMark, OnlyAHashOfBase64IsLeftOutOfAName) {
  const auto name = [](std::string_view key) { return Mark{key, "{}"}.name(); };
  EXPECT_EQ(name("bold--aB3+/==="), "bold");
  EXPECT_EQ(name("link--not a_hash"), "link--not a_hash");
  EXPECT_EQ(name("my--own--mark"), "my--own--mark");
  EXPECT_EQ(name("--ABCDEFGH"), "--ABCDEFGH");
}

}  // namespace
}  // namespace plenary::notes
