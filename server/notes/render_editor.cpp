#include "notes/json_text.hpp"
#include "notes/render.hpp"
#include "notes/walk.hpp"

namespace plenary::notes {

namespace {

class EditorJson {
 public:
  EditorJson(const Document& document, std::string_view root, const RenderLimits& limits)
      : walker_(document, root, limits), max_bytes_(limits.max_output_bytes) {}

  Rendered render() {
    out_ = R"({"type":"doc")";
    had_content_.push_back(false);
    for (XmlStep step = walker_.next(); step != XmlStep::kDone; step = walker_.next()) {
      if (out_.size() + text_.size() > max_bytes_) break;
      if (step == XmlStep::kText) {
        text();
        continue;
      }
      end_text();
      if (step == XmlStep::kEnter) {
        enter();
      } else if (step == XmlStep::kLeave) {
        leave();
      } else {
        begin_content();
        out_ += R"({"type":"embed","attrs":{"value":)";
        walker_.embed().append_json(out_);
        out_ += "}}";
      }
    }
    end_text();
    leave();
    if (out_.size() > max_bytes_) return std::unexpected(Refusal{RefusalCode::kTooLarge});
    return std::move(out_);
  }

 private:
  void begin_content() {
    out_ += had_content_.back() ? "," : R"(,"content":[)";
    had_content_.back() = true;
  }

  void enter() {
    begin_content();
    out_ += R"({"type":)";
    append_json_string(out_, walker_.name());
    bool first = true;
    for (const Attribute& attribute : walker_.attributes()) {
      out_ += first ? R"(,"attrs":{)" : ",";
      first = false;
      append_json_string(out_, attribute.name);
      out_ += ':';
      attribute.value.append_json(out_);
    }
    if (!first) out_ += '}';
    had_content_.push_back(false);
  }

  void leave() {
    out_ += had_content_.back() ? "]}" : "}";
    had_content_.pop_back();
  }

  // Stretches with the same marks become one node, as the editor has it.
  void text() {
    if (!text_.empty() && !same_marks(marks_, walker_.marks())) end_text();
    text_ += walker_.text();
    marks_.assign(walker_.marks().begin(), walker_.marks().end());
  }

  void marks() {
    if (marks_.empty()) return;
    out_ += R"(,"marks":[)";
    for (const Mark& mark : marks_) {
      if (&mark != marks_.data()) out_ += ',';
      out_ += R"({"type":)";
      append_json_string(out_, mark.name());
      if (mark.value.starts_with('{') && mark.value != "{}") {
        out_.append(R"(,"attrs":)").append(mark.value);
      }
      out_ += '}';
    }
    out_ += ']';
  }

  void end_text() {
    if (text_.empty()) return;
    begin_content();
    out_ += R"({"type":"text")";
    marks();
    out_ += R"(,"text":)";
    append_json_string(out_, text_);
    out_ += '}';
    text_.clear();
  }

  XmlWalker walker_;
  std::size_t max_bytes_;
  std::string out_;
  std::string text_;
  std::vector<Mark> marks_;        // of that text
  std::vector<bool> had_content_;  // of the nodes that are open
};

}  // namespace

Rendered render_editor_json(const Document& document, std::string_view root,
                            const RenderLimits& limits) {
  return EditorJson(document, root, limits).render();
}

}  // namespace plenary::notes
