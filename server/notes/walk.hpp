// Reading a document: its roots as texts, as values, and as XML fragments step by step.
//
//   XmlWalker walker(document, "minutes");
//   for (auto step = walker.next(); step != XmlStep::kDone; step = walker.next()) ...
//
// Nothing recurses: the walker keeps a stack of its own. Views it gives out hold until the next
// step and end with the next change of the document.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "notes/document.hpp"

namespace plenary::notes {

// A value as it stands in the document: attribute of a node, entry of a map or array, embed.
class Value {
 public:
  enum class Kind : std::uint8_t { kNothing, kAny, kJson, kBytes, kType, kDocument };

  Value() = default;
  Value(Kind kind, std::string_view bytes) : kind_(kind), bytes_(bytes) {}

  Kind kind() const { return kind_; }
  // As JSON; a type or a document within, which only render_json follows, is null.
  void append_json(std::string& out) const;
  std::string json() const;
  // A string's text; a number, true, false or null as JavaScript prints it; else its JSON.
  std::string text() const;

 private:
  Kind kind_ = Kind::kNothing;
  std::string_view bytes_;
};

struct Attribute {
  std::string_view name;
  Value value;
};

// A format that holds for a stretch of text. Where marks of one name overlap, y-prosemirror adds
// "--" and eight characters of base64 to the key. Both views hold until the document changes.
struct Mark {
  std::string_view key;
  std::string_view value;         // JSON, never null
  std::string_view name() const;  // the key without that
};
bool same_marks(std::span<const Mark> left, std::span<const Mark> right);

enum class XmlStep : std::uint8_t {
  kEnter,  // an element begins: name(), attributes(), and marks() of the text it stands in
  kLeave,  // and ends: name() and marks(), as when it began
  kText,   // text() with marks()
  kEmbed,  // embed() with marks()
  kDone,
};

class XmlWalker {
 public:
  // Walks what the root shows; an unknown root is empty. Marks beyond the limits are passed over.
  XmlWalker(const Document& document, std::string_view root, const RenderLimits& limits = {});
  // Walks one type of a store, itself included; for this library.
  XmlWalker(const Store& store, std::uint32_t type, const RenderLimits& limits = {});
  ~XmlWalker();
  XmlWalker(const XmlWalker&) = delete;
  XmlWalker& operator=(const XmlWalker&) = delete;

  XmlStep next();

  std::string_view name() const { return name_; }
  const std::vector<Attribute>& attributes() const { return attributes_; }  // by name
  // The attribute of that name; kNothing if there is none.
  Value attribute(std::string_view name) const;
  std::string_view text() const { return text_; }
  std::span<const Mark> marks() const { return shown_marks_; }  // by key
  Value embed() const { return embed_; }
  // The first unit of what the step is about (not for kLeave).
  Id id() const { return id_; }
  // Elements that are open, the one just entered included.
  std::size_t depth() const { return depth_; }

 private:
  struct Frame;
  void push(std::uint32_t type, bool element);
  void read_attributes(std::uint32_t type);
  void set_mark(const Frame& frame, std::string_view format);
  void show_marks();
  bool gather(Frame& frame);
  XmlStep leave();

  const Store& store_;
  RenderLimits limits_;
  std::uint32_t start_ = 0xFFFF'FFFF;  // a type that is still to be entered
  std::vector<Frame> frames_;
  std::string_view name_;
  std::vector<Attribute> attributes_;
  std::string text_;
  std::vector<Mark> marks_;  // of all frames; each has its own behind those below it
  std::span<const Mark> shown_marks_;
  Value embed_;
  Id id_;
  std::size_t depth_ = 0;
};

// What a root of kind text shows, formats left out.
std::string plain_text(const Document& document, std::string_view root);

}  // namespace plenary::notes
