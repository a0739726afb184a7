#include "notes/pending.hpp"

#include <algorithm>

namespace plenary::notes {

namespace {

// Structs [from, to) of an update, between which there is no gap.
std::string encode_run(const Update& update, std::uint64_t client, std::uint32_t from,
                       std::uint32_t to) {
  std::string bytes;
  Writer out(bytes);
  out.number(1);
  out.number(to - from);
  out.number(client);
  out.number(update.structs[from].clock);
  for (std::uint32_t at = from; at < to; ++at)
    write_struct(out, client, update.structs[at], 0);
  out.number(0);
  return bytes;
}

}  // namespace

bool Pending::park(const Update& update, const Section& section, std::uint32_t from,
                   const Id& missing, const Limits& limits) {
  const auto is_gap = [](const Struct& one) { return one.kind == ContentKind::kSkip; };
  Id wanted = missing;
  while (from < section.last) {
    const auto begin = update.structs.begin();
    const auto gap = std::find_if(begin + from, begin + section.last, is_gap);
    const auto to = static_cast<std::uint32_t>(gap - begin);
    if (to > from && !keep(update, section.client, from, to, wanted, limits)) return false;
    from = to + 1;
    // Behind a gap, what waits first of all waits for the gap to be filled.
    if (from < section.last)
      wanted = {section.client, std::uint64_t{update.structs[from].clock} - 1};
  }
  return true;
}

bool Pending::keep(const Update& update, std::uint64_t client, std::uint32_t from, std::uint32_t to,
                   const Id& missing, const Limits& limits) {
  const std::uint32_t clock = update.structs[from].clock;
  const std::uint32_t end_clock = update.structs[to - 1].end();
  const auto covers = [&](const Part& part) {
    return part.client == client && part.clock <= clock && part.end_clock >= end_clock;
  };
  if (std::ranges::any_of(parts_, covers)) return true;
  const auto covered = [&](const Part& part) {
    return part.client == client && part.clock >= clock && part.end_clock <= end_clock;
  };
  Part added{client, clock, end_clock, missing, encode_run(update, client, from, to)};
  std::size_t freed = 0;
  for (const Part& part : parts_)
    freed += covered(part) ? part.bytes.size() : 0;
  if (bytes() - freed + added.bytes.size() > limits.max_pending_bytes ||
      parts_.size() >= limits.max_pending_parts) {
    return false;
  }
  bytes_ = bytes_ - freed + added.bytes.size();
  std::erase_if(parts_, covered);
  parts_.push_back(std::move(added));
  return true;
}

}  // namespace plenary::notes
