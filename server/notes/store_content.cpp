// What blocks hold: texts and values in the arena, cut and joined.
#include <cassert>

#include "notes/store.hpp"
#include "notes/update.hpp"
#include "notes/utf8.hpp"

namespace plenary::notes {

namespace {

constexpr std::size_t kPairBytes = 4;  // a surrogate pair in UTF-8

bool holds_text(const Block& block) {
  return block.kind == ContentKind::kText;
}

bool holds_values(const Block& block) {
  switch (block.kind) {
    case ContentKind::kJson:
    case ContentKind::kBinary:
    case ContentKind::kEmbed:
    case ContentKind::kFormat:
    case ContentKind::kAny:
    case ContentKind::kDocument:
      return true;
    default:
      return false;
  }
}

void mark_ascii(Block& block, std::size_t bytes, std::uint32_t units) {
  if (bytes == units) {
    block.flags |= kFlagAscii;
  } else {
    block.flags &= static_cast<std::uint8_t>(~kFlagAscii);
  }
}

}  // namespace

std::string_view Store::text(const Block& block) const {
  const char* const start = arena_.at(block.content);
  if (block.has(kFlagAscii)) return {start, block.length};
  return {start, place_of_unit(start, block.length).bytes};
}

std::string_view Store::values(const Block& block) const {
  const char* const start = arena_.at(block.content);
  std::uint32_t size;
  std::memcpy(&size, start, sizeof size);
  return {start + sizeof size, size};
}

void Store::set_text(Block& block, std::string_view text) {
  block.content = arena_.store(client(block.client).region, text);
  mark_ascii(block, text.size(), block.length);
}

void Store::set_values(Block& block, std::string_view bytes) {
  const auto size = static_cast<std::uint32_t>(bytes.size());
  block.content = arena_.allocate(client(block.client).region, size + sizeof size);
  char* const start = arena_.at(block.content);
  std::memcpy(start, &size, sizeof size);
  if (size > 0) std::memcpy(start + sizeof size, bytes.data(), size);
}

void Store::extend_text(BlockHandle handle, std::string_view added, std::uint32_t units) {
  Block& last = block(handle);
  Client& writer = client(last.client);
  std::uint32_t end = writer.tail_end;
  if (writer.tail_block != handle) {
    end = last.content + static_cast<std::uint32_t>(text(last).size());
  }
  if (!arena_.extend(writer.region, end, added)) {
    const std::uint32_t size = end - last.content;
    const auto more = static_cast<std::uint32_t>(added.size());
    // Twice the space, so that a long run moves seldom. What isn't filled stays in the region.
    const std::uint32_t moved = arena_.allocate(writer.region, 2 * (size + more));
    arena_.give_back(writer.region, size + more);
    std::memcpy(arena_.at(moved), arena_.at(last.content), size);
    std::memcpy(arena_.at(moved + size), added.data(), more);
    arena_.drop(size);
    last.content = moved;
    end = moved + size;
  }
  if (added.size() != units) last.flags &= static_cast<std::uint8_t>(~kFlagAscii);
  last.length += units;
  writer.next_clock += units;
  writer.tail_block = handle;
  writer.tail_end = end + static_cast<std::uint32_t>(added.size());
}

std::uint32_t Store::content_size(const Block& block) const {
  if (holds_text(block)) return static_cast<std::uint32_t>(text(block).size());
  if (!holds_values(block)) return 0;
  return static_cast<std::uint32_t>(values(block).size() + sizeof(std::uint32_t));
}

void Store::drop_content(Block& block) {
  arena_.drop(content_size(block));
  Client& writer = client(block.client);
  writer.tail_block = kNone;
}

// `right` is still a copy of `left` but for its clock and length; `left` has its old length.
void Store::split_content(Block& left, Block& right, std::uint32_t units) {
  if (holds_text(left)) {
    if (left.has(kFlagAscii)) {
      right.content = left.content + units;
      return;
    }
    const std::string_view whole = text(left);
    const UnitPlace place = place_of_unit(whole.data(), units);
    if (!place.inside) {
      right.content = left.content + static_cast<std::uint32_t>(place.bytes);
    } else {
      // Both halves of the pair become U+FFFD. The left one's three bytes fit in the pair's four.
      const std::string rest =
          std::string(kReplacement).append(whole.substr(place.bytes + kPairBytes));
      std::memcpy(arena_.at(left.content) + place.bytes, kReplacement.data(), kReplacement.size());
      arena_.drop(static_cast<std::uint32_t>(rest.size()) - kReplacement.size() + 1);
      right.content = arena_.store(client(right.client).region, rest);
    }
    const std::size_t left_bytes = place.bytes + (place.inside ? kReplacement.size() : 0);
    mark_ascii(left, left_bytes, units);
    mark_ascii(right, text(right).size(), right.length);
  } else if (holds_values(left)) {
    const std::string bytes(values(left));
    const ContentRest rest = rest_of_content(left.kind, bytes, units);
    set_values(right, rest.bytes);
    // The left half stays where it is and is only shortened.
    const auto kept = static_cast<std::uint32_t>(bytes.size() - rest.bytes.size());
    std::memcpy(arena_.at(left.content), &kept, sizeof kept);
    arena_.drop(static_cast<std::uint32_t>(rest.bytes.size()));
  }
}

void Store::merge_content(Block& left, const Block& right) {
  const std::uint32_t right_size = content_size(right);
  if (holds_text(left)) {
    const auto left_size = static_cast<std::uint32_t>(text(left).size());
    if (left.content + left_size != right.content) {
      const std::string joined = std::string(text(left)).append(text(right));
      arena_.drop(left_size + right_size);
      left.content = arena_.store(client(left.client).region, joined);
    }
    if (!right.has(kFlagAscii)) left.flags &= static_cast<std::uint8_t>(~kFlagAscii);
  } else if (holds_values(left)) {
    const std::string joined = std::string(values(left)).append(values(right));
    arena_.drop(content_size(left) + right_size);
    set_values(left, joined);
  }
}

void Store::compact_if_worthwhile() {
  constexpr std::uint64_t kWorthwhile = 16 << 10;
  if (arena_.dropped() > kWorthwhile + arena_.used() / 4) compact();
}

void Store::compact() {
  TextArena fresh;
  for (Client& writer : clients_) {
    writer.region = {};
    writer.tail_block = kNone;
    if (writer.index.empty()) continue;
    ClockIndex::Place place = writer.index.first_place();
    do {
      Block& each = block(writer.index.at(place));
      const std::uint32_t size = content_size(each);
      if (size > 0) each.content = fresh.store(writer.region, {arena_.at(each.content), size});
    } while (writer.index.next(place));
  }
  arena_ = std::move(fresh);
}

}  // namespace plenary::notes
