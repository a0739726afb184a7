// Stretches of styled text as CommonMark. INTERNAL.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "notes/nodes.hpp"

namespace plenary::notes {

// How a block stands on the page, which says what a line break within it becomes.
enum class MarkdownShape : std::uint8_t {
  kLines,  // a paragraph: a hard break
  kLine,   // a heading: a blank
  kCell,   // of a table: <br>, and a bar in code or an address must not end the cell
};

// What is within one block: gathered, then put out as a whole, because emphasis depends on what
// stands beside it. Whatever the text is, what comes out is read as that text: no markup, no HTML.
class MarkdownInline {
 public:
  // Here, at the one place where text comes in, it is `cleaned` (code_points.hpp). Styles that
  // Markdown doesn't have are left out.
  void text(std::string_view text, const std::vector<StyleMark>& styles);
  void line_break() { text("\n", {}); }
  bool empty() const { return runs_.empty(); }
  // Bytes gathered.
  std::size_t size() const { return size_; }
  // The block's text, empty if it has only blanks; empties this.
  std::string take(MarkdownShape shape);
  // The same without any markup: for code.
  std::string take_plain();

 private:
  struct Run {
    std::string text;
    std::vector<StyleMark> styles;  // without code
    bool code;
    bool blank;  // nothing but blanks, not of code
  };
  std::vector<Run> with_blanks_outside() const;

  std::vector<Run> runs_;
  std::size_t size_ = 0;

  friend class MarkdownWriter;
};

}  // namespace plenary::notes
