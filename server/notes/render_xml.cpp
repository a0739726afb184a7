#include <algorithm>

#include "notes/json_text.hpp"
#include "notes/render.hpp"
#include "notes/walk.hpp"
#include "notes/xml_string.hpp"

namespace plenary::notes {

namespace {

void append_lower(std::string& out, std::string_view name) {
  for (const char letter : name) {
    out += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
}

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  out.append(" ").append(name).append("=\"").append(value).append("\"");
}

void open_marks(std::string& out, std::span<const Mark> marks) {
  for (const Mark& mark : marks) {
    out.append("<").append(mark.key);
    auto members = json_members(mark.value);
    std::ranges::sort(members);
    for (const auto& [key, value] : members) {
      append_attribute(out, key, Value(Value::Kind::kJson, value).text());
    }
    out += '>';
  }
}

void close_marks(std::string& out, std::span<const Mark> marks) {
  for (std::size_t at = marks.size(); at-- > 0;)
    out.append("</").append(marks[at].key).append(">");
}

Rendered walk_to_string(XmlWalker& walker, std::size_t max_bytes) {
  std::string out;
  for (XmlStep step = walker.next(); step != XmlStep::kDone; step = walker.next()) {
    if (out.size() > max_bytes) break;
    switch (step) {
      case XmlStep::kEnter:
        open_marks(out, walker.marks());
        out += '<';
        append_lower(out, walker.name());
        for (const Attribute& attribute : walker.attributes()) {
          append_attribute(out, attribute.name, attribute.value.text());
        }
        out += '>';
        break;
      case XmlStep::kLeave:
        out += "</";
        append_lower(out, walker.name());
        out += '>';
        close_marks(out, walker.marks());
        break;
      case XmlStep::kText:
        open_marks(out, walker.marks());
        out += walker.text();
        close_marks(out, walker.marks());
        break;
      case XmlStep::kEmbed:
        open_marks(out, walker.marks());
        walker.embed().append_json(out);
        close_marks(out, walker.marks());
        break;
      case XmlStep::kDone:
        break;
    }
  }
  if (out.size() > max_bytes) return std::unexpected(Refusal{RefusalCode::kTooLarge});
  return out;
}

}  // namespace

Rendered render_xml(const Document& document, std::string_view root, const RenderLimits& limits) {
  XmlWalker walker(document, root, limits);
  return walk_to_string(walker, limits.max_output_bytes);
}

Rendered xml_string(const Store& store, TypeIndex type, const RenderLimits& limits) {
  XmlWalker walker(store, type, limits);
  return walk_to_string(walker, limits.max_output_bytes);
}

}  // namespace plenary::notes
