#include "notes/render.hpp"

#include <gtest/gtest.h>

#include "notes/block_writer.hpp"
#include "unit/notes/notes_given.hpp"

namespace plenary::notes {
namespace {

using namespace plenary::notes::testing;

void must_apply(Document& document, const std::string& update) {
  const auto outcome = document.apply(update, kFromBrowser);
  ASSERT_TRUE(outcome) << word_of(outcome.error().code);
}

void paragraph(BlockWriter& writer, std::string_view text) {
  writer.open("paragraph");
  writer.text(text);
  writer.close();
}

Document minutes() {
  Document document({.roots = {"minutes"}, .keep_deleted = true, .limits = {}});
  BlockWriter writer(document, "minutes", 5);
  writer.open("heading");
  writer.attribute("level", std::int64_t{1});
  writer.text("Opening <b>");
  writer.close();
  writer.open("paragraph");
  writer.text("plain ");
  writer.text("bold ", {{"bold", "true"}});
  writer.text("and both", {{"bold", "true"}, {"italic", "{}"}});
  writer.text(" *stars* ");
  writer.text("here", {{"link", R"({"href":"https://plenary.example/?a=1&b=\"2\""})"}});
  writer.text(" trap", {{"link", R"j({"href":"javascript:alert(1)"})j"}});
  writer.close();
  writer.open("bulletList");
  for (const std::string_view item : {"one", "two"}) {
    writer.open("listItem");
    paragraph(writer, item);
    writer.close();
  }
  writer.close();
  writer.open("taskList");
  writer.open("taskItem");
  writer.attribute("checked", true);
  writer.attribute("assignee", std::string_view("Ana"));
  paragraph(writer, "send it");
  writer.close();
  writer.close();
  writer.open("decision");
  paragraph(writer, "Agreed.");
  writer.close();
  writer.open("script");
  writer.text("1. not a list");
  writer.close();
  must_apply(document, writer.finish());
  return document;
}

TEST(NotesRender, Html) {
  EXPECT_EQ(render_html(minutes(), "minutes", {.decision = "Décision"}),
            "<h1>Opening &lt;b&gt;</h1>"
            "<p>plain <strong>bold <em>and both</em></strong> *stars* "
            "<a href=\"https://plenary.example/?a=1&amp;b=&quot;2&quot;\" "
            "rel=\"noopener noreferrer nofollow\">here</a> trap</p>"
            "<ul><li><p>one</p></li><li><p>two</p></li></ul>"
            "<ul class=\"tasks\"><li><input type=\"checkbox\" disabled checked>"
            "<span class=\"assignee\">Ana</span><p>send it</p></li></ul>"
            "<section class=\"decision\"><p class=\"label\">Décision</p><p>Agreed.</p></section>"
            "<div>1. not a list</div>");
}

TEST(NotesRender, Markdown) {
  EXPECT_EQ(render_markdown(minutes(), "minutes"),
            "# Opening \\<b\\>\n"
            "\n"
            "plain **bold _and both_** \\*stars\\* "
            "[here](<https://plenary.example/?a=1&b=\"2\">) trap\n"
            "\n"
            "- one\n"
            "- two\n"
            "\n"
            "- [x] (Ana) send it\n"
            "\n"
            "> **Decision**\n"
            ">\n"
            "> Agreed.\n"
            "\n"
            "1\\. not a list\n");
}

TEST(NotesRender, EditorJson) {
  Document document;
  BlockWriter writer(document, "minutes", 5);
  writer.open("paragraph");
  writer.attribute("align", std::string_view("left"));
  writer.text("a\"b", {{"bold--ABCDEFGH", "{}"}});
  writer.text("c");
  writer.close();
  must_apply(document, writer.finish());
  EXPECT_EQ(render_editor_json(document, "minutes"),
            R"({"type":"doc","content":[{"type":"paragraph","attrs":{"align":"left"},"content":[)"
            R"({"type":"text","marks":[{"type":"bold"}],"text":"a\"b"},)"
            R"({"type":"text","text":"c"}]}]})");
}

TEST(NotesRender, ManyLevelsDoNotRecurse) {
  DocumentOptions options;
  options.limits.max_depth = 60'000;
  Document document(std::move(options));
  constexpr int kDepth = 50'000;
  std::string update;
  Writer out(update);
  out.raw(bytes({1, kDepth, 7, 0, Raw{0x07}, 1, "minutes", 3, "a"}));
  for (int at = 0; at + 1 < kDepth; ++at)
    out.raw(bytes({Raw{0x07}, 0, 7, at, 3, "a"}));
  out.number(0);
  must_apply(document, update);
  EXPECT_EQ(render_xml(document, "minutes")->size(), std::size_t{kDepth} * 7);
  EXPECT_FALSE(render_html(document, "minutes")->empty());
  EXPECT_FALSE(render_editor_json(document, "minutes")->empty());
  must_apply(document, deletion(7, 0, 1));
  EXPECT_EQ(render_xml(document, "minutes"), "");
  EXPECT_LE(document.size().blocks, 2U);
}

TEST(NotesWriter, ABlockStandsBehindDeletedOnesAndBetweenOthers) {
  Document document = minutes();
  const Rendered before = render_xml(document, "minutes");
  must_apply(document, deletion(5, 0, static_cast<int>(document.next_clock(5))));
  BlockWriter last(document, "minutes", 6);
  paragraph(last, "last");
  must_apply(document, last.finish());
  BlockWriter between(document, "minutes", 6, Id{5, 0});
  paragraph(between, "first");
  must_apply(document, between.finish());
  EXPECT_EQ(render_xml(document, "minutes"),
            "<paragraph>first</paragraph><paragraph>last</paragraph>");
  EXPECT_FALSE(before->empty());
}

}  // namespace
}  // namespace plenary::notes
