// Stretches of styled text as CommonMark. INTERNAL.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "notes/nodes.hpp"

namespace plenary::notes {

// What is within one block: gathered, then put out as a whole, because emphasis depends on what
// stands beside it.
class MarkdownInline {
 public:
  void text(std::string_view text, std::vector<StyleMark> styles);
  void line_break() { text("\n", {}); }
  bool empty() const { return runs_.empty(); }
  // The block's text; empties this. In one line (a heading, a cell), breaks become `line_break`.
  std::string take(std::string_view line_break);
  // The same without any markup: for code.
  std::string take_plain();

 private:
  struct Run {
    std::string text;
    std::vector<StyleMark> styles;
  };
  std::vector<Run> with_spaces_outside() const;

  std::vector<Run> runs_;
};

}  // namespace plenary::notes
