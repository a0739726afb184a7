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

void open_marks(std::string& out, const std::vector<Mark>& marks) {
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

std::string closed_marks(const std::vector<Mark>& marks) {
  std::string out;
  for (std::size_t at = marks.size(); at-- > 0;)
    out.append("</").append(marks[at].key).append(">");
  return out;
}

std::string walk_to_string(XmlWalker& walker) {
  std::string out;
  std::vector<std::string> closing;  // of the elements that are open
  for (XmlStep step = walker.next(); step != XmlStep::kDone; step = walker.next()) {
    switch (step) {
      case XmlStep::kEnter:
        open_marks(out, walker.marks());
        closing.push_back(closed_marks(walker.marks()));
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
        out += closing.back();
        closing.pop_back();
        break;
      case XmlStep::kText:
        open_marks(out, walker.marks());
        out += walker.text();
        out += closed_marks(walker.marks());
        break;
      case XmlStep::kEmbed:
        open_marks(out, walker.marks());
        walker.embed().append_json(out);
        out += closed_marks(walker.marks());
        break;
      case XmlStep::kDone:
        break;
    }
  }
  return out;
}

}  // namespace

std::string render_xml(const Document& document, std::string_view root) {
  XmlWalker walker(document, root);
  return walk_to_string(walker);
}

std::string xml_string(const Store& store, TypeIndex type) {
  XmlWalker walker(store, type);
  return walk_to_string(walker);
}

}  // namespace plenary::notes
