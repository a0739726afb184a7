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

namespace {

bool is_base64(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '+' || letter == '/' || letter == '=';
}

}  // namespace

std::string_view Mark::name() const {
  constexpr std::size_t kSuffix = 10;  // "--" and eight characters of base64
  if (key.size() <= kSuffix) return key;
  const std::string_view suffix = key.substr(key.size() - kSuffix);
  const bool added = suffix.starts_with("--") && std::ranges::all_of(suffix.substr(2), is_base64);
  return added ? key.substr(0, key.size() - kSuffix) : key;
}

// Mostly the very same bytes: large values aren't read again for each stretch of text.
bool same_marks(std::span<const Mark> left, std::span<const Mark> right) {
  const auto same = [](std::string_view one, std::string_view other) {
    return one.size() == other.size() && (one.data() == other.data() || one == other);
  };
  return std::ranges::equal(left, right, [&same](const Mark& one, const Mark& other) {
    return same(one.key, other.key) && same(one.value, other.value);
  });
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
  std::size_t first_mark;
};

XmlWalker::XmlWalker(const Document& document, std::string_view root, const RenderLimits& limits)
    : store_(document.store()), limits_(limits) {
  const TypeIndex type = store_.find_root(root);
  if (type != kNone) push(type, false);
}

XmlWalker::XmlWalker(const Store& store, std::uint32_t type, const RenderLimits& limits)
    : store_(store), limits_(limits), start_(type) {}

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
  frames_.push_back({index, store_.sequence(type.children).head, element, marks_.size()});
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
  marks_.resize(frames_.back().first_mark);
  frames_.pop_back();
  show_marks();
  return element ? XmlStep::kLeave : XmlStep::kDone;
}

// Keeps the innermost frame's marks, which stand last, in the order of their keys.
void XmlWalker::set_mark(const Frame& frame, std::string_view format) {
  Reader in(format);
  const std::string_view key = in.blob();
  const std::string_view value = in.blob();
  const auto first = marks_.begin() + static_cast<std::ptrdiff_t>(frame.first_mark);
  const auto place = std::ranges::lower_bound(first, marks_.end(), key, {}, &Mark::key);
  const bool there = place != marks_.end() && place->key == key;
  const bool passed_over = key.size() + value.size() > limits_.max_mark_bytes ||
                           (!there && marks_.size() - frame.first_mark >= limits_.max_open_marks);
  if (value == "null" || passed_over) {
    if (there) marks_.erase(place);
  } else if (there) {
    place->value = value;
  } else {
    marks_.insert(place, {key, value});
  }
}

void XmlWalker::show_marks() {
  const std::size_t first = frames_.empty() ? marks_.size() : frames_.back().first_mark;
  shown_marks_ = std::span<const Mark>(marks_).subspan(first);
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
    push(type, is_element(store_.type(type)));
    if (frames_.back().element) return XmlStep::kEnter;
  }
  while (!frames_.empty()) {
    Frame& frame = frames_.back();
    if (gather(frame)) {
      show_marks();
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
      show_marks();
      const TypeKind kind = store_.type(block.content).kind;
      if (kind == TypeKind::kArray || kind == TypeKind::kMap) continue;
      push(block.content, is_element(store_.type(block.content)));
      if (frames_.back().element) return XmlStep::kEnter;
    } else if (block.kind == ContentKind::kEmbed) {
      show_marks();
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
