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
  // What is known in part goes on behind that part, wherever it says that it begins; an encoding of
  // the rest says no more either.
  const bool begun = one.clock < progress_[section].next;
  return lacks(one.has_origin && !begun, one.origin) ||
         lacks(one.has_right_origin, one.right_origin) ||
         lacks(one.parent == Struct::Parent::kItem && !begun, one.parent_item);
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
    parked_.push_back({at, progress_[at].at, progress_[at].next, progress_[at].missing});
  }
  Growth growth;
  if (auto checked = check_structs(policy, growth); !checked) return checked;
  if (auto checked = check_deletes(policy, growth); !checked) return checked;
  return check_growth(growth, policy);
}

}  // namespace plenary::notes
