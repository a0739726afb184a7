#include "notes/claims.hpp"

#include <algorithm>

namespace plenary::notes {

std::expected<std::vector<std::uint64_t>, Refusal> Claims::check(const Admission& admission,
                                                                 std::string_view person) const {
  std::vector<std::uint64_t> claimed;
  for (const ClockRange& range : admission.inserts) {
    const auto holder = owner(range.client);
    if (!holder) {
      claimed.push_back(range.client);
    } else if (*holder != person) {
      return std::unexpected(Refusal{RefusalCode::kNotYours, range.client, range.clock});
    }
  }
  const auto held = counts_.find(person);
  if ((held == counts_.end() ? 0 : held->second) + claimed.size() > kMaxOfPerson) {
    return std::unexpected(Refusal{RefusalCode::kFull});
  }
  return claimed;
}

void Claims::claim(std::uint64_t client, std::string_view person) {
  if (!owners_.try_emplace(client, person).second) return;
  const auto held = counts_.find(person);
  if (held == counts_.end()) {
    counts_.emplace(person, 1);
  } else {
    ++held->second;
  }
}

std::optional<std::string_view> Claims::owner(std::uint64_t client) const {
  const auto found = owners_.find(client);
  if (found == owners_.end()) return std::nullopt;
  return found->second;
}

void Attribution::wrote(const DeleteSet& inserted, std::string_view person, std::int64_t at_ms) {
  constexpr std::int64_t kMinuteMs = 60'000;
  for (const ClockRange& range : inserted.ranges()) {
    Writer& writer = writers_[range.client];
    if (range.clock < writer.end) continue;
    const bool goes_on = !writer.entries.empty() && writer.end == range.clock &&
                         writer.entries.back().person == person &&
                         at_ms - writer.entries.back().at_ms < kMinuteMs;
    if (!goes_on) {
      if (range.clock > writer.end) writer.entries.push_back({writer.end, {}, 0});
      writer.entries.push_back({range.clock, std::string(person), at_ms});
    }
    writer.end = range.end();
  }
}

const Attribution::Entry* Attribution::author(const Id& id) const {
  const auto writer = writers_.find(id.client);
  if (writer == writers_.end() || id.clock >= writer->second.end) return nullptr;
  const auto& entries = writer->second.entries;
  const auto after = std::ranges::upper_bound(entries, id.clock, {}, &Entry::clock);
  if (after == entries.begin()) return nullptr;
  const Entry& entry = *std::prev(after);
  return entry.person.empty() ? nullptr : &entry;
}

std::size_t Attribution::size() const {
  std::size_t sum = 0;
  for (const auto& [client, writer] : writers_)
    sum += writer.entries.size();
  return sum;
}

}  // namespace plenary::notes
