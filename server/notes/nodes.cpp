#include "notes/nodes.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "notes/code_points.hpp"
#include "notes/json_text.hpp"

namespace plenary::notes {

namespace {

constexpr auto kNodes = std::to_array<std::pair<std::string_view, Node>>({
    {"paragraph", Node::kParagraph},
    {"heading", Node::kHeading},
    {"bulletList", Node::kBulletList},
    {"orderedList", Node::kOrderedList},
    {"listItem", Node::kListItem},
    {"taskList", Node::kTaskList},
    {"taskItem", Node::kTaskItem},
    {"blockquote", Node::kBlockquote},
    {"codeBlock", Node::kCodeBlock},
    {"horizontalRule", Node::kHorizontalRule},
    {"hardBreak", Node::kHardBreak},
    {"table", Node::kTable},
    {"tableRow", Node::kTableRow},
    {"tableHeader", Node::kTableHeader},
    {"tableCell", Node::kTableCell},
    {"decision", Node::kDecision},
    {"turn", Node::kTurn},
});

constexpr auto kStyles = std::to_array<std::pair<std::string_view, Style>>({
    {"link", Style::kLink},
    {"bold", Style::kBold},
    {"italic", Style::kItalic},
    {"underline", Style::kUnderline},
    {"strike", Style::kStrike},
    {"highlight", Style::kHighlight},
    {"code", Style::kCode},
});

bool begins_with(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  return std::ranges::equal(text.substr(0, lower.size()), lower, [](char given, char wanted) {
    return (given >= 'A' && given <= 'Z' ? given - 'A' + 'a' : given) == wanted;
  });
}

// Browsers drop control characters inside an address, so that "java\nscript:" would be one, and
// what ends a line for some readers ends the address; what has any is refused.
bool has_control(std::string_view address) {
  for (std::size_t at = 0; at < address.size();) {
    const std::uint32_t code = next_code_point(address, at);
    if (code <= 0x20 || is_control(code)) return true;
  }
  return false;
}

std::string safe_address(std::string_view json, std::size_t max_bytes) {
  for (const auto& [key, value] : json_members(json)) {
    if (key != "href") continue;
    std::string address = json_string(value).value_or("");
    if (address.size() > max_bytes || has_control(address)) return {};
    for (const std::string_view scheme : {"https://", "http://", "mailto:"}) {
      if (begins_with(address, scheme)) return address;
    }
  }
  return {};
}

}  // namespace

Node node_of(std::string_view name) {
  const auto found = std::ranges::find(kNodes, name, &std::pair<std::string_view, Node>::first);
  return found == kNodes.end() ? Node::kOther : found->second;
}

std::string_view StyleReader::address(const Mark& link) {
  const auto [known, is_new] = addresses_.try_emplace(link.value.data());
  if (is_new) known->second = safe_address(link.value, max_address_bytes_);
  return known->second;
}

std::vector<StyleMark> StyleReader::styles(std::span<const Mark> marks) {
  std::vector<StyleMark> styles;
  for (const Mark& mark : marks) {
    const auto found =
        std::ranges::find(kStyles, mark.name(), &std::pair<std::string_view, Style>::first);
    if (found == kStyles.end() || mark.value == "false") continue;
    StyleMark style{found->second};
    if (style.style == Style::kLink) {
      style.address = address(mark);
      if (style.address.empty()) continue;
    }
    styles.push_back(style);
  }
  std::ranges::sort(styles, {}, &StyleMark::style);
  const auto same = std::ranges::unique(styles, {}, &StyleMark::style);
  styles.erase(same.begin(), same.end());
  return styles;
}

int number_attribute(const XmlWalker& walker, std::string_view name, int least, int most,
                     int otherwise) {
  const std::string text = walker.attribute(name).text();
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return otherwise;
  return value < least || value > most ? otherwise : value;
}

bool is_set(const XmlWalker& walker, std::string_view name) {
  return walker.attribute(name).text() == "true";
}

std::string text_attribute(const XmlWalker& walker, std::string_view name) {
  const Value value = walker.attribute(name);
  if (value.kind() == Value::Kind::kNothing) return {};
  std::string text = value.text();
  return text == "null" ? std::string{} : text;
}

std::vector<std::string> turn_words(const XmlWalker& walker) {
  std::vector<std::string> words;
  for (const std::string_view name : {"speaker", "delegation", "item", "time"}) {
    std::string word = text_attribute(walker, name);
    if (!word.empty()) words.push_back(std::move(word));
  }
  return words;
}

}  // namespace plenary::notes
