// Where texts and values stand: chunks that never move, addressed by 32-bit offsets. INTERNAL.
//
// What is being typed grows in place: every client has a Region of its own, and a text that ends
// where its client's region is filled to is extended by copying the new bytes behind it. What is
// dropped is only counted; Store::compact builds a new arena when too much has gathered. Limits
// keep an arena far below what 32 bits address; should it come there all the same, the process
// ends.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "notes/block.hpp"

namespace plenary::notes {

class TextArena {
 public:
  // Space in which one owner puts one thing behind the other.
  struct Region {
    std::uint32_t filled = 0;
    std::uint32_t end = 0;
  };

  char* at(std::uint32_t offset) {
    return chunks_[offset >> kChunkBits] + (offset & (kChunkBytes - 1));
  }
  const char* at(std::uint32_t offset) const {
    return chunks_[offset >> kChunkBits] + (offset & (kChunkBytes - 1));
  }

  // `size` bytes in one piece.
  std::uint32_t allocate(Region& region, std::uint32_t size) {
    if (region.end - region.filled < size) make_room(region, size);
    const std::uint32_t start = region.filled;
    region.filled += size;
    used_ += size;
    return start;
  }
  std::uint32_t store(Region& region, std::string_view bytes) {
    const std::uint32_t start = allocate(region, static_cast<std::uint32_t>(bytes.size()));
    if (!bytes.empty()) std::memcpy(at(start), bytes.data(), bytes.size());
    return start;
  }
  // Puts bytes behind what ends at `end`, if that is where the region is filled to and it has or
  // can get the room.
  bool extend(Region& region, std::uint32_t end, std::string_view bytes) {
    const auto size = static_cast<std::uint32_t>(bytes.size());
    if (region.filled != end || region.end == 0) return false;
    if (region.end - region.filled < size && !widen(region, size)) return false;
    std::memcpy(at(region.filled), bytes.data(), bytes.size());
    region.filled += size;
    used_ += size;
    return true;
  }
  // Whether what begins at `next` stands right behind what ends at `end`. (Offsets that follow each
  // other may be of two chunks.)
  bool adjoin(std::uint32_t start, std::uint32_t size, std::uint32_t next) const {
    return start + size == next && at(start) + size == at(next);
  }
  TextArena clone() const;
  void drop(std::uint64_t bytes) { dropped_ += bytes; }
  // Gives back the end of what was just allocated: it stays in the region.
  void give_back(Region& region, std::uint32_t bytes) {
    region.filled -= bytes;
    used_ -= bytes;
  }

  std::uint64_t used() const { return used_; }
  std::uint64_t dropped() const { return dropped_; }
  std::uint64_t reserved() const { return reserved_; }

 private:
  static constexpr unsigned kChunkBits = kArenaChunkBits;
  static constexpr std::uint32_t kChunkBytes = 1U << kChunkBits;
  static constexpr std::uint32_t kRegionBytes = 256;

  void make_room(Region& region, std::uint32_t size);
  // Gives the region more space where it ends, if nothing else stands there.
  bool widen(Region& region, std::uint32_t size);

  char* add_chunks(std::uint32_t count);

  struct Owned {
    std::unique_ptr<char[]> bytes;
    std::uint32_t chunks;
  };
  std::vector<Owned> owned_;
  std::vector<char*> chunks_;  // what is larger than a chunk takes several entries
  std::uint32_t free_ = 0;     // of the newest piece
  std::uint32_t free_end_ = 0;
  std::uint64_t used_ = 0;
  std::uint64_t dropped_ = 0;
  std::uint64_t reserved_ = 0;
};

}  // namespace plenary::notes
