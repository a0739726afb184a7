#include <array>

#include "notes/nodes.hpp"
#include "notes/render.hpp"

namespace plenary::notes {

namespace {

void append_escaped(std::string& out, std::string_view text) {
  for (const char letter : text) {
    switch (letter) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case '\n':
      case '\t':
        out += letter;
        break;
      default:
        // Control characters have no place in HTML.
        if (static_cast<std::uint8_t>(letter) >= 0x20 && letter != 0x7F) out += letter;
    }
  }
}

constexpr std::array<std::string_view, 7> kTags{"a", "strong", "em", "u", "s", "mark", "code"};
std::string_view tag_of(Style style) {
  return kTags[static_cast<std::size_t>(style)];
}

class Html {
 public:
  Html(const Document& document, std::string_view root, const RenderWords& words,
       const RenderLimits& limits)
      : walker_(document, root, limits),
        words_(words),
        styles_(limits.max_address_bytes),
        max_bytes_(limits.max_output_bytes) {}

  Rendered render() {
    for (XmlStep step = walker_.next(); step != XmlStep::kDone; step = walker_.next()) {
      if (out_.size() > max_bytes_) break;
      switch (step) {
        case XmlStep::kEnter:
          if (node_of(walker_.name()) != Node::kHardBreak) style({});
          enter();
          break;
        case XmlStep::kLeave:
          if (node_of(walker_.name()) != Node::kHardBreak) style({});
          out_ += closing_.back();
          closing_.pop_back();
          break;
        case XmlStep::kText:
          style(styles_.styles(walker_.marks()));
          append_escaped(out_, walker_.text());
          break;
        case XmlStep::kEmbed:
          style({});
          out_ += "<code>";
          append_escaped(out_, walker_.embed().json());
          out_ += "</code>";
          break;
        case XmlStep::kDone:
          break;
      }
    }
    style({});
    if (out_.size() > max_bytes_) return std::unexpected(Refusal{RefusalCode::kTooLarge});
    return std::move(out_);
  }

 private:
  // Closes and opens only what differs, so that what belongs together stays in one element.
  void style(std::vector<StyleMark> wanted) {
    std::size_t same = 0;
    while (same < open_.size() && same < wanted.size() && open_[same] == wanted[same])
      ++same;
    for (std::size_t at = open_.size(); at-- > same;) {
      out_.append("</").append(tag_of(open_[at].style)).append(">");
    }
    for (std::size_t at = same; at < wanted.size(); ++at) {
      out_.append("<").append(tag_of(wanted[at].style));
      if (wanted[at].style == Style::kLink) {
        out_ += " href=\"";
        append_escaped(out_, wanted[at].address);
        out_ += "\" rel=\"noopener noreferrer nofollow\"";
      }
      out_ += '>';
    }
    open_ = std::move(wanted);
  }

  void element(std::string_view open, std::string_view close) {
    out_ += open;
    closing_.push_back(close);
  }

  void enter() {
    switch (node_of(walker_.name())) {
      case Node::kParagraph:
        return element("<p>", "</p>");
      case Node::kHeading:
        return heading();
      case Node::kBulletList:
        return element("<ul>", "</ul>");
      case Node::kOrderedList:
        return ordered_list();
      case Node::kListItem:
        return element("<li>", "</li>");
      case Node::kTaskList:
        return element("<ul class=\"tasks\">", "</ul>");
      case Node::kTaskItem:
        return task();
      case Node::kBlockquote:
        return element("<blockquote>", "</blockquote>");
      case Node::kCodeBlock:
        return element("<pre><code>", "</code></pre>");
      case Node::kHorizontalRule:
        return element("<hr>", "");
      case Node::kHardBreak:
        return element("<br>", "");
      case Node::kTable:
        return element("<table><tbody>", "</tbody></table>");
      case Node::kTableRow:
        return element("<tr>", "</tr>");
      case Node::kTableHeader:
        return cell("<th", "</th>");
      case Node::kTableCell:
        return cell("<td", "</td>");
      case Node::kDecision:
        return decision();
      case Node::kTurn:
        return turn();
      case Node::kOther:
        return element("<div>", "</div>");
    }
  }

  void heading() {
    constexpr std::array<std::string_view, 6> open{"<h1>", "<h2>", "<h3>", "<h4>", "<h5>", "<h6>"};
    constexpr std::array<std::string_view, 6> close{"</h1>", "</h2>", "</h3>",
                                                    "</h4>", "</h5>", "</h6>"};
    const auto level = static_cast<std::size_t>(number_attribute(walker_, "level", 1, 6, 2)) - 1;
    element(open[level], close[level]);
  }

  void ordered_list() {
    const int start = number_attribute(walker_, "start", 0, 1'000'000, 1);
    if (start == 1) return element("<ol>", "</ol>");
    element("<ol start=\"" + std::to_string(start) + "\">", "</ol>");
  }

  void cell(std::string_view open, std::string_view close) {
    element(open, close);
    for (const std::string_view name : {"colspan", "rowspan"}) {
      const int span = number_attribute(walker_, name, 1, 1'000, 1);
      if (span > 1) out_.append(" ").append(name).append("=\"" + std::to_string(span) + "\"");
    }
    out_ += '>';
  }

  void task() {
    element("<li><input type=\"checkbox\" disabled", "</li>");
    if (is_set(walker_, "checked")) out_ += " checked";
    out_ += '>';
    for (const std::string_view name : {"assignee", "due"}) {
      const std::string text = text_attribute(walker_, name);
      if (text.empty()) continue;
      out_.append("<span class=\"").append(name).append("\">");
      append_escaped(out_, text);
      out_ += "</span>";
    }
  }

  void decision() {
    element("<section class=\"decision\"><p class=\"label\">", "</section>");
    append_escaped(out_, words_.decision);
    out_ += "</p>";
  }

  void turn() {
    element("<section class=\"turn\">", "</section>");
    const auto words = turn_words(walker_);
    if (words.empty()) return;
    out_ += "<header>";
    for (std::size_t at = 0; at < words.size(); ++at) {
      if (at > 0) out_ += " · ";
      append_escaped(out_, words[at]);
    }
    out_ += "</header>";
  }

  XmlWalker walker_;
  const RenderWords& words_;
  StyleReader styles_;
  std::size_t max_bytes_;
  std::string out_;
  std::vector<std::string_view> closing_;  // of the elements that are open
  std::vector<StyleMark> open_;
};

}  // namespace

Rendered render_html(const Document& document, std::string_view root, const RenderWords& words,
                     const RenderLimits& limits) {
  return Html(document, root, words, limits).render();
}

}  // namespace plenary::notes
