// The editor's nodes and marks by name, for the renderers. INTERNAL.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
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
  std::string_view address = {};  // of a link: only http, https and mailto
  bool operator==(const StyleMark&) const = default;
};

// Marks as styles. A link's address is read once, however many stretches of text have it.
class StyleReader {
 public:
  explicit StyleReader(std::size_t max_address_bytes) : max_address_bytes_(max_address_bytes) {}

  // Those that are known, one of each, sorted by Style; a link with another address is none. The
  // addresses hold as long as this.
  std::vector<StyleMark> styles(std::span<const Mark> marks);

 private:
  std::string_view address(const Mark& link);

  std::size_t max_address_bytes_;
  std::unordered_map<const char*, std::string> addresses_;  // by where the mark's value stands
};

// A whole number from an attribute, within bounds; else `otherwise`.
int number_attribute(const XmlWalker& walker, std::string_view name, int least, int most,
                     int otherwise);
bool is_set(const XmlWalker& walker, std::string_view name);
// What a turn says of itself: speaker, delegation, item and time, those that are there.
std::vector<std::string> turn_words(const XmlWalker& walker);
// A text attribute, empty if it isn't there.
std::string text_attribute(const XmlWalker& walker, std::string_view name);

}  // namespace plenary::notes
