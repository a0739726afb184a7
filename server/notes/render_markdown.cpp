#include <algorithm>
#include <utility>

#include "notes/markdown_escape.hpp"
#include "notes/markdown_inline.hpp"
#include "notes/nodes.hpp"
#include "notes/render.hpp"

namespace plenary::notes {

namespace {

class Markdown {
 public:
  Markdown(const Document& document, std::string_view root, const RenderWords& words,
           const RenderLimits& limits)
      : walker_(document, root, limits),
        words_(words),
        styles_(limits.max_address_bytes),
        max_bytes_(limits.max_output_bytes) {}

  Rendered render() {
    for (XmlStep step = walker_.next(); step != XmlStep::kDone; step = walker_.next()) {
      if (is_full()) break;
      switch (step) {
        case XmlStep::kEnter:
          enter();
          break;
        case XmlStep::kLeave:
          leave();
          break;
        case XmlStep::kText:
          inline_.text(walker_.text(), styles_.styles(walker_.marks()));
          break;
        case XmlStep::kEmbed:
          inline_.text(walker_.embed().json(), {{Style::kCode}});
          break;
        case XmlStep::kDone:
          break;
      }
    }
    end_block();
    end_table();
    if (is_full()) return std::unexpected(Refusal{RefusalCode::kTooLarge});
    return std::move(out_);
  }

 private:
  // A node that is open, with what every line inside of it begins with.
  struct Open {
    Node node;
    std::string first;  // of the first line
    std::string rest;   // of the others
    int number = 0;     // of an ordered list: its next item's
    int level = 0;      // of a heading
    bool begun = false;
    bool nested_first = false;  // the first item of a list inside an item
  };

  struct Row {
    std::string cells;
    int columns;
  };

  bool in_cell() const { return cell_depth_ > 0; }
  bool is_full() const {
    const std::size_t waiting = inline_.size() + cell_.size() + row_.size() + table_bytes_;
    return out_.size() + waiting > max_bytes_;
  }

  void enter() {
    const Node node = node_of(walker_.name());
    if (node == Node::kHardBreak) {
      inline_.line_break();
      open_.push_back({node, {}, {}});
      return;
    }
    // The words of a task stand before its first paragraph, in one line with it.
    const bool goes_on = node == Node::kParagraph && in_new_task();
    if (!goes_on) end_block();
    // What a line must begin with doesn't work behind a task's box: that stands alone then.
    if (in_new_task() && node != Node::kParagraph) put("");
    Open open{node, {}, {}};
    switch (node) {
      case Node::kHeading:
        open.level = number_attribute(walker_, "level", 1, 6, 2);
        break;
      case Node::kOrderedList:
        open.number = number_attribute(walker_, "start", 0, 1'000'000, 1);
        begin_list(open.number);
        break;
      case Node::kBulletList:
      case Node::kTaskList:
        begin_list(1);
        break;
      case Node::kListItem:
      case Node::kTaskItem:
        begin_item(open);
        break;
      case Node::kBlockquote:
      case Node::kDecision:
        open.first = open.rest = "> ";
        break;
      case Node::kTableHeader:
      case Node::kTableCell:
        ++cell_depth_;
        break;
      case Node::kTable:
        if (!in_cell()) end_table();
        break;
      default:
        break;
    }
    open_.push_back(std::move(open));
    if (node == Node::kTaskItem) task_words();
    if (node == Node::kDecision) decision();
    if (node == Node::kTurn) turn();
  }

  void leave() {
    const Node node = open_.back().node;
    if (node != Node::kHardBreak) end_block();
    // Dashes behind an item's dash would be a rule around the item.
    if (node == Node::kHorizontalRule && !in_cell()) put("***");
    if (node == Node::kListItem || node == Node::kTaskItem) end_item();
    if (node == Node::kTableHeader || node == Node::kTableCell) {
      end_cell();
    } else if (node == Node::kTableRow && !in_cell()) {
      end_row();
    } else if (!in_cell()) {
      end_table();
    }
    open_.pop_back();
    if (is_list(node) && !in_list()) blank_ = true;
  }

  bool in_new_task() const {
    return !in_cell() && !open_.empty() && open_.back().node == Node::kTaskItem &&
           !open_.back().begun;
  }

  static bool is_list(Node node) {
    return node == Node::kBulletList || node == Node::kOrderedList || node == Node::kTaskList;
  }
  bool in_list() const {
    return std::ranges::any_of(open_, [](const Open& open) { return is_list(open.node); });
  }

  // A list inside an item follows at once, if it would not be taken for more of a paragraph; so
  // does an item.
  void begin_list(int first_number) {
    if (in_list() && open_.back().begun && first_number == 1) blank_ = false;
  }
  void begin_item(Open& item) {
    const bool is_first = open_.empty() || !is_list(open_.back().node) || !open_.back().begun;
    item.nested_first = is_first && in_item();
    if (!is_first) blank_ = false;
    if (!open_.empty()) open_.back().begun = true;
    if (!open_.empty() && open_.back().node == Node::kOrderedList) {
      item.first = std::to_string(open_.back().number++) + ". ";
    } else {
      item.first = "- ";
    }
    item.rest = std::string(item.first.size(), ' ');
    if (item.node == Node::kTaskItem) item.first += is_set(walker_, "checked") ? "[x] " : "[ ] ";
  }
  bool in_item() const {
    return std::ranges::any_of(open_, [](const Open& open) {
      return open.node == Node::kListItem || open.node == Node::kTaskItem;
    });
  }

  // Dashes alone would be a rule, or make the paragraph above them a heading.
  void end_item() {
    if (!in_cell() && !open_.back().begun) put(open_.back().nested_first ? "&nbsp;" : "");
  }

  void decision() {
    inline_.text(words_.decision, {{Style::kBold}});
    put_line();
  }

  void task_words() {
    for (const std::string_view name : {"assignee", "due"}) {
      const std::string text = text_attribute(walker_, name);
      if (!text.empty()) inline_.text("(" + text + ") ", {});
    }
  }

  void turn() {
    for (const std::string& word : turn_words(walker_)) {
      const bool is_first = inline_.empty();
      if (!is_first) inline_.text(" · ", {});
      inline_.text(word,
                   is_first ? std::vector<StyleMark>{{Style::kBold}} : std::vector<StyleMark>{});
    }
    put_line();
  }
  void put_line() {
    if (in_cell()) return end_block();
    const std::string line = inline_.take(MarkdownShape::kLine);
    if (!line.empty()) put(line);
  }

  // Puts out what text has gathered, as the innermost block wants it.
  void end_block() {
    if (inline_.empty()) return;
    const Open* block = open_.empty() ? nullptr : &open_.back();
    if (in_cell()) {
      const std::string text = inline_.take(MarkdownShape::kCell);
      if (!cell_.empty() && !text.empty()) cell_ += "<br>";
      cell_ += text;
      return;
    }
    if (block && block->node == Node::kCodeBlock) {
      const std::string code = inline_.take_plain();
      const std::string fence(std::max<std::size_t>(3, longest_run(code, '`') + 1), '`');
      return put(fence + '\n' + code + '\n' + fence);
    }
    const bool is_heading = block && block->node == Node::kHeading;
    const std::string text =
        inline_.take(is_heading ? MarkdownShape::kLine : MarkdownShape::kLines);
    if (text.empty()) return;
    put(is_heading ? std::string(static_cast<std::size_t>(block->level), '#') + ' ' + text : text);
  }

  void end_cell() {
    row_ += "| " + cell_ + ' ';
    cell_.clear();
    --cell_depth_;
    ++columns_;
  }

  void end_row() {
    if (columns_ == 0) return;
    table_bytes_ += row_.size();
    table_.push_back({std::move(row_), columns_});
    row_.clear();
    columns_ = 0;
  }

  // A table has as many columns as its first row: what is beyond them isn't shown.
  void end_table() {
    if (table_.empty()) return;
    const std::vector<Row> table = std::exchange(table_, {});
    table_bytes_ = 0;
    const int columns = std::ranges::max_element(table, {}, &Row::columns)->columns;
    std::string first = table.front().cells;
    for (int column = table.front().columns; column < columns; ++column)
      first += "|  ";
    put(first + "|");
    std::string rule;
    for (int column = 0; column < columns; ++column)
      rule += "| --- ";
    put_next(rule + '|');
    for (std::size_t row = 1; row < table.size(); ++row)
      put_next(table[row].cells + '|');
  }
  void put_next(std::string_view line) {
    blank_ = false;
    put(line);
  }

  void prefix(bool text_follows) {
    const std::size_t start = out_.size();
    for (Open& open : open_) {
      // On a blank line, what has yet to begin isn't there.
      if (!text_follows && !open.begun) continue;
      out_ += open.begun || open.first.empty() ? open.rest : open.first;
      if (!is_list(open.node)) open.begun = true;
    }
    if (text_follows) return;
    while (out_.size() > start && out_.back() == ' ')
      out_.pop_back();
  }

  // One block of lines, with a blank line before it where one is due.
  void put(std::string_view block) {
    end_table();
    if (blank_ && !out_.empty()) {
      prefix(false);
      out_ += '\n';
    }
    blank_ = true;
    for (std::size_t at = 0; at <= block.size() && out_.size() <= max_bytes_;) {
      const std::size_t end = std::min(block.find('\n', at), block.size());
      prefix(true);
      out_ += block.substr(at, end - at);
      out_ += '\n';
      at = end + 1;
    }
  }

  XmlWalker walker_;
  const RenderWords& words_;
  StyleReader styles_;
  std::size_t max_bytes_;
  std::string out_;
  MarkdownInline inline_;
  std::vector<Open> open_;
  bool blank_ = false;
  std::string cell_;
  std::string row_;
  int cell_depth_ = 0;
  int columns_ = 0;
  std::vector<Row> table_;  // rows of a table that is open
  std::size_t table_bytes_ = 0;
};

}  // namespace

Rendered render_markdown(const Document& document, std::string_view root, const RenderWords& words,
                         const RenderLimits& limits) {
  return Markdown(document, root, words, limits).render();
}

}  // namespace plenary::notes
