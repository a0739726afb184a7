// The checking half of plan.hpp: what a planned update would bring stays within the document's
// limits, and every struct says of itself where it stands without contradiction.
#include <algorithm>

#include "notes/plan.hpp"
#include "notes/scratch.hpp"

namespace plenary::notes {

namespace {

// Names of lists that an update makes, apart from the store's own.
constexpr std::uint32_t kChildrenOf = kPlannedLists;  // and the index of the struct, the type
constexpr std::uint32_t kKeyed = 0xC000'0000;         // and the number in `keyed_`
// Their owners, apart from the store's types.
constexpr std::uint64_t kPlannedType = std::uint64_t{1} << 32;
constexpr std::uint64_t kNewRoot = std::uint64_t{2} << 32;

constexpr std::size_t kMostCodePointBytes = 4;
// What a cut can add to a content: two U+FFFD for a pair, or a second count of bytes.
constexpr std::size_t kCutBytes = 4;

std::unexpected<Refusal> refuse(RefusalCode code, const Id& about = {}) {
  return std::unexpected(Refusal{code, about.client, about.clock});
}

// What a store needs for it, without names.
std::size_t content_size(const Struct& one) {
  if (one.kind == ContentKind::kText) return one.content.size();
  if (one.kind == ContentKind::kType || one.content.empty()) return 0;
  return one.content.size() + sizeof(std::uint32_t);
}

}  // namespace

// It can cut two blocks, and come in pieces.
std::size_t Planner::most_blocks(const Struct& one) {
  return 3 + content_size(one) / (kPieceBytes - kMostCodePointBytes + 1);
}

// What came twice or waits counts for nothing.
std::expected<void, Refusal> Planner::check_growth(const Growth& growth,
                                                   const Policy& policy) const {
  std::size_t clients = store_.client_count();
  for (std::size_t at = 0; at < progress_.size(); ++at) {
    clients +=
        progress_[at].next > 0 && store_.find_client(update_->sections[at].client) == kNoClient;
  }
  const std::size_t blocks = store_.block_count() + growth.blocks;
  const std::size_t bytes = store_.content_bytes() + growth.content_bytes;
  const std::size_t types = store_.type_count() + new_types_;
  const bool impossible = clients > kMostClients || blocks > kMostBlocks || types > kMostTypes ||
                          bytes > kMostContentBytes;
  if (impossible) return refuse(RefusalCode::kFull);
  if (policy.is_ours) return {};
  // What only deletes may go a little beyond: else nothing could be taken out of a full document.
  const std::size_t more = growth.structs == 0 ? 8 : 0;
  const auto beyond = [more](std::size_t count, std::size_t most) {
    return count > most + (more == 0 ? 0 : most / more);
  };
  const bool full =
      beyond(blocks, limits_.max_blocks) || beyond(bytes, limits_.max_content_bytes) ||
      (growth.structs > 0 && clients > limits_.max_clients) ||
      (new_types_ > 0 && types > limits_.max_types) ||
      (!new_names_.empty() && store_.name_count() + new_names_.size() > limits_.max_names);
  if (full) return refuse(RefusalCode::kFull);
  return {};
}

std::expected<void, Refusal> Planner::check_structs(const Policy& policy, Growth& growth) {
  // clear() would go through all of a large one's buckets.
  if (!keyed_.empty()) release(keyed_);
  if (!new_names_.empty()) release(new_names_);
  new_roots_.clear();
  new_types_ = 0;
  discard(places_);
  places_.resize(update_->structs.size());
  for (const PlannedRun& run : runs_) {
    const Section& section = update_->sections[run.section];
    for (std::uint32_t at = run.from; at < run.to; ++at) {
      const Struct& one = update_->structs[at];
      if (one.kind == ContentKind::kSkip || one.end() <= store_.next_clock(section.client))
        continue;
      ++growth.structs;
      growth.blocks += most_blocks(one);
      growth.content_bytes += content_size(one) + 2 * kCutBytes;
      if (auto checked = check_struct(section, one, at, policy); !checked) return checked;
    }
  }
  return {};
}

std::expected<void, Refusal> Planner::check_struct(const Section& section, const Struct& one,
                                                   std::uint32_t index, const Policy& policy) {
  const Id own{section.client, one.clock};
  if (one.root.size() > limits_.max_name_bytes || one.key.size() > limits_.max_name_bytes ||
      (one.kind == ContentKind::kType && one.content.size() > limits_.max_name_bytes)) {
    return refuse(RefusalCode::kTooLarge, own);
  }
  const auto place = place_of(section, one);
  if (!place) return std::unexpected(place.error());
  places_[index] = *place;
  // What stands under a key is kept in one piece, and no client has a use for a long run there.
  if (place->mapped && one.length > 1 && one.content.size() > kPieceBytes && !policy.is_ours) {
    return refuse(RefusalCode::kTooLarge, own);
  }
  if (one.kind != ContentKind::kType || place->list == kNone) return {};
  new_types_ += 2;
  note_name(one.content);
  if (place->depth + 1U > limits_.max_depth) return refuse(RefusalCode::kTooDeep, own);
  return {};
}

// The struct of this update that holds a unit; nullptr if it isn't of this update, or known
// already.
const Struct* Planner::planned(const Id& id, std::uint32_t& index) const {
  if (id.clock < store_.next_clock(id.client)) return nullptr;
  const std::uint32_t section = section_of(id.client);
  if (section == kNone) return nullptr;
  const Section& whole = update_->sections[section];
  const auto first = update_->structs.begin() + whole.first;
  const auto last = update_->structs.begin() + whole.last;
  const auto after =
      std::upper_bound(first, last, id.clock,
                       [](std::uint64_t clock, const Struct& one) { return clock < one.clock; });
  if (after == first) return nullptr;
  index = static_cast<std::uint32_t>(after - update_->structs.begin() - 1);
  return &update_->structs[index];
}

// The place of a unit that is known or planned.
Planner::Place Planner::place_at(const Id& id) const {
  std::uint32_t index = 0;
  if (planned(id, index)) return places_[index];
  const ClientIndex client = store_.find_client(id.client);
  const Block& block = store_.block(store_.find({client, static_cast<std::uint32_t>(id.clock)}));
  return block.sequence == kNone ? Place{} : place_in_list(block.sequence);
}

Planner::Place Planner::place_in_list(SequenceIndex list) const {
  const Type& type = store_.type(store_.sequence(list).type);
  return {list, type.depth, type.block != kNone && store_.block(type.block).deleted(),
          store_.sequence(list).key != kNone};
}

// As Transaction::resolve will find it. An origin and a right origin in different lists are a lie:
// where such a struct stood would hang on the order in which things came.
std::expected<Planner::Place, Refusal> Planner::place_of(const Section& section,
                                                         const Struct& one) {
  if (one.kind == ContentKind::kCollected) return Place{};
  const std::uint32_t known = store_.next_clock(section.client);
  Place place;
  if (one.clock < known) {
    place = place_at({section.client, std::uint64_t{known} - 1});
  } else if (one.has_origin) {
    place = place_at(one.origin);
  } else if (one.has_right_origin) {
    return place_at(one.right_origin);
  } else {
    return one.parent == Struct::Parent::kRoot ? place_in_root(section, one)
                                               : place_in_item(section, one);
  }
  if (!one.has_right_origin || place.list == kNone) return place;
  const Place right = place_at(one.right_origin);
  if (right.list == kNone || right.list == place.list) return right;
  if (right.gone || place.gone) return Place{};
  return refuse(RefusalCode::kBadReference, {section.client, one.clock});
}

std::expected<Planner::Place, Refusal> Planner::place_in_root(const Section& section,
                                                              const Struct& one) {
  const TypeIndex root = store_.find_root(one.root);
  if (root != kNone) return place_in_type(root, one);
  auto found = std::ranges::find(new_roots_, one.root);
  if (found == new_roots_.end()) {
    if (roots_are_listed_ || store_.roots().size() + new_roots_.size() >= limits_.max_roots) {
      return refuse(RefusalCode::kUnknownRoot, {section.client, one.clock});
    }
    new_roots_.push_back(one.root);
    found = std::prev(new_roots_.end());
    new_types_ += 2;
    note_name(one.root);
  }
  const auto number = static_cast<std::uint64_t>(found - new_roots_.begin());
  return place_in_new({kNewRoot | number, one.key, one.has_key}, {kNone, 0, false});
}

std::expected<Planner::Place, Refusal> Planner::place_in_item(const Section& section,
                                                              const Struct& one) {
  std::uint32_t index = 0;
  const Block* block = nullptr;
  const Struct* parent = planned(one.parent_item, index);
  if (!parent) {
    const ClientIndex client = store_.find_client(one.parent_item.client);
    const auto clock = static_cast<std::uint32_t>(one.parent_item.clock);
    block = &store_.block(store_.find({client, clock}));
  }
  const ContentKind kind = parent ? parent->kind : block->kind;
  if (kind != ContentKind::kType) {
    const bool gone = parent ? kind == ContentKind::kDeleted || places_[index].gone
                             : block->deleted() || kind == ContentKind::kDeleted;
    if (gone) return Place{};
    return refuse(RefusalCode::kBadReference, {section.client, one.clock});
  }
  if (!parent) return place_in_type(block->content, one);
  const Place& around = places_[index];
  if (around.list == kNone) return Place{};
  const Place children{kChildrenOf | index, static_cast<std::uint16_t>(around.depth + 1),
                       around.gone};
  return one.has_key ? place_in_new({kPlannedType | index, one.key, true}, children) : children;
}

Planner::Place Planner::place_in_type(TypeIndex index, const Struct& one) {
  const Place children = place_in_list(store_.type(index).children);
  if (!one.has_key) return children;
  const SequenceIndex list = store_.find_key(index, one.key);
  if (list != kNone) return place_in_list(list);
  return place_in_new({index, one.key, true}, children);
}

Planner::Place Planner::place_in_new(const NewList& list, const Place& parent) {
  const auto number = static_cast<std::uint32_t>(keyed_.size());
  const auto [place, added] = keyed_.try_emplace(list, kKeyed | number);
  if (added && list.has_key) {
    ++new_types_;
    note_name(list.key);
  }
  return {place->second, parent.depth, parent.gone, list.has_key};
}

// Whether a deletion from or up to a unit would cut a block.
bool Planner::would_cut(std::uint64_t client, std::uint64_t clock) const {
  if (clock >= next_clock(client)) return false;
  const ClientIndex index = store_.find_client(client);
  if (index == kNoClient || clock >= store_.client(index).next_clock) return true;  // a new one
  const Block& block = store_.block(store_.find({index, static_cast<std::uint32_t>(clock)}));
  return block.clock != clock && !block.deleted();
}

std::expected<void, Refusal> Planner::check_deletes(const Policy& policy, Growth& growth) const {
  for (const ClockRange& range : update_->deleted.ranges()) {
    const std::uint64_t known = next_clock(range.client);
    if (range.end() > known && !policy.may_wait) {
      return refuse(RefusalCode::kUnknownClock, {range.client, range.end() - 1});
    }
    const std::size_t cuts = (would_cut(range.client, range.clock) ? 1U : 0U) +
                             (would_cut(range.client, range.end()) ? 1U : 0U);
    growth.blocks += cuts;
    growth.content_bytes += cuts * kCutBytes;
  }
  return {};
}

}  // namespace plenary::notes
