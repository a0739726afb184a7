#include "notes/json_text.hpp"
#include "notes/render.hpp"
#include "notes/walk.hpp"

namespace plenary::notes {

namespace {

class EditorJson {
 public:
  EditorJson(const Document& document, std::string_view root) : walker_(document, root) {}

  std::string render() {
    out_ = R"({"type":"doc")";
    had_content_.push_back(false);
    for (XmlStep step = walker_.next(); step != XmlStep::kDone; step = walker_.next()) {
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
    std::string marks;
    for (const Mark& mark : walker_.marks()) {
      marks += marks.empty() ? R"(,"marks":[{"type":)" : R"(,{"type":)";
      append_json_string(marks, mark.name());
      if (mark.value.starts_with('{') && mark.value != "{}") {
        marks.append(R"(,"attrs":)").append(mark.value);
      }
      marks += '}';
    }
    if (!marks.empty()) marks += ']';
    if (!text_.empty() && marks != marks_) end_text();
    text_ += walker_.text();
    marks_ = std::move(marks);
  }

  void end_text() {
    if (text_.empty()) return;
    begin_content();
    out_ += R"({"type":"text")";
    out_ += marks_;
    out_ += R"(,"text":)";
    append_json_string(out_, text_);
    out_ += '}';
    text_.clear();
  }

  XmlWalker walker_;
  std::string out_;
  std::string text_;
  std::string marks_;
  std::vector<bool> had_content_;  // of the nodes that are open
};

}  // namespace

std::string render_editor_json(const Document& document, std::string_view root) {
  return EditorJson(document, root).render();
}

}  // namespace plenary::notes
