// What a planned update may cost, told beforehand: the part of plan.hpp that lets most updates go
// in without being tried.
#include "notes/plan.hpp"

namespace plenary::notes {

// Blocks that stand between where a struct says that it belongs and its right origin: the search
// for its place goes over these, or stops before. What the update itself puts there isn't counted.
std::uint64_t Planner::between(const Section& section, const Struct& one,
                               std::uint64_t enough) const {
  const auto block_of = [this](const Id& id) {
    const ClientIndex client = store_.find_client(id.client);
    return store_.find({client, static_cast<std::uint32_t>(id.clock)});
  };
  const std::uint32_t known = store_.next_clock(section.client);
  std::uint32_t index = 0;
  BlockHandle at = kNone;
  std::uint64_t count = 0;
  const bool begun = one.clock < known;
  BlockHandle end = kNone;
  if (one.has_right_origin && !planned(one.right_origin, index)) end = block_of(one.right_origin);
  if (begun || one.has_origin) {
    const Id origin = begun ? Id{section.client, std::uint64_t{known} - 1} : one.origin;
    if (planned(origin, index)) return 0;
    const BlockHandle left = block_of(origin);
    if (left == end) return 1;  // what is between both, if anything
    at = store_.block(left).right;
    count = store_.block(left).end() > origin.clock + 1 ? 1 : 0;  // the rest of that block
  } else if (one.has_right_origin) {
    if (planned(one.right_origin, index)) return 0;
    const Block& right = store_.block(block_of(one.right_origin));
    if (!right.collected()) at = store_.sequence(right.sequence).head;
  } else {
    const auto number = static_cast<std::size_t>(&one - update_->structs.data());
    const std::uint32_t list = places_[number].list;
    if (list < kPlannedLists) at = store_.sequence(list).head;
  }
  for (; at != kNone && at != end && count <= enough; at = store_.block(at).right)
    ++count;
  return count;
}

std::uint64_t Planner::most_scanned(std::uint64_t enough) const {
  std::uint64_t structs = 0;
  std::uint64_t blocks = 0;  // that the update adds or cuts: any struct may have to pass each
  std::uint64_t sum = 0;
  for (const PlannedRun& run : runs_) {
    const Section& section = update_->sections[run.section];
    for (std::uint32_t at = run.from; at < run.to && sum <= enough; ++at) {
      const Struct& one = update_->structs[at];
      if (one.kind == ContentKind::kSkip || one.end() <= store_.next_clock(section.client))
        continue;
      ++structs;
      if (one.kind == ContentKind::kCollected || places_[at].list == kNone) continue;
      blocks += most_blocks(one);
      sum += between(section, one, enough - sum);
    }
  }
  return sum + structs * blocks;
}

}  // namespace plenary::notes
