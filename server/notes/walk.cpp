#include "notes/walk.hpp"

#include <algorithm>
#include <utility>

#include "notes/json_text.hpp"
#include "notes/value.hpp"

namespace plenary::notes {

void Value::append_json(std::string& out) const {
  switch (kind_) {
    case Kind::kAny:
      return append_any_as_json(out, bytes_);
    case Kind::kJson:
      out += bytes_ == "undefined" ? "null" : bytes_;
      return;
    case Kind::kBytes: {
      // Bytes are written by the same code as within an Any.
      std::string any(1, '\x74');
      Writer(any).blob(bytes_);
      return append_any_as_json(out, any);
    }
    default:
      out += "null";
  }
}

std::string Value::json() const {
  std::string out;
  append_json(out);
  return out;
}

std::string Value::text() const {
  std::string out = json();
  if (auto unescaped = json_string(out)) return *std::move(unescaped);
  return out;
}

std::string_view Mark::name() const {
  constexpr std::size_t kSuffix = 10;  // "--" and eight characters
  if (key.size() <= kSuffix || key.substr(key.size() - kSuffix, 2) != "--") return key;
  return key.substr(0, key.size() - kSuffix);
}

Value last_value(const Store& store, const Block& block) {
  switch (block.kind) {
    case ContentKind::kJson:
    case ContentKind::kAny: {
      ValueReader values(block.kind, store.values(block));
      Value last;
      while (values.next(last))
        continue;
      return last;
    }
    case ContentKind::kEmbed:
      return {Value::Kind::kJson, store.values(block)};
    case ContentKind::kBinary:
      return {Value::Kind::kBytes, store.values(block)};
    case ContentKind::kType:
      return {Value::Kind::kType, {}};
    case ContentKind::kDocument:
      return {Value::Kind::kDocument, {}};
    default:
      return {};
  }
}

namespace {

bool is_element(const Type& type) {
  return type.kind == TypeKind::kXmlElement || type.kind == TypeKind::kXmlHook;
}

}  // namespace

// A type whose children are being walked.
struct XmlWalker::Frame {
  TypeIndex type;
  BlockHandle at;
  bool element;  // it was entered with a step, and is to be left with one
  std::vector<Mark> marks;
};

XmlWalker::XmlWalker(const Document& document, std::string_view root) : store_(document.store()) {
  const TypeIndex type = store_.find_root(root);
  if (type != kNone) push(type, false);
}

XmlWalker::XmlWalker(const Store& store, std::uint32_t type) : store_(store), start_(type) {}

XmlWalker::~XmlWalker() = default;

Value XmlWalker::attribute(std::string_view name) const {
  const auto found = std::ranges::find(attributes_, name, &Attribute::name);
  return found == attributes_.end() ? Value{} : found->value;
}

void XmlWalker::read_attributes(std::uint32_t index) {
  attributes_.clear();
  for (SequenceIndex key = store_.type(index).first_key; key != kNone;) {
    const Sequence& entry = store_.sequence(key);
    key = entry.next_key;
    if (entry.tail == kNone) continue;
    const Block& block = store_.block(entry.tail);
    if (block.deleted()) continue;
    attributes_.push_back({store_.name(entry.key), last_value(store_, block)});
  }
  std::ranges::sort(attributes_, {}, &Attribute::name);
}

void XmlWalker::push(std::uint32_t index, bool element) {
  const Type& type = store_.type(index);
  frames_.push_back({index, store_.sequence(type.children).head, element, {}});
  if (!element) return;
  ++depth_;
  name_ = store_.name(type.name);
  read_attributes(index);
}

XmlStep XmlWalker::leave() {
  const bool element = frames_.back().element;
  if (element) {
    name_ = store_.name(store_.type(frames_.back().type).name);
    --depth_;
  }
  frames_.pop_back();
  return element ? XmlStep::kLeave : XmlStep::kDone;
}

void XmlWalker::set_mark(Frame& frame, std::string_view format) {
  Reader in(format);
  const std::string_view key = in.blob();
  const std::string_view value = in.blob();
  const auto place = std::ranges::lower_bound(frame.marks, key, {}, &Mark::key);
  const bool there = place != frame.marks.end() && place->key == key;
  if (value == "null") {
    if (there) frame.marks.erase(place);
  } else if (there) {
    place->value = value;
  } else {
    frame.marks.insert(place, {key, value});
  }
}

// Text up to the next thing that is none, a format included. True if there is any.
bool XmlWalker::gather(Frame& frame) {
  text_.clear();
  for (; frame.at != kNone; frame.at = store_.block(frame.at).right) {
    const Block& block = store_.block(frame.at);
    if (block.deleted()) continue;
    if (block.kind != ContentKind::kText) break;
    if (text_.empty()) id_ = {store_.client(block.client).id, block.clock};
    text_ += store_.text(block);
  }
  return !text_.empty();
}

XmlStep XmlWalker::next() {
  if (start_ != kNone) {
    const TypeIndex type = std::exchange(start_, kNone);
    text_marks_.clear();
    push(type, is_element(store_.type(type)));
    if (frames_.back().element) return XmlStep::kEnter;
  }
  while (!frames_.empty()) {
    Frame& frame = frames_.back();
    if (gather(frame)) {
      text_marks_ = frame.marks;
      return XmlStep::kText;
    }
    if (frame.at == kNone) {
      if (leave() == XmlStep::kLeave) return XmlStep::kLeave;
      continue;
    }
    const Block& block = store_.block(frame.at);
    frame.at = block.right;
    if (block.kind == ContentKind::kFormat) {
      set_mark(frame, store_.values(block));
      continue;
    }
    id_ = {store_.client(block.client).id, block.clock};
    if (block.kind == ContentKind::kType) {
      text_marks_ = frame.marks;
      const TypeKind kind = store_.type(block.content).kind;
      if (kind == TypeKind::kArray || kind == TypeKind::kMap) continue;
      push(block.content, is_element(store_.type(block.content)));
      if (frames_.back().element) return XmlStep::kEnter;
    } else if (block.kind == ContentKind::kEmbed) {
      text_marks_ = frame.marks;
      embed_ = last_value(store_, block);
      return XmlStep::kEmbed;
    }
  }
  return XmlStep::kDone;
}

std::string plain_text(const Document& document, std::string_view root) {
  std::string out;
  const Store& store = document.store();
  const TypeIndex type = store.find_root(root);
  if (type == kNone) return out;
  for (BlockHandle at = store.sequence(store.type(type).children).head; at != kNone;) {
    const Block& block = store.block(at);
    at = block.right;
    if (block.kind == ContentKind::kText && !block.deleted()) out += store.text(block);
  }
  return out;
}

}  // namespace plenary::notes
