#include "notes/block_writer.hpp"

#include <cassert>

#include "notes/bytes.hpp"
#include "notes/store.hpp"
#include "notes/utf8.hpp"

namespace plenary::notes {

namespace {

constexpr std::uint8_t kText = 4;
constexpr std::uint8_t kFormat = 6;
constexpr std::uint8_t kType = 7;
constexpr std::uint8_t kAny = 8;

Id last_id(const Store& store, const Block& block) {
  return {store.client(block.client).id, std::uint64_t{block.end()} - 1};
}

}  // namespace

BlockWriter::BlockWriter(const Document& document, std::string_view root, std::uint64_t client,
                         std::optional<Id> after)
    : root_(root),
      client_(client),
      first_clock_(document.next_clock(client)),
      clock_(first_clock_) {
  const Store& store = document.store();
  const TypeIndex type = store.find_root(root);
  if (type == kNone) return;
  const Sequence& list = store.sequence(store.type(type).children);
  if (list.tail != kNone) left_ = last_id(store, store.block(list.tail));
  if (!after) return;
  for (BlockHandle at = list.head; at != kNone; at = store.block(at).right) {
    const Block& block = store.block(at);
    if (store.client(block.client).id != after->client || after->clock < block.clock ||
        after->clock >= block.end()) {
      continue;
    }
    left_ = last_id(store, block);
    if (block.right == kNone) return;
    const Block& next = store.block(block.right);
    right_ = Id{store.client(next.client).id, next.clock};
    return;
  }
}

Id BlockWriter::take(std::uint32_t units) {
  const Id id{client_, clock_};
  clock_ += units;
  ++structs_;
  return id;
}

// Info byte, origins and parent of the next child of what is open (or of the root).
void BlockWriter::put_place(std::uint8_t kind) {
  Writer out(bytes_);
  const bool at_root = open_.empty();
  const std::optional<Id> origin = at_root ? left_ : open_.back().last_child;
  const std::optional<Id> right = at_root ? right_ : std::nullopt;
  out.byte(static_cast<std::uint8_t>(kind | (origin ? 0x80U : 0U) | (right ? 0x40U : 0U)));
  for (const auto& id : {origin, right}) {
    if (!id) continue;
    out.number(id->client);
    out.number(id->clock);
  }
  if (origin || right) return;
  out.number(at_root ? 1 : 0);
  if (at_root) return out.blob(root_);
  out.number(open_.back().id.client);
  out.number(open_.back().id.clock);
}

void BlockWriter::open(std::string_view element) {
  end_text();
  put_place(kType);
  Writer out(bytes_);
  out.number(static_cast<std::uint64_t>(TypeKind::kXmlElement));
  out.blob(element);
  const Id id = take(1);
  (open_.empty() ? left_ : open_.back().last_child) = id;
  open_.push_back({id, std::nullopt});
}

void BlockWriter::attribute_bytes(std::string_view name, std::string_view any) {
  assert(!open_.empty() && !open_.back().is_text);
  Writer out(bytes_);
  out.byte(kAny | 0x20);
  out.number(0);
  out.number(open_.back().id.client);
  out.number(open_.back().id.clock);
  out.blob(name);
  out.number(1);
  out.raw(any);
  take(1);
}

void BlockWriter::attribute(std::string_view name, std::string_view text) {
  std::string any(1, 119);
  Writer(any).blob(text);
  attribute_bytes(name, any);
}

void BlockWriter::attribute(std::string_view name, std::int64_t number) {
  std::string any(1, 125);
  Writer out(any);
  std::uint64_t rest = static_cast<std::uint64_t>(number < 0 ? -number : number);
  out.byte(static_cast<std::uint8_t>((rest > 0x3F ? 0x80U : 0U) | (number < 0 ? 0x40U : 0U) |
                                     (rest & 0x3FU)));
  rest >>= 6;
  if (rest > 0) out.number(rest);
  attribute_bytes(name, any);
}

void BlockWriter::attribute(std::string_view name, bool value) {
  attribute_bytes(name, std::string(1, value ? 120 : 121));
}

void BlockWriter::format(std::string_view key, std::string_view json) {
  put_place(kFormat);
  Writer out(bytes_);
  out.blob(key);
  out.blob(json);
  open_.back().last_child = take(1);
}

void BlockWriter::text(std::string_view utf8,
                       const std::vector<std::pair<std::string_view, std::string_view>>& marks) {
  const std::size_t units = utf16_length(utf8);
  assert(!open_.empty() && units != kNotUtf8);
  if (units == 0) return;
  if (!open_.back().is_text) {
    put_place(kType);
    Writer(bytes_).number(static_cast<std::uint64_t>(TypeKind::kXmlText));
    const Id id = take(1);
    open_.back().last_child = id;
    open_.push_back({id, std::nullopt, true});
  }
  for (const auto& [key, json] : marks)
    format(key, json);
  put_place(kText);
  Writer(bytes_).blob(utf8);
  const Id id = take(static_cast<std::uint32_t>(units));
  open_.back().last_child = Id{id.client, clock_ - 1};
  for (const auto& [key, json] : marks)
    format(key, "null");
}

void BlockWriter::end_text() {
  if (!open_.empty() && open_.back().is_text) open_.pop_back();
}

void BlockWriter::close() {
  end_text();
  assert(!open_.empty());
  open_.pop_back();
}

std::string BlockWriter::finish() {
  assert(open_.empty());
  if (structs_ == 0) return {};
  std::string update;
  Writer out(update);
  out.number(1);
  out.number(structs_);
  out.number(client_);
  out.number(first_clock_);
  out.raw(bytes_);
  out.number(0);
  return update;
}

}  // namespace plenary::notes
