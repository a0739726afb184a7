// Document::content_hash: two documents that show the same units in the same order have the same
// number, however their blocks are cut. README.md has the definition, tests/differential the same
// in JavaScript.
#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "notes/document.hpp"
#include "notes/store.hpp"

namespace plenary::notes {

namespace {

// FNV-1a over 32-bit words, two lanes; JavaScript has Math.imul for it.
class Hash {
 public:
  void word(std::uint32_t value) {
    low_ = (low_ ^ value) * 0x0100'0193U;
    high_ = (high_ ^ value) * 0x0100'0193U ^ high_ >> 15;
  }
  void number(std::uint64_t value) {
    word(static_cast<std::uint32_t>(value));
    word(static_cast<std::uint32_t>(value >> 32));
  }
  void text(std::string_view bytes) {
    word(static_cast<std::uint32_t>(bytes.size()));
    for (const char byte : bytes)
      word(static_cast<std::uint8_t>(byte));
  }
  std::uint64_t value() const { return std::uint64_t{high_} << 32 | low_; }

 private:
  std::uint32_t low_ = 0x811C'9DC5U;
  std::uint32_t high_ = 0x050C'5D1FU;
};

class ContentHash {
 public:
  explicit ContentHash(const Store& store) : store_(store) {}

  std::uint64_t compute() {
    std::vector<std::pair<std::string_view, TypeIndex>> roots;
    for (const TypeIndex root : store_.roots()) {
      const Type& type = store_.type(root);
      // A root that never held anything may not be there on the other side.
      if (store_.sequence(type.children).head == kNone && type.first_key == kNone) continue;
      roots.emplace_back(store_.name(type.name), root);
    }
    std::ranges::sort(roots);
    for (const auto& [name, root] : roots) {
      hash_.text(name);
      types_.push_back(root);
      while (!types_.empty()) {
        const TypeIndex next = types_.back();
        types_.pop_back();
        type(store_.type(next));
      }
    }
    return hash_.value();
  }

 private:
  void type(const Type& type) {
    const std::size_t inner = types_.size();
    std::uint64_t client = 0;
    std::uint32_t clock = 0;
    std::uint32_t length = 0;
    const auto end_run = [&] {
      if (length == 0) return;
      hash_.number(client);
      hash_.word(clock);
      hash_.word(length);
    };
    for (BlockHandle at = store_.sequence(type.children).head; at != kNone;) {
      const Block& block = store_.block(at);
      at = block.right;
      if (block.deleted()) continue;
      const std::uint64_t id = store_.client(block.client).id;
      if (length > 0 && id == client && clock + length == block.clock) {
        length += block.length;
      } else {
        end_run();
        client = id;
        clock = block.clock;
        length = block.length;
      }
      if (block.kind == ContentKind::kType) types_.push_back(block.content);
    }
    end_run();
    hash_.word(0xFFFF'FFFF);
    keys(type);
    std::reverse(types_.begin() + static_cast<std::ptrdiff_t>(inner), types_.end());
  }

  void keys(const Type& type) {
    std::vector<std::pair<std::string_view, BlockHandle>> values;
    for (SequenceIndex key = type.first_key; key != kNone;) {
      const Sequence& entry = store_.sequence(key);
      key = entry.next_key;
      if (entry.tail == kNone || store_.block(entry.tail).deleted()) continue;
      values.emplace_back(store_.name(entry.key), entry.tail);
    }
    std::ranges::sort(values);
    for (const auto& [name, handle] : values) {
      const Block& block = store_.block(handle);
      hash_.text(name);
      hash_.number(store_.client(block.client).id);
      hash_.word(block.end() - 1);
      if (block.kind == ContentKind::kType) types_.push_back(block.content);
    }
    hash_.word(0xFFFF'FFFE);
  }

  const Store& store_;
  Hash hash_;
  std::vector<TypeIndex> types_;
};

}  // namespace

std::uint64_t Document::content_hash() const {
  return ContentHash(store()).compute();
}

}  // namespace plenary::notes
