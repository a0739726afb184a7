#include "notes/markdown_inline.hpp"

#include <algorithm>

namespace plenary::notes {

namespace {

constexpr std::string_view kBlank = " \t\n";

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

// What could begin a heading, a list, a rule or a fence at the beginning of a line.
bool begins_block(std::string_view line) {
  if (line.empty()) return false;
  if (std::string_view("#+-=").find(line[0]) != std::string_view::npos) return true;
  std::size_t at = 0;
  while (at < line.size() && is_digit(line[at]))
    ++at;
  return at > 0 && at < line.size() && (line[at] == '.' || line[at] == ')');
}

void append_escaped(std::string& out, std::string_view text, std::string_view line_break) {
  constexpr std::string_view special = "\\`*_[]<>&~|";
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool starts_line = out.empty() || out.back() == '\n';
    const char letter = text[at];
    if (letter == '\n') {
      out += line_break;
      continue;
    }
    if (static_cast<std::uint8_t>(letter) < 0x20 || letter == 0x7F) {
      out += ' ';
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

void append_code(std::string& out, std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char letter : text) {
    run = letter == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  const bool pad = text.starts_with('`') || text.ends_with('`');
  out += fence;
  if (pad) out += ' ';
  for (const char letter : text)
    out += letter == '\n' ? ' ' : letter;
  if (pad) out += ' ';
  out += fence;
}

void open(std::string& out, const StyleMark& mark) {
  switch (mark.style) {
    case Style::kLink:
      out += '[';
      return;
    case Style::kBold:
      out += "**";
      return;
    case Style::kItalic:
      out += '*';
      return;
    case Style::kStrike:
      out += "~~";
      return;
    default:
      return;  // CommonMark has no underline and no highlight; code is written with its text
  }
}

void close(std::string& out, const StyleMark& mark) {
  if (mark.style != Style::kLink) return open(out, mark);
  out += "](<";
  for (const char letter : mark.address) {
    if (letter == '<' || letter == '>' || letter == '\\') out += '\\';
    out += letter;
  }
  out += ">)";
}

void change_styles(std::string& out, std::vector<StyleMark>& now,
                   const std::vector<StyleMark>& wanted) {
  std::size_t same = 0;
  while (same < now.size() && same < wanted.size() && now[same] == wanted[same])
    ++same;
  for (std::size_t at = now.size(); at-- > same;)
    close(out, now[at]);
  for (std::size_t at = same; at < wanted.size(); ++at)
    open(out, wanted[at]);
  now = wanted;
}

bool is_code(const std::vector<StyleMark>& styles) {
  return !styles.empty() && styles.back().style == Style::kCode;
}

}  // namespace

void MarkdownInline::text(std::string_view text, std::vector<StyleMark> styles) {
  if (!runs_.empty() && runs_.back().styles == styles) {
    runs_.back().text += text;
  } else {
    runs_.push_back({std::string(text), std::move(styles)});
  }
}

// "**bold **next" would not be bold: a blank at the edge of a stretch keeps only the styles that
// hold on both sides of it.
std::vector<MarkdownInline::Run> MarkdownInline::with_spaces_outside() const {
  std::vector<Run> runs;
  const auto common = [](const std::vector<StyleMark>& left, const std::vector<StyleMark>& right) {
    std::vector<StyleMark> both;
    for (std::size_t at = 0; at < std::min(left.size(), right.size()); ++at) {
      if (left[at] != right[at]) break;
      both.push_back(left[at]);
    }
    return both;
  };
  static const std::vector<StyleMark> none;
  for (std::size_t at = 0; at < runs_.size(); ++at) {
    const Run& run = runs_[at];
    if (is_code(run.styles)) {
      runs.push_back(run);
      continue;
    }
    const std::size_t first = std::min(run.text.find_first_not_of(kBlank), run.text.size());
    const std::size_t last =
        first == run.text.size() ? first : run.text.find_last_not_of(kBlank) + 1;
    const auto& before = at > 0 ? runs_[at - 1].styles : none;
    const auto& after = at + 1 < runs_.size() ? runs_[at + 1].styles : none;
    if (first > 0) runs.push_back({run.text.substr(0, first), common(before, run.styles)});
    if (last > first) runs.push_back({run.text.substr(first, last - first), run.styles});
    if (last < run.text.size()) runs.push_back({run.text.substr(last), common(run.styles, after)});
  }
  return runs;
}

std::string MarkdownInline::take(std::string_view line_break) {
  std::string out;
  std::vector<StyleMark> now;
  for (const Run& run : with_spaces_outside()) {
    change_styles(out, now, run.styles);
    if (is_code(run.styles)) {
      append_code(out, run.text);
    } else {
      append_escaped(out, run.text, line_break);
    }
  }
  change_styles(out, now, {});
  runs_.clear();
  while (!out.empty() && (out.back() == ' ' || out.back() == '\n'))
    out.pop_back();
  return out;
}

std::string MarkdownInline::take_plain() {
  std::string out;
  for (const Run& run : runs_)
    out += run.text;
  runs_.clear();
  return out;
}

}  // namespace plenary::notes
