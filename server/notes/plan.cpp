#include "notes/plan.hpp"

#include <algorithm>

namespace plenary::notes {

namespace {

std::unexpected<Refusal> refuse(RefusalCode code, const Id& about = {}) {
  return std::unexpected(Refusal{code, about.client, about.clock});
}

}  // namespace

std::uint32_t Planner::section_of(std::uint64_t client) const {
  const auto& sections = update_->sections;
  const auto found = std::ranges::lower_bound(sections, client, std::greater{}, &Section::client);
  if (found == sections.end() || found->client != client) return kNone;
  return static_cast<std::uint32_t>(found - sections.begin());
}

std::uint64_t Planner::next_clock(std::uint64_t client) const {
  const std::uint32_t section = section_of(client);
  return section == kNone ? store_.next_clock(client) : progress_[section].next;
}

bool Planner::is_unknown(const Id& id) const {
  return id.clock >= next_clock(id.client);
}

bool Planner::is_missing(std::uint32_t section, const Struct& one, Id& missing) const {
  const std::uint64_t own = update_->sections[section].client;
  const auto lacks = [&](bool has, const Id& id) {
    if (!has || id.client == own || !is_unknown(id)) return false;
    missing = id;
    return true;
  };
  if (one.kind == ContentKind::kCollected) return false;
  return lacks(one.has_origin, one.origin) || lacks(one.has_right_origin, one.right_origin) ||
         lacks(one.parent == Struct::Parent::kItem, one.parent_item);
}

// Takes a section as far as it goes now.
void Planner::go_on(std::uint32_t section) {
  Progress& state = progress_[section];
  const Section& whole = update_->sections[section];
  const std::uint32_t from = state.at;
  state.blocked = false;
  for (; state.at < whole.last; ++state.at) {
    const Struct& one = update_->structs[state.at];
    if (one.kind == ContentKind::kSkip || one.end() <= state.next) continue;
    if (one.clock > state.next) {
      state.missing = {whole.client, std::uint64_t{one.clock} - 1};
      state.blocked = true;
    } else {
      state.blocked = is_missing(section, one, state.missing);
    }
    if (state.blocked) break;
    state.next = one.end();
  }
  if (state.at > from) runs_.push_back({section, from, state.at});
  if (state.blocked) {
    const std::uint32_t other = section_of(state.missing.client);
    if (other != kNone && other != section) wait_for(other, section);
  }
  if (state.at > from) wake(section);
}

// Lets those go on that were blocked by what `section` has just brought.
void Planner::wake(std::uint32_t section) {
  std::uint32_t waiting = progress_[section].first_waiter;
  progress_[section].first_waiter = kNone;
  while (waiting != kNone) {
    const std::uint32_t other = waiting;
    waiting = progress_[other].next_waiter;
    if (progress_[other].missing.clock < progress_[section].next) {
      ready_.push_back(other);
    } else {
      wait_for(section, other);
    }
  }
}

void Planner::wait_for(std::uint32_t section, std::uint32_t waiter) {
  progress_[waiter].next_waiter = progress_[section].first_waiter;
  progress_[section].first_waiter = waiter;
}

std::expected<void, Refusal> Planner::plan(const Update& update, const Policy& policy) {
  update_ = &update;
  runs_.clear();
  parked_.clear();
  progress_.clear();
  ready_.clear();
  for (std::uint32_t at = 0; at < update.sections.size(); ++at) {
    const Section& section = update.sections[at];
    Progress& state = progress_.emplace_back();
    state.at = section.first;
    state.next = store_.next_clock(section.client);
  }
  // Highest client first, as Yjs does: of two that insert at the same place the lower rarely has to
  // go past the higher.
  for (std::uint32_t at = 0; at < update.sections.size(); ++at) {
    ready_.push_back(at);
    while (!ready_.empty()) {
      const std::uint32_t next = ready_.back();
      ready_.pop_back();
      go_on(next);
    }
  }
  for (std::uint32_t at = 0; at < progress_.size(); ++at) {
    if (!progress_[at].blocked) continue;
    if (!policy.may_wait) return refuse(RefusalCode::kUnknownClock, progress_[at].missing);
    parked_.push_back({at, progress_[at].at, progress_[at].missing});
  }
  if (auto checked = check_growth(); !checked) return checked;
  if (auto checked = check_structs(); !checked) return checked;
  return check_deletes(policy);
}

std::expected<void, Refusal> Planner::check_growth() const {
  std::size_t structs = 0;
  for (const PlannedRun& run : runs_)
    structs += run.to - run.from;
  if (structs == 0) return {};
  std::size_t clients = store_.client_count();
  for (const Section& section : update_->sections) {
    clients += store_.find_client(section.client) == kNoClient;
  }
  // Every struct can split two blocks, and be a type with a list of its own under a new key.
  const bool full = clients > std::min<std::size_t>(limits_.max_clients, 65'000) ||
                    store_.block_count() + 3 * structs > limits_.max_blocks;
  if (full) return refuse(RefusalCode::kFull);
  return {};
}

std::expected<void, Refusal> Planner::check_structs() {
  depths_.clear();
  if (update_->has_types) depths_.resize(update_->structs.size(), 0);
  std::size_t bytes = 0;
  std::size_t types = 0;
  std::size_t roots = store_.roots().size();
  for (const PlannedRun& run : runs_) {
    const Section& section = update_->sections[run.section];
    for (std::uint32_t at = run.from; at < run.to; ++at) {
      const Struct& one = update_->structs[at];
      if (one.kind == ContentKind::kSkip || one.end() <= store_.next_clock(section.client))
        continue;
      bytes += one.content.size() + 8;
      types += (one.kind == ContentKind::kType ? 2 : 0) + (one.has_key ? 1 : 0);
      if (one.parent == Struct::Parent::kRoot && store_.find_root(one.root) == kNone) {
        if (roots_are_listed_ || ++roots > limits_.max_roots) {
          return refuse(RefusalCode::kUnknownRoot, {section.client, one.clock});
        }
      }
      if (auto checked = check_struct(section, one, at); !checked) return checked;
    }
  }
  if (store_.content_bytes() + bytes > limits_.max_content_bytes ||
      (types > 0 && store_.type_count() + types > limits_.max_types) ||
      (types > 0 && store_.name_count() >= limits_.max_names)) {
    return refuse(RefusalCode::kFull);
  }
  return {};
}

std::expected<void, Refusal> Planner::check_struct(const Section& section, const Struct& one,
                                                   std::uint32_t index) {
  const Id own{section.client, one.clock};
  if (one.root.size() > limits_.max_name_bytes || one.key.size() > limits_.max_name_bytes ||
      (one.kind == ContentKind::kType && one.content.size() > limits_.max_name_bytes)) {
    return refuse(RefusalCode::kTooLarge, own);
  }
  if (!update_->has_types && one.parent != Struct::Parent::kItem) return {};
  const auto depth = depth_of(section, one);
  if (!depth) return std::unexpected(depth.error());
  if (!update_->has_types) return {};
  depths_[index] = *depth;
  if (one.kind == ContentKind::kType && *depth + 1U > limits_.max_depth) {
    return refuse(RefusalCode::kTooDeep, own);
  }
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

// How deep the place stands in which a unit is.
std::uint16_t Planner::depth_at(const Id& id) const {
  std::uint32_t index = 0;
  if (planned(id, index)) return depths_.empty() ? std::uint16_t{0} : depths_[index];
  const ClientIndex client = store_.find_client(id.client);
  const Block& block = store_.block(store_.find({client, static_cast<std::uint32_t>(id.clock)}));
  if (block.sequence == kNone) return 0;
  return store_.type(store_.sequence(block.sequence).type).depth;
}

std::expected<std::uint16_t, Refusal> Planner::depth_of(const Section& section,
                                                        const Struct& one) const {
  if (one.kind == ContentKind::kCollected || one.kind == ContentKind::kSkip)
    return std::uint16_t{0};
  // What goes in only in part has its place already; its causes may not even be there any more.
  if (one.has_origin) return depth_at(one.origin);
  if (one.has_right_origin) return depth_at(one.right_origin);
  if (one.parent == Struct::Parent::kRoot) return std::uint16_t{0};
  std::uint32_t index = 0;
  ContentKind kind;
  if (const Struct* parent = planned(one.parent_item, index)) {
    kind = parent->kind;
  } else {
    const ClientIndex client = store_.find_client(one.parent_item.client);
    const auto clock = static_cast<std::uint32_t>(one.parent_item.clock);
    kind = store_.block(store_.find({client, clock})).kind;
  }
  if (kind == ContentKind::kType) return static_cast<std::uint16_t>(depth_at(one.parent_item) + 1);
  if (kind == ContentKind::kDeleted || kind == ContentKind::kCollected) return std::uint16_t{0};
  return std::unexpected(Refusal{RefusalCode::kBadReference, section.client, one.clock});
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
