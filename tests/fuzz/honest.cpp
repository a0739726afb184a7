// Whether the neighbours that the units of a document name could have been neighbours.
#include <unordered_map>
#include <utility>

#include "fuzz_notes.hpp"
#include "notes/store.hpp"

namespace plenary::fuzz {

namespace {

using namespace plenary::notes;

// A unit in its list: the number of its block and its place in that; the list's ends are beyond.
using Position = std::pair<std::uint32_t, std::uint32_t>;
constexpr Position kBeginning{0, 0};
constexpr Position kEnd{kNone, 0};

class Lists {
 public:
  explicit Lists(const Store& store) : store_(store) {
    for (ClientIndex client = 0; client < store.client_count(); ++client) {
      const ClockIndex& index = store.client(client).index;
      if (index.empty()) continue;
      ClockIndex::Place place = index.first_place();
      do {
        const Block& block = store.block(index.at(place));
        if (block.collected()) continue;
        blocks_.push_back(index.at(place));
        if (!numbers_.contains(store.sequence(block.sequence).head)) number(block.sequence);
      } while (index.next(place));
    }
  }

  // A unit was put between its origin and its right origin when these were neighbours. So the right
  // one's own origin cannot stand between them, nor the left one's right origin.
  bool are_honest() const {
    for (const BlockHandle handle : blocks_) {
      const Block& block = store_.block(handle);
      const Position left = position(block.origin(), kBeginning);
      const Position right = position(block.right_origin(), kEnd);
      const Position here{numbers_.at(handle), 0};
      if (left >= here || here >= right) return false;
      if (right != kEnd && origin_of(block.right_origin()) > left) return false;
      if (left != kBeginning && right_origin_of(block.origin()) < right) return false;
    }
    return true;
  }

 private:
  void number(SequenceIndex list) {
    std::uint32_t number = 1;
    for (BlockHandle at = store_.sequence(list).head; at != kNone; at = store_.block(at).right)
      numbers_[at] = number++;
  }
  Position position(Spot spot, Position none) const {
    if (spot.none()) return none;
    const BlockHandle handle = store_.find(spot);
    return {numbers_.at(handle), spot.clock - store_.block(handle).clock};
  }
  Position origin_of(Spot spot) const {
    const Block& block = store_.block(store_.find(spot));
    if (spot.clock > block.clock) return position({spot.client, spot.clock - 1}, kBeginning);
    return position(block.origin(), kBeginning);
  }
  Position right_origin_of(Spot spot) const {
    return position(store_.block(store_.find(spot)).right_origin(), kEnd);
  }

  const Store& store_;
  std::vector<BlockHandle> blocks_;
  std::unordered_map<BlockHandle, std::uint32_t> numbers_;  // of the blocks in their lists
};

}  // namespace

bool is_honest(const Document& document) {
  return Lists(document.store()).are_honest();
}

}  // namespace plenary::fuzz
