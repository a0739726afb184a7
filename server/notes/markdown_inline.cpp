#include "notes/markdown_inline.hpp"

#include <algorithm>
#include <utility>

#include "notes/code_points.hpp"
#include "notes/markdown_escape.hpp"

namespace plenary::notes {

namespace {

std::size_t in_common(const std::vector<StyleMark>& left, const std::vector<StyleMark>& right) {
  const auto [first, second] = std::ranges::mismatch(left, right);
  return static_cast<std::size_t>(first - left.begin());
}

std::size_t first_solid(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (!is_blank(next_code_point(text, at))) return begin;
  }
  return text.size();
}

std::size_t behind_last_solid(std::string_view text) {
  while (!text.empty()) {
    const std::size_t last = last_code_point(text);
    std::size_t at = last;
    if (!is_blank(next_code_point(text, at))) break;
    text = text.substr(0, last);
  }
  return text.size();
}

bool is_emphasis(const StyleMark& mark) {
  return mark.style != Style::kLink;
}

}  // namespace

// Writes the runs of a block one after the other.
//
// CommonMark takes ** or ~~ between two characters for the beginning or the end of emphasis only if
// those characters are right: "x**!a**" and "**a!**x" show asterisks. Where they are wrong, the
// outer one is written as a character reference: what stands beside the mark is then "&" or ";",
// punctuation, with which any mark works. No kind of mark ever stands beside one of its own kind.
class MarkdownWriter {
 public:
  using Run = MarkdownInline::Run;

  MarkdownWriter(MarkdownShape shape, const std::vector<Run>& runs) : shape_(shape) {
    const auto has_bold = [](const Run& run) {
      return std::ranges::find(run.styles, Style::kBold, &StyleMark::style) != run.styles.end();
    };
    // Beside the asterisks of bold, others would be taken together with them.
    italic_ = std::ranges::any_of(runs, has_bold) ? '_' : '*';
  }

  void run(const Run& run) {
    change_styles(run);
    if (run.code) {
      append_code(out_, run.text, shape_ == MarkdownShape::kCell);
      return;
    }
    std::string_view text = run.text;
    if (std::exchange(encode_next_, false)) {
      std::size_t behind = 0;
      append_reference(out_, next_code_point(text, behind));
      text.remove_prefix(behind);
    }
    append_escaped(out_, text, line_break());
  }

  std::string finish() {
    change_styles({{}, {}, false, true});
    encode_next_ = false;
    if (shape_ == MarkdownShape::kLine) escape_last_hash(out_);
    return std::move(out_);
  }

 private:
  std::string_view line_break() const {
    switch (shape_) {
      case MarkdownShape::kLines:
        return "\\\n";
      case MarkdownShape::kLine:
        return " ";
      case MarkdownShape::kCell:
        break;
    }
    return "<br>";
  }

  void change_styles(const Run& next) {
    const std::size_t same = in_common(now_, next.styles);
    const std::size_t closing = now_.size() - same;
    const std::size_t opening = next.styles.size() - same;
    if (closing == 0 && opening == 0) return;
    const bool alone = closing + opening == 1;
    if (opening == 0 && is_emphasis(now_[same]) && !follows_well(next)) {
      encode_next_ = !alone || is_underscore(now_[same]) || !ends_in_letter();
    }
    if (closing == 0 && is_emphasis(next.styles[same]) && !precedes_well()) {
      if (!alone || is_underscore(next.styles[same]) || !begins_with_letters(next)) encode_last();
    }
    for (std::size_t at = now_.size(); at-- > same;)
      close(now_[at]);
    for (std::size_t at = same; at < next.styles.size(); ++at)
      open(next.styles[at]);
    now_ = next.styles;
  }

  // An underscore between letters is none but an underscore.
  bool is_underscore(const StyleMark& style) const {
    return style.style == Style::kItalic && italic_ == '_';
  }
  // Whether what comes next is a blank or punctuation beyond doubt, or the end.
  static bool follows_well(const Run& next) {
    return next.code || next.text.empty() || is_ascii_mark(next.text.front());
  }
  bool precedes_well() const { return out_.empty() || is_ascii_mark(out_.back()); }
  bool ends_in_letter() const {
    std::size_t at = last_code_point(out_);
    return is_letter(next_code_point(out_, at));
  }
  // A letter that will stay one: of a single one, a mark behind it may make a reference.
  static bool begins_with_letters(const Run& next) {
    std::size_t at = 0;
    return !next.code && is_letter(next_code_point(next.text, at)) && at < next.text.size();
  }
  void encode_last() {
    const std::size_t begin = last_code_point(out_);
    std::size_t at = begin;
    const std::uint32_t code = next_code_point(out_, at);
    out_.resize(begin);
    append_reference(out_, code);
  }

  void mark(const StyleMark& mark) {
    switch (mark.style) {
      case Style::kBold:
        out_ += "**";
        return;
      case Style::kItalic:
        out_ += italic_;
        return;
      case Style::kStrike:
        out_ += "~~";
        return;
      default:
        return;
    }
  }
  void open(const StyleMark& style) {
    if (is_emphasis(style)) return mark(style);
    // "![" would be an image, which is fetched without being asked for.
    if (out_.ends_with('!')) out_.insert(out_.size() - 1, 1, '\\');
    out_ += '[';
  }
  void close(const StyleMark& style) {
    if (is_emphasis(style)) return mark(style);
    out_ += "](<";
    append_address(out_, style.address);
    out_ += ">)";
  }

  MarkdownShape shape_;
  char italic_ = '*';
  bool encode_next_ = false;  // the next character is to be a reference
  std::vector<StyleMark> now_;
  std::string out_;
};

void MarkdownInline::text(std::string_view text, const std::vector<StyleMark>& styles) {
  Run run{cleaned(text), {}, false, false};
  size_ += run.text.size();
  for (const StyleMark& mark : styles) {
    if (mark.style == Style::kCode) {
      run.code = true;
    } else if (mark.style != Style::kUnderline && mark.style != Style::kHighlight) {
      run.styles.push_back(mark);
    }
  }
  if (!runs_.empty() && runs_.back().styles == run.styles && runs_.back().code == run.code) {
    runs_.back().text += run.text;
  } else if (!run.text.empty()) {
    runs_.push_back(std::move(run));
  }
}

// "**bold **next" would not be bold: blanks between two runs are a run of their own, with only the
// styles that hold on both sides of it and in it. Blanks at the end are left out: a break there
// would show as a backslash.
std::vector<MarkdownInline::Run> MarkdownInline::with_blanks_outside() const {
  std::vector<Run> runs;
  const auto add_blank = [&runs](std::string text, const std::vector<StyleMark>& styles) {
    if (text.empty()) return;
    if (!runs.empty() && runs.back().blank) {
      runs.back().text += text;
      runs.back().styles.resize(in_common(runs.back().styles, styles));
      return;
    }
    std::vector<StyleMark> common = styles;
    common.resize(runs.empty() ? 0 : in_common(runs.back().styles, styles));
    runs.push_back({std::move(text), std::move(common), false, true});
  };
  for (const Run& run : runs_) {
    const std::size_t first = run.code ? 0 : first_solid(run.text);
    const std::size_t last = run.code ? run.text.size() : behind_last_solid(run.text);
    add_blank(run.text.substr(0, first), run.styles);
    if (first == run.text.size()) continue;
    if (!runs.empty() && runs.back().blank) {
      runs.back().styles.resize(in_common(runs.back().styles, run.styles));
    }
    runs.push_back({run.text.substr(first, last - first), run.styles, run.code, false});
    add_blank(run.text.substr(last), run.styles);
  }
  if (!runs.empty() && runs.back().blank) runs.pop_back();
  return runs;
}

std::string MarkdownInline::take(MarkdownShape shape) {
  const std::vector<Run> runs = with_blanks_outside();
  MarkdownWriter writer(shape, runs);
  for (const Run& run : runs)
    writer.run(run);
  runs_.clear();
  size_ = 0;
  return writer.finish();
}

std::string MarkdownInline::take_plain() {
  std::string out;
  for (const Run& run : runs_)
    out += run.text;
  runs_.clear();
  size_ = 0;
  return out;
}

}  // namespace plenary::notes
