#include "notes/clock_index.hpp"

namespace plenary::notes {

void ClockIndex::append(BlockHandle block, std::uint32_t clock) {
  if (leaves_.empty() || leaves_.back().blocks.size() == kLeafBlocks)
    leaves_.push_back({clock, {}});
  leaves_.back().blocks.push_back(block);
}

void ClockIndex::erase(Place place, std::uint32_t end_clock) {
  auto& blocks = leaves_[place.leaf].blocks;
  blocks.erase(blocks.begin() + place.slot);
  if (blocks.empty()) {
    leaves_.erase(leaves_.begin() + place.leaf);
    return;
  }
  if (place.slot == 0) leaves_[place.leaf].first_clock = end_clock;
  // Two thin neighbours become one, so that merging gives its memory back.
  if (place.leaf + 1 < leaves_.size()) {
    auto& other = leaves_[place.leaf + 1].blocks;
    if (blocks.size() + other.size() <= kLeafBlocks / 2) {
      blocks.insert(blocks.end(), other.begin(), other.end());
      leaves_.erase(leaves_.begin() + place.leaf + 1);
    }
  }
}

std::size_t ClockIndex::bytes() const {
  std::size_t sum = leaves_.capacity() * sizeof(Leaf);
  for (const Leaf& leaf : leaves_)
    sum += leaf.blocks.capacity() * sizeof(BlockHandle);
  return sum;
}

void ClockIndex::shrink() {
  for (Leaf& leaf : leaves_)
    leaf.blocks.shrink_to_fit();
  leaves_.shrink_to_fit();
}

}  // namespace plenary::notes
