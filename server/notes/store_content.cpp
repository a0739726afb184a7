// What blocks hold: texts and values in the arena, cut and joined.
#include <algorithm>
#include <cassert>
#include <cstring>

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

bool Store::has_room(BlockHandle handle, std::size_t bytes) const {
  const Block& last = block(handle);
  const Client& writer = client(last.client);
  const std::size_t size =
      writer.tail_block == handle ? writer.tail_end - last.content : text(last).size();
  return size + bytes <= kPieceBytes;
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

std::uint32_t Store::payload_size(const Block& block) const {
  if (holds_text(block)) return static_cast<std::uint32_t>(text(block).size());
  return holds_values(block) ? static_cast<std::uint32_t>(values(block).size()) : 0;
}

std::uint32_t Store::content_size(const Block& block) const {
  const std::size_t count = holds_values(block) ? sizeof(std::uint32_t) : 0;
  return payload_size(block) + static_cast<std::uint32_t>(count);
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

// `size` is the payload of all together.
void Store::join_content(Block& left, std::span<const BlockHandle> more, std::uint32_t size) {
  TextArena::Region& region = client(left.client).region;
  if (holds_text(left)) {
    bool adjoins = true;
    std::uint32_t joined = payload_size(left);
    for (const BlockHandle handle : more) {
      const Block& next = block(handle);
      adjoins = adjoins && arena_.adjoin(left.content, joined, next.content);
      joined += payload_size(next);
    }
    if (!adjoins) {
      const std::uint32_t start = arena_.allocate(region, size);
      char* end = arena_.at(start);
      const auto put = [&end](std::string_view bytes) { end = std::ranges::copy(bytes, end).out; };
      put(text(left));
      for (const BlockHandle handle : more)
        put(text(block(handle)));
      left.content = start;
      arena_.drop(size);
    }
    for (const BlockHandle handle : more) {
      if (!block(handle).has(kFlagAscii)) left.flags &= static_cast<std::uint8_t>(~kFlagAscii);
    }
  } else if (holds_values(left)) {
    std::string joined(values(left));
    joined.reserve(size);
    for (const BlockHandle handle : more)
      joined.append(values(block(handle)));
    arena_.drop(size + (1 + more.size()) * sizeof(std::uint32_t));
    set_values(left, joined);
  }
}

void Store::compact_if_worthwhile() {
  constexpr std::uint64_t kWorthwhile = 16 << 10;
  constexpr std::uint64_t kBytesPerBlock = 8;  // to go through a block takes time, too
  if (arena_.dropped() > kWorthwhile + arena_.used() / 4 + kBytesPerBlock * block_count_) {
    compact();
  }
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
