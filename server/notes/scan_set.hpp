// The blocks that a search for a place has passed, in order: a small open-addressing table whose
// clearing costs nothing. INTERNAL.
#pragma once

#include <cstdint>
#include <vector>

#include "notes/block.hpp"

namespace plenary::notes {

class ScanSet {
 public:
  static constexpr std::uint32_t kAbsent = kNone;

  void clear() {
    ++epoch_;
    count_ = 0;
  }
  std::uint32_t size() const { return count_; }
  // Remembers a block as the size()-th; it isn't in yet.
  void add(BlockHandle block) {
    if (2 * (count_ + 1) > slots_.size()) grow();
    put(block, count_++);
  }
  // Its number, or kAbsent.
  std::uint32_t position(BlockHandle block) const {
    if (slots_.empty()) return kAbsent;
    for (std::size_t at = start(block);; at = (at + 1) & (slots_.size() - 1)) {
      const Slot& slot = slots_[at];
      if (slot.epoch != epoch_) return kAbsent;
      if (slot.block == block) return slot.position;
    }
  }

 private:
  struct Slot {
    std::uint64_t epoch = 0;
    BlockHandle block = kNone;
    std::uint32_t position = 0;
  };

  std::size_t start(BlockHandle block) const {
    return (block * 0x9E37'79B1U) & (slots_.size() - 1);
  }
  void put(BlockHandle block, std::uint32_t position) {
    std::size_t at = start(block);
    while (slots_[at].epoch == epoch_)
      at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {epoch_, block, position};
  }
  void grow() {
    std::vector<Slot> old(slots_.empty() ? 16 : 2 * slots_.size());
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.epoch == epoch_ && slot.block != kNone) put(slot.block, slot.position);
    }
  }

  std::vector<Slot> slots_;
  std::uint64_t epoch_ = 1;
  std::uint32_t count_ = 0;
};

}  // namespace plenary::notes
