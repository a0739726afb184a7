// The blocks of one client by clock: a list of leaves of at most kLeafBlocks handles, so that a
// block is put into the middle of a long history without moving all of it. INTERNAL.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "notes/block.hpp"

namespace plenary::notes {

class ClockIndex {
 public:
  struct Place {
    std::uint32_t leaf = 0;
    std::uint32_t slot = 0;
    bool operator==(const Place&) const = default;
  };

  bool empty() const { return leaves_.empty(); }
  BlockHandle at(Place place) const { return leaves_[place.leaf].blocks[place.slot]; }
  BlockHandle last() const { return leaves_.back().blocks.back(); }
  Place first_place() const { return {}; }
  Place last_place() const {
    const auto leaf = static_cast<std::uint32_t>(leaves_.size() - 1);
    return {leaf, static_cast<std::uint32_t>(leaves_[leaf].blocks.size() - 1)};
  }
  // Moves on; false behind the last one.
  bool next(Place& place) const {
    if (++place.slot < leaves_[place.leaf].blocks.size()) return true;
    place.slot = 0;
    return ++place.leaf < leaves_.size();
  }
  // Moves back; false before the first one.
  bool previous(Place& place) const {
    if (place.slot > 0) {
      --place.slot;
      return true;
    }
    if (place.leaf == 0) return false;
    --place.leaf;
    place.slot = static_cast<std::uint32_t>(leaves_[place.leaf].blocks.size() - 1);
    return true;
  }

  void append(BlockHandle block, std::uint32_t clock);
  // Puts a block behind the one at `place`; answers its own place.
  template <typename ClockOf>
  Place insert_after(Place place, BlockHandle block, const ClockOf& clock_of) {
    if (leaves_[place.leaf].blocks.size() == kLeafBlocks) {
      const auto half = static_cast<std::uint32_t>(kLeafBlocks / 2);
      auto& full = leaves_[place.leaf].blocks;
      Leaf upper{clock_of(full[half]), {}};
      upper.blocks.reserve(kLeafBlocks);
      upper.blocks.assign(full.begin() + half, full.end());
      full.resize(half);
      leaves_.insert(leaves_.begin() + place.leaf + 1, std::move(upper));
      if (place.slot >= half) place = {place.leaf + 1, place.slot - half};
    }
    auto& blocks = leaves_[place.leaf].blocks;
    blocks.insert(blocks.begin() + place.slot + 1, block);
    return {place.leaf, place.slot + 1};
  }
  // Takes a block out that ends at `end_clock`; never the very first one.
  void erase(Place place, std::uint32_t end_clock);
  void replace(Place place, BlockHandle block) { leaves_[place.leaf].blocks[place.slot] = block; }

  // The place of the block that holds `clock`, which must be there. `clock_of(handle)` says where a
  // block begins. Looks first where the last search ended: edits come in neighbourhoods.
  template <typename ClockOf>
  Place find(std::uint32_t clock, const ClockOf& clock_of) const {
    std::uint32_t leaf = hint_.leaf;
    if (leaf >= leaves_.size() || !leaf_holds(leaf, clock)) {
      const auto after = std::upper_bound(
          leaves_.begin(), leaves_.end(), clock,
          [](std::uint32_t wanted, const Leaf& other) { return wanted < other.first_clock; });
      leaf = static_cast<std::uint32_t>(after - leaves_.begin() - 1);
    }
    const auto& blocks = leaves_[leaf].blocks;
    std::uint32_t low = 0;
    auto high = static_cast<std::uint32_t>(blocks.size());
    if (leaf == hint_.leaf && hint_.slot < high) {
      if (clock_of(blocks[hint_.slot]) <= clock) {
        low = hint_.slot;
        if (low + 1 < high && clock < clock_of(blocks[low + 1])) high = low + 1;
      } else {
        high = hint_.slot;
      }
    }
    while (high - low > 1) {
      const std::uint32_t middle = (low + high) / 2;
      (clock_of(blocks[middle]) <= clock ? low : high) = middle;
    }
    hint_ = {leaf, low};
    return hint_;
  }

  std::size_t bytes() const;
  void shrink();

 private:
  struct Leaf {
    std::uint32_t first_clock;
    std::vector<BlockHandle> blocks;
  };
  bool leaf_holds(std::uint32_t leaf, std::uint32_t clock) const {
    return leaves_[leaf].first_clock <= clock &&
           (leaf + 1 == leaves_.size() || clock < leaves_[leaf + 1].first_clock);
  }

  std::vector<Leaf> leaves_;
  mutable Place hint_;
};

}  // namespace plenary::notes
