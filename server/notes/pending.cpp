#include "notes/pending.hpp"

#include <algorithm>
#include <utility>

namespace plenary::notes {

namespace {

struct Candidate {
  const Struct* one;
  bool is_new;
};

// Structs by clock, between which there is no gap, as an update from `clock` on.
std::string encode_run(std::uint64_t client, std::uint32_t clock,
                       std::span<const Candidate> structs) {
  std::string run;
  Writer out(run);
  std::size_t count = 0;
  std::uint32_t next = clock;
  for (const auto& [one, is_new] : structs) {
    if (one->end() <= next) continue;
    write_struct(out, client, *one, next - one->clock);
    next = one->end();
    ++count;
  }
  std::string bytes;
  Writer update(bytes);
  update.number(1);
  update.number(count);
  update.number(client);
  update.number(clock);
  update.raw(run);
  update.number(0);
  return bytes;
}

}  // namespace

bool Pending::park(const Update& update, const Parked& rest, const Limits& limits) {
  const Section& section = update.sections[rest.section];
  const auto is_gap = [](const Struct& one) { return one.kind == ContentKind::kSkip; };
  const auto end = update.structs.begin() + section.last;
  Id missing = rest.missing;
  for (auto from = update.structs.begin() + rest.from; from != end;) {
    const auto to = std::find_if(from, end, is_gap);
    if (to != from) {
      const std::uint32_t clock = std::max(from->clock, rest.known);
      if (!keep({section.client, clock, std::prev(to)->end(), missing, {}}, {from, to}, limits)) {
        return false;
      }
    }
    from = std::find_if_not(to, end, is_gap);
    // Behind a gap, what waits first of all waits for the gap to be filled.
    if (from != end) missing = {section.client, std::uint64_t{from->clock} - 1};
  }
  return true;
}

bool Pending::keep(Part part, std::span<const Struct> structs, const Limits& limits) {
  const auto overlaps = [client = part.client, clock = part.clock,
                         end = part.end_clock](const Part& other) {
    return other.client == client && other.clock < end && clock < other.end_clock;
  };
  std::vector<Update> others;
  std::vector<Candidate> all;
  std::size_t freed = 0;
  for (const Part& other : parts_) {
    if (!overlaps(other)) continue;
    if (other.clock <= part.clock && other.end_clock >= part.end_clock) return true;
    freed += other.bytes.size();
    if (!decode_update(other.bytes, kFromStore, others.emplace_back())) return false;
    if (other.clock <= part.clock) part.missing = other.missing;
    part.clock = std::min(part.clock, other.clock);
    part.end_clock = std::max(part.end_clock, other.end_clock);
  }
  for (const Update& other : others) {
    for (const Struct& one : other.structs)
      all.push_back({&one, false});
  }
  for (const Struct& one : structs)
    all.push_back({&one, true});
  std::ranges::sort(all, {}, [](const Candidate& candidate) {
    return std::pair(candidate.one->clock, candidate.is_new);
  });
  part.bytes = encode_run(part.client, part.clock, all);
  if (bytes() - freed + part.bytes.size() > limits.max_pending_bytes) return false;
  if (parts_.size() - others.size() >= limits.max_pending_parts) return false;
  bytes_ = bytes_ - freed + part.bytes.size();
  std::erase_if(parts_, overlaps);
  parts_.push_back(std::move(part));
  return true;
}

bool Pending::park(const DeleteSet& deleted, const Limits& limits) {
  for (const ClockRange& range : deleted.ranges())
    deleted_.add(range);
  deleted_.normalize();
  return bytes() <= limits.max_pending_bytes;
}

}  // namespace plenary::notes
