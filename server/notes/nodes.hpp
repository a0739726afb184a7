// The editor's nodes and marks by name, for the renderers. INTERNAL.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "notes/walk.hpp"

namespace plenary::notes {

enum class Node : std::uint8_t {
  kParagraph,
  kHeading,
  kBulletList,
  kOrderedList,
  kListItem,
  kTaskList,
  kTaskItem,
  kBlockquote,
  kCodeBlock,
  kHorizontalRule,
  kHardBreak,
  kTable,
  kTableRow,
  kTableHeader,
  kTableCell,
  kDecision,
  kTurn,
  kOther,
};
Node node_of(std::string_view name);

// In the order in which they stand inside each other, outermost first.
enum class Style : std::uint8_t { kLink, kBold, kItalic, kUnderline, kStrike, kHighlight, kCode };
struct StyleMark {
  Style style;
  std::string address;  // of a link: only http, https and mailto
  bool operator==(const StyleMark&) const = default;
};
// Those that are known, sorted by Style; a link with another address is none.
std::vector<StyleMark> styles_of(const std::vector<Mark>& marks);

// A whole number from an attribute, within bounds; else `otherwise`.
int number_attribute(const XmlWalker& walker, std::string_view name, int least, int most,
                     int otherwise);
bool is_set(const XmlWalker& walker, std::string_view name);
// What a turn says of itself: speaker, delegation, item and time, those that are there.
std::vector<std::string> turn_words(const XmlWalker& walker);
// A text attribute, empty if it isn't there.
std::string text_attribute(const XmlWalker& walker, std::string_view name);

}  // namespace plenary::notes
