#include "notes/markdown_escape.hpp"

#include <algorithm>

namespace plenary::notes {

namespace {

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

bool is_ascii_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || is_digit(letter);
}

// What could begin a heading, a list, a rule, a fence, a table's rule or a definition at the
// beginning of a line.
bool begins_block(std::string_view line) {
  if (line.empty()) return false;
  if (std::string_view("#+-=:").find(line[0]) != std::string_view::npos) return true;
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  return digits > 0 && digits < line.size() && (line[digits] == '.' || line[digits] == ')');
}

// Whether an address's & would be read as the beginning of a character reference.
bool begins_reference(std::string_view text) {
  std::size_t at = 1;
  while (at < text.size() && (is_ascii_letter(text[at]) || text[at] == '#'))
    ++at;
  return at > 1 && at < text.size() && text[at] == ';';
}

}  // namespace

bool is_ascii_mark(char letter) {
  return static_cast<std::uint8_t>(letter) < 0x80 && !is_ascii_letter(letter);
}

void append_escaped(std::string& out, std::string_view text, std::string_view line_break) {
  constexpr std::string_view special = "\\`*_[]<>&~|";
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool starts_line = out.empty() || out.back() == '\n';
    const bool is_blank = text[at] == '\t' || (text[at] == '\n' && line_break == " ");
    const char letter = is_blank ? ' ' : text[at];
    if (letter == '\n') {
      out += line_break;
      continue;
    }
    if (starts_line && letter == ' ') continue;
    if (starts_line && begins_block(text.substr(at))) {
      // A number stays readable: its dot is escaped, not its first digit.
      while (is_digit(text[at]))
        out += text[at++];
      out += '\\';
      out += text[at];
      continue;
    }
    if (special.find(letter) != special.npos) out += '\\';
    out += letter;
  }
}

void append_reference(std::string& out, std::uint32_t code) {
  out += "&#" + std::to_string(code) + ';';
}

void append_code(std::string& out, std::string_view text, bool in_cell) {
  const std::string fence(longest_run(text, '`') + 1, '`');
  const auto is_blank = [](char letter) { return letter == ' ' || letter == '\n'; };
  // Of code that isn't all blank, one blank at both ends is taken off again.
  const bool pad =
      text.starts_with('`') || text.ends_with('`') ||
      (is_blank(text.front()) && is_blank(text.back()) && !std::ranges::all_of(text, is_blank));
  out += fence;
  if (pad) out += ' ';
  for (const char letter : text) {
    if (letter == '|' && in_cell) out += '\\';
    out += letter == '\n' ? ' ' : letter;
  }
  if (pad) out += ' ';
  out += fence;
}

void append_address(std::string& out, std::string_view address) {
  constexpr std::string_view special = "<>\\|";
  for (std::size_t at = 0; at < address.size(); ++at) {
    const char letter = address[at];
    const bool escape = special.find(letter) != special.npos ||
                        (letter == '&' && begins_reference(address.substr(at)));
    if (escape) out += '\\';
    out += letter;
  }
}

void escape_last_hash(std::string& heading) {
  if (!heading.ends_with('#')) return;
  std::size_t slashes = 0;
  while (slashes + 1 < heading.size() && heading[heading.size() - 2 - slashes] == '\\')
    ++slashes;
  if (slashes % 2 == 0) heading.insert(heading.size() - 1, 1, '\\');
}

std::size_t longest_run(std::string_view text, char of) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char letter : text) {
    run = letter == of ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace plenary::notes
