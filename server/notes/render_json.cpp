#include <algorithm>

#include "notes/json_text.hpp"
#include "notes/render.hpp"
#include "notes/value.hpp"
#include "notes/xml_string.hpp"

namespace plenary::notes {

namespace {

class JsonRenderer {
 public:
  JsonRenderer(const Store& store, const RenderLimits& limits) : store_(store), limits_(limits) {}

  Rendered render(TypeIndex type, TypeKind kind) {
    value_of_type(type, kind);
    while (!frames_.empty() && !is_full())
      step();
    if (is_full()) return std::unexpected(Refusal{RefusalCode::kTooLarge});
    return std::move(out_);
  }

 private:
  struct Frame {
    bool map = false;
    bool empty = true;
    BlockHandle at = kNone;                                      // of an array
    std::vector<std::pair<std::string_view, BlockHandle>> keys;  // of a map, last first
  };

  void value_of_type(TypeIndex type, TypeKind kind) {
    if (kind == TypeKind::kArray) {
      out_ += '[';
      frames_.push_back({false, true, store_.sequence(store_.type(type).children).head, {}});
    } else if (kind == TypeKind::kMap) {
      out_ += '{';
      frames_.push_back({true, true, kNone, keys_of(type)});
    } else if (kind == TypeKind::kText) {
      std::string text;
      for (BlockHandle at = store_.sequence(store_.type(type).children).head; at != kNone;) {
        const Block& block = store_.block(at);
        at = block.right;
        if (block.kind == ContentKind::kText && !block.deleted()) text += store_.text(block);
      }
      append_json_string(out_, text);
    } else {
      RenderLimits left = limits_;
      left.max_output_bytes -= std::min(left.max_output_bytes, out_.size());
      const Rendered xml = xml_string(store_, type, left);
      if (xml) append_json_string(out_, *xml);
      failed_ = failed_ || !xml;
    }
  }

  bool is_full() const { return failed_ || out_.size() > limits_.max_output_bytes; }

  std::vector<std::pair<std::string_view, BlockHandle>> keys_of(TypeIndex type) const {
    std::vector<std::pair<std::string_view, BlockHandle>> keys;
    for (SequenceIndex key = store_.type(type).first_key; key != kNone;) {
      const Sequence& entry = store_.sequence(key);
      key = entry.next_key;
      if (entry.tail == kNone || store_.block(entry.tail).deleted()) continue;
      keys.emplace_back(store_.name(entry.key), entry.tail);
    }
    std::ranges::sort(keys, std::greater{});
    return keys;
  }

  void step() {
    Frame& frame = frames_.back();
    if (frame.map ? frame.keys.empty() : frame.at == kNone) {
      out_ += frame.map ? '}' : ']';
      frames_.pop_back();
      return;
    }
    if (frame.map) {
      const auto [key, handle] = frame.keys.back();
      frame.keys.pop_back();
      comma(frame);
      append_json_string(out_, key);
      out_ += ':';
      const Block& block = store_.block(handle);
      if (block.kind == ContentKind::kText) return append_json_string(out_, last_unit(block));
      return value(block, last_value(store_, block));
    }
    const Block& block = store_.block(frame.at);
    frame.at = block.right;
    if (!block.deleted() && block.countable()) values(frame, block);
  }

  void values(Frame& frame, const Block& block) {
    if (block.kind == ContentKind::kJson || block.kind == ContentKind::kAny) {
      ValueReader reader(block.kind, store_.values(block));
      for (Value next; reader.next(next);) {
        comma(frame);
        next.append_json(out_);
      }
    } else if (block.kind == ContentKind::kText) {
      comma(frame);
      append_json_string(out_, store_.text(block));
    } else {
      comma(frame);
      value(block, last_value(store_, block));
    }
  }

  void value(const Block& block, const Value& value) {
    if (block.kind == ContentKind::kType) {
      value_of_type(block.content, store_.type(block.content).kind);
    } else {
      value.append_json(out_);
    }
  }

  std::string_view last_unit(const Block& block) const {
    const std::string_view text = store_.text(block);
    std::size_t at = text.size();
    while (at > 0 && (static_cast<std::uint8_t>(text[--at]) & 0xC0) == 0x80)
      continue;
    return text.substr(at);
  }

  void comma(Frame& frame) {
    if (!frame.empty) out_ += ',';
    frame.empty = false;
  }

  const Store& store_;
  RenderLimits limits_;
  std::string out_;
  bool failed_ = false;  // what would have come next is too large by itself
  std::vector<Frame> frames_;
};

}  // namespace

Rendered render_json(const Document& document, std::string_view root, RootKind kind,
                     const RenderLimits& limits) {
  const Store& store = document.store();
  const TypeIndex type = store.find_root(root);
  if (type == kNone) {
    if (limits.max_output_bytes < 2) return std::unexpected(Refusal{RefusalCode::kTooLarge});
    return kind == RootKind::kArray ? "[]" : kind == RootKind::kMap ? "{}" : "\"\"";
  }
  constexpr TypeKind kinds[] = {TypeKind::kArray, TypeKind::kMap, TypeKind::kText,
                                TypeKind::kXmlFragment};
  return JsonRenderer(store, limits).render(type, kinds[static_cast<std::size_t>(kind)]);
}

}  // namespace plenary::notes
