#include <algorithm>

#include "notes/markdown_inline.hpp"
#include "notes/nodes.hpp"
#include "notes/render.hpp"

namespace plenary::notes {

namespace {

constexpr std::string_view kBreak = "\\\n";

class Markdown {
 public:
  Markdown(const Document& document, std::string_view root, const RenderWords& words)
      : walker_(document, root), words_(words) {}

  std::string render() {
    for (XmlStep step = walker_.next(); step != XmlStep::kDone; step = walker_.next()) {
      switch (step) {
        case XmlStep::kEnter:
          enter();
          break;
        case XmlStep::kLeave:
          leave();
          break;
        case XmlStep::kText:
          inline_.text(walker_.text(), styles_of(walker_.marks()));
          break;
        case XmlStep::kEmbed:
          inline_.text(walker_.embed().json(), {{Style::kCode, {}}});
          break;
        case XmlStep::kDone:
          break;
      }
    }
    end_block();
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
  };

  bool in_cell() const { return cell_depth_ > 0; }

  void enter() {
    const Node node = node_of(walker_.name());
    if (node == Node::kHardBreak) {
      inline_.line_break();
      open_.push_back({node, {}, {}});
      return;
    }
    // The words of a task stand before its first paragraph, in one line with it.
    const bool goes_on = node == Node::kParagraph && !open_.empty() &&
                         open_.back().node == Node::kTaskItem && !open_.back().begun;
    if (!goes_on) end_block();
    Open open{node, {}, {}};
    switch (node) {
      case Node::kHeading:
        open.level = number_attribute(walker_, "level", 1, 6, 2);
        break;
      case Node::kOrderedList:
        open.number = number_attribute(walker_, "start", 0, 1'000'000, 1);
        begin_list();
        break;
      case Node::kBulletList:
      case Node::kTaskList:
        begin_list();
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
        rows_ = 0;
        break;
      default:
        break;
    }
    open_.push_back(std::move(open));
    if (node == Node::kTaskItem) task_words();
    if (node == Node::kDecision) put("**" + escaped(words_.decision) + "**");
    if (node == Node::kTurn) turn();
  }

  void leave() {
    const Node node = open_.back().node;
    if (node != Node::kHardBreak) end_block();
    if (node == Node::kHorizontalRule && !in_cell()) put("---");
    if ((node == Node::kListItem || node == Node::kTaskItem) && !open_.back().begun) put("");
    if (node == Node::kTableHeader || node == Node::kTableCell) end_cell();
    if (node == Node::kTableRow && !in_cell()) end_row();
    open_.pop_back();
    if (is_list(node) && !in_list()) blank_ = true;
  }

  static bool is_list(Node node) {
    return node == Node::kBulletList || node == Node::kOrderedList || node == Node::kTaskList;
  }
  bool in_list() const {
    return std::ranges::any_of(open_, [](const Open& open) { return is_list(open.node); });
  }

  // A list inside an item follows at once; so does an item.
  void begin_list() {
    if (in_list()) blank_ = false;
  }
  void begin_item(Open& item) {
    const bool is_first = open_.empty() || !is_list(open_.back().node) || !open_.back().begun;
    if (!is_first || in_item()) blank_ = false;
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

  static std::string escaped(std::string_view text) {
    MarkdownInline words;
    words.text("x", {});  // so that it isn't the beginning of a line
    words.text(text, {});
    return words.take(" ").substr(1);
  }

  void task_words() {
    for (const std::string_view name : {"assignee", "due"}) {
      const std::string text = text_attribute(walker_, name);
      if (!text.empty()) inline_.text("(" + text + ") ", {});
    }
  }

  void turn() {
    std::string line;
    for (const std::string& word : turn_words(walker_)) {
      line += line.empty() ? "**" + escaped(word) + "**" : " · " + escaped(word);
    }
    if (!line.empty()) put(line);
  }

  // Puts out what text has gathered, as the innermost block wants it.
  void end_block() {
    if (inline_.empty()) return;
    const Open* block = open_.empty() ? nullptr : &open_.back();
    if (in_cell()) {
      if (!cell_.empty()) cell_ += "<br>";
      cell_ += inline_.take("<br>");
    } else if (block && block->node == Node::kHeading) {
      put(std::string(static_cast<std::size_t>(block->level), '#') + ' ' + inline_.take(" "));
    } else if (block && block->node == Node::kCodeBlock) {
      const std::string code = inline_.take_plain();
      std::string fence = "```";
      while (code.find(fence) != code.npos)
        fence += '`';
      put(fence + '\n' + code + '\n' + fence);
    } else {
      put(inline_.take(kBreak));
    }
  }

  void end_cell() {
    row_ += "| " + cell_ + ' ';
    cell_.clear();
    --cell_depth_;
    ++columns_;
  }

  void end_row() {
    if (columns_ == 0) return;
    if (rows_ > 0) blank_ = false;
    put(row_ + '|');
    if (rows_++ == 0) {
      std::string rule;
      for (int column = 0; column < columns_; ++column)
        rule += "| --- ";
      blank_ = false;
      put(rule + '|');
    }
    row_.clear();
    columns_ = 0;
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
    if (blank_ && !out_.empty()) {
      prefix(false);
      out_ += '\n';
    }
    blank_ = true;
    for (std::size_t at = 0; at <= block.size();) {
      const std::size_t end = std::min(block.find('\n', at), block.size());
      prefix(true);
      out_ += block.substr(at, end - at);
      out_ += '\n';
      at = end + 1;
    }
  }

  XmlWalker walker_;
  const RenderWords& words_;
  std::string out_;
  MarkdownInline inline_;
  std::vector<Open> open_;
  bool blank_ = false;
  std::string cell_;
  std::string row_;
  int cell_depth_ = 0;
  int columns_ = 0;
  int rows_ = 0;
};

}  // namespace

std::string render_markdown(const Document& document, std::string_view root,
                            const RenderWords& words) {
  return Markdown(document, root, words).render();
}

}  // namespace plenary::notes
