// The checking half of plan.hpp: what a planned update would bring stays within the document's
// limits, and every struct says of itself where it stands without contradiction.
#include <algorithm>

#include "notes/plan.hpp"
#include "notes/scratch.hpp"

namespace plenary::notes {

namespace {

// Names of lists that an update makes, apart from the store's own.
constexpr std::uint32_t kChildrenOf = 0x8000'0000;  // and the index of the struct that is the type
constexpr std::uint32_t kKeyed = 0xC000'0000;       // and the number in `keyed_`
// Their owners, apart from the store's types.
constexpr std::uint64_t kPlannedType = std::uint64_t{1} << 32;
constexpr std::uint64_t kNewRoot = std::uint64_t{2} << 32;

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

// What came twice or waits counts for nothing.
std::expected<void, Refusal> Planner::check_growth(std::size_t structs, std::size_t bytes) const {
  if (structs == 0) return {};
  std::size_t clients = store_.client_count();
  for (std::size_t at = 0; at < progress_.size(); ++at) {
    clients +=
        progress_[at].next > 0 && store_.find_client(update_->sections[at].client) == kNoClient;
  }
  // Every struct can split two blocks, and by that add to two contents. (Not so of a whole
  // document: it was merged as far as it can be, and what one could hold another one must be able
  // to load.)
  const bool whole = store_.block_count() == 0;
  const std::size_t blocks = whole ? structs : 3 * structs;
  if (!whole) bytes += 8 * structs;
  const bool full = clients > limits_.max_clients ||
                    store_.block_count() + blocks > limits_.max_blocks ||
                    store_.content_bytes() + bytes > limits_.max_content_bytes ||
                    (new_types_ > 0 && (store_.type_count() + new_types_ > limits_.max_types ||
                                        store_.name_count() >= limits_.max_names));
  if (full) return refuse(RefusalCode::kFull);
  return {};
}

std::expected<void, Refusal> Planner::check_structs() {
  if (!keyed_.empty()) release(keyed_);  // clear() would go through all of a large one's buckets
  new_roots_.clear();
  new_types_ = 0;
  discard(places_);
  places_.resize(update_->structs.size());
  std::size_t structs = 0;
  std::size_t bytes = 0;
  for (const PlannedRun& run : runs_) {
    const Section& section = update_->sections[run.section];
    for (std::uint32_t at = run.from; at < run.to; ++at) {
      const Struct& one = update_->structs[at];
      if (one.kind == ContentKind::kSkip || one.end() <= store_.next_clock(section.client))
        continue;
      ++structs;
      bytes += content_size(one);
      if (auto checked = check_struct(section, one, at); !checked) return checked;
    }
  }
  return check_growth(structs, bytes);
}

std::expected<void, Refusal> Planner::check_struct(const Section& section, const Struct& one,
                                                   std::uint32_t index) {
  const Id own{section.client, one.clock};
  if (one.root.size() > limits_.max_name_bytes || one.key.size() > limits_.max_name_bytes ||
      (one.kind == ContentKind::kType && one.content.size() > limits_.max_name_bytes)) {
    return refuse(RefusalCode::kTooLarge, own);
  }
  const auto place = place_of(section, one);
  if (!place) return std::unexpected(place.error());
  places_[index] = *place;
  if (one.kind != ContentKind::kType || place->list == kNone) return {};
  new_types_ += 2;
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
  return {list, type.depth, type.block != kNone && store_.block(type.block).deleted()};
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
  if (added && list.has_key) ++new_types_;
  return {place->second, parent.depth, parent.gone};
}

std::expected<void, Refusal> Planner::check_deletes(const Policy& policy) const {
  if (policy.may_wait) return {};
  for (const ClockRange& range : update_->deleted.ranges()) {
    const std::uint64_t known = next_clock(range.client);
    if (range.end() > known) {
      return refuse(RefusalCode::kUnknownClock, {range.client, range.end() - 1});
    }
  }
  return {};
}

}  // namespace plenary::notes
