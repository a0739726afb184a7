// What is written is read as that text and nothing else. tests/differential/markdown.mjs asks real
// readers of Markdown; here is what they once got wrong.
#include <gtest/gtest.h>

#include <functional>

#include "notes/block_writer.hpp"
#include "notes/render.hpp"
#include "notes/walk.hpp"
#include "unit/notes/notes_given.hpp"

namespace plenary::notes {
namespace {

using namespace plenary::notes::testing;

std::string markdown_of(const std::function<void(BlockWriter&)>& write) {
  Document document;
  BlockWriter writer(document, "minutes", 5);
  write(writer);
  EXPECT_TRUE(document.apply(writer.finish(), kFromBrowser));
  return render_markdown(document, "minutes").value_or("refused");
}

using Marks = std::vector<std::pair<std::string_view, std::string_view>>;
using Part = std::pair<std::string_view, Marks>;

std::string markdown_in(std::string_view block, const std::vector<Part>& parts) {
  return markdown_of([&](BlockWriter& writer) {
    writer.open(block);
    for (const auto& [text, marks] : parts)
      writer.text(text, marks);
    writer.close();
  });
}

const Marks kBold{{"bold", "{}"}};
const Marks kItalic{{"italic", "{}"}};
const Marks kStrike{{"strike", "{}"}};
const Marks kCode{{"code", "{}"}};

TEST(NotesMarkdown, NoOtherCharacterEndsALine) {
  EXPECT_EQ(markdown_in("paragraph", {{"a\r\r<script>alert(1)</script>", kCode}}),
            "`a  <script>alert(1)</script>`\n");
  EXPECT_EQ(markdown_in("paragraph", {{"a\r\nb\rc", {}}}), "a\\\nb\\\nc\n");
  EXPECT_EQ(markdown_in("paragraph", {{"a\x0B\x1C\xC2\x85\xE2\x80\xA8# b", {}}}), "a    # b\n");
  const auto quoted = markdown_of([](BlockWriter& writer) {
    writer.open("blockquote");
    writer.open("codeBlock");
    writer.text("a\r\r<script>\xE2\x80\xA9 ```` `");
    writer.close();
    writer.close();
  });
  EXPECT_EQ(quoted, "> `````\n> a\n> \n> <script>  ```` `\n> `````\n");
}

TEST(NotesMarkdown, AnEmbedsBlanksAreBlanks) {
  Document document;
  const std::string json = "{\"a\":\r\r1}";
  ASSERT_TRUE(document.apply(bytes({1, 3, 7, 0, Raw{0x07}, 1, "minutes", 3, "paragraph", Raw{0x07},
                                    0, 7, 0, 6, Raw{0x05}, 0, 7,         1, json,        0}),
                             kFromBrowser));
  EXPECT_EQ(*render_markdown(document, "minutes"), "`{\"a\":  1}`\n");
}

TEST(NotesMarkdown, ATasksBoxStandsAloneBeforeWhatNeedsTheBeginningOfALine) {
  const auto task = markdown_of([](BlockWriter& writer) {
    for (const std::string_view name : {"taskList", "taskItem", "codeBlock"})
      writer.open(name);
    writer.text("<script>");
    for (int level = 0; level < 3; ++level)
      writer.close();
  });
  EXPECT_EQ(task, "- [ ] \n\n  ```\n  <script>\n  ```\n");
}

TEST(NotesMarkdown, WhatBeginsABlockIsEscapedBehindBlanksToo) {
  EXPECT_EQ(markdown_in("paragraph", {{"\t# x", {}}}), "\\# x\n");
  EXPECT_EQ(markdown_in("paragraph", {{"\t\t\t\tx", {}}}), "x\n");
  EXPECT_EQ(markdown_in("paragraph", {{"a\n:-", {}}}), "a\\\n\\:-\n");
  EXPECT_EQ(markdown_in("heading", {{"issue ##", {}}}), "## issue #\\#\n");
  EXPECT_EQ(markdown_in("heading", {{"#", {}}}), "## \\#\n");
  EXPECT_EQ(markdown_in("heading", {{"\\#", {}}}), "## \\\\\\#\n");
}

TEST(NotesMarkdown, ABreakAtTheEndIsNone) {
  EXPECT_EQ(markdown_in("paragraph", {{"abc\n \n", {}}}), "abc\n");
  EXPECT_EQ(markdown_in("paragraph", {{"\n", kBold}}), "");
}

TEST(NotesMarkdown, ALinkIsNoImageAndItsAddressIsKept) {
  const Marks link{{"link", R"({"href":"https://e.example/?a=1&copy;=|&b"})"}};
  EXPECT_EQ(markdown_in("paragraph", {{"!", {}}, {"look", link}}),
            "\\![look](<https://e.example/?a=1\\&copy;=\\|&b>)\n");
}

TEST(NotesMarkdown, ABarDoesNotEndACell) {
  const auto table = markdown_of([](BlockWriter& writer) {
    writer.open("table");
    for (const int columns : {1, 2}) {
      writer.open("tableRow");
      for (int column = 0; column < columns; ++column) {
        writer.open("tableCell");
        writer.text("a | b", kCode);
        writer.close();
      }
      writer.close();
    }
    writer.close();
  });
  EXPECT_EQ(table, "| `a \\| b` |  |\n| --- | --- |\n| `a \\| b` | `a \\| b` |\n");
}

TEST(NotesMarkdown, EmphasisBeginsAndEndsWhereItCanBeRead) {
  EXPECT_EQ(markdown_in("paragraph", {{"a!", kBold}, {"bc", {}}}), "**a!**&#98;c\n");
  EXPECT_EQ(markdown_in("paragraph", {{"a", {}}, {"(b)", kBold}}), "&#97;**(b)**\n");
  EXPECT_EQ(markdown_in("paragraph", {{"ab", kBold}, {"cd", {}}}), "**ab**cd\n");
  EXPECT_EQ(markdown_in("paragraph", {{"a", kBold}, {"b", kItalic}}), "**a**_b_\n");
  EXPECT_EQ(markdown_in("paragraph", {{"a", {}}, {"bc", kItalic}, {"d", {}}}), "a*bc*d\n");
  EXPECT_EQ(markdown_in("paragraph", {{"a\xC2\xA0", kStrike}, {"b", {}}}),
            "~~a~~\xC2\xA0"
            "b\n");
  EXPECT_EQ(markdown_in("paragraph", {{"a", kBold}, {" ", {{"bold", "{}"}, {"italic", "{}"}}}}),
            "**a**\n");
}

}  // namespace
}  // namespace plenary::notes
