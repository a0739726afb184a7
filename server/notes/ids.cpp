#include "notes/ids.hpp"

#include <algorithm>

namespace plenary::notes {

namespace {

auto find_client(const std::vector<StateVector::Entry>& entries, std::uint64_t client) {
  return std::ranges::lower_bound(entries, client, std::greater{}, &StateVector::Entry::client);
}

bool in_order(const ClockRange& left, const ClockRange& right) {
  if (left.client != right.client) return left.client > right.client;
  return left.clock < right.clock;
}

template <typename Read>
auto decode_whole(std::string_view bytes, Read read)
    -> std::expected<decltype(read(std::declval<Reader&>())), Refusal> {
  Reader in(bytes);
  auto value = read(in);
  if (!in.failed() && in.left() > 0) in.fail(RefusalCode::kTrailingBytes);
  if (in.failed()) return std::unexpected(Refusal{in.failure()});
  return value;
}

}  // namespace

std::uint64_t StateVector::next_clock(std::uint64_t client) const {
  const auto found = find_client(entries_, client);
  return found != entries_.end() && found->client == client ? found->next_clock : 0;
}

void StateVector::set(std::uint64_t client, std::uint64_t next_clock) {
  const auto place = entries_.begin() + (find_client(entries_, client) - entries_.cbegin());
  if (place != entries_.end() && place->client == client) {
    place->next_clock = next_clock;
  } else {
    entries_.insert(place, {client, next_clock});
  }
}

void StateVector::append(std::uint64_t client, std::uint64_t next_clock) {
  entries_.push_back({client, next_clock});
}

void DeleteSet::normalize() {
  if (ranges_.size() < 2) return;
  if (!std::ranges::is_sorted(ranges_, in_order)) std::ranges::sort(ranges_, in_order);
  std::size_t last = 0;
  for (std::size_t at = 1; at < ranges_.size(); ++at) {
    ClockRange& left = ranges_[last];
    const ClockRange& right = ranges_[at];
    if (left.client == right.client && right.clock <= left.end()) {
      left.length = std::max(left.end(), right.end()) - left.clock;
    } else {
      ranges_[++last] = right;
    }
  }
  ranges_.resize(last + 1);
}

bool DeleteSet::contains_all(const ClockRange& wanted) const {
  const ClockRange from{wanted.client, wanted.clock, 0};
  const auto after = std::ranges::upper_bound(ranges_, from, in_order);
  if (after == ranges_.begin()) return false;
  const ClockRange& range = *std::prev(after);
  // Ranges that touch are joined, so one of them must hold it all.
  return range.client == wanted.client && wanted.end() <= range.end();
}

std::uint64_t DeleteSet::units() const {
  std::uint64_t sum = 0;
  for (const ClockRange& range : ranges_)
    sum += range.length;
  return sum;
}

void encode(const StateVector& vector, std::string& out) {
  Writer writer(out);
  writer.number(vector.entries().size());
  for (const auto& [client, next_clock] : vector.entries()) {
    writer.number(client);
    writer.number(next_clock);
  }
}

void encode(const DeleteSet& set, std::string& out) {
  const auto& ranges = set.ranges();
  Writer writer(out);
  std::size_t clients = 0;
  for (std::size_t at = 0; at < ranges.size(); ++at) {
    clients += at == 0 || ranges[at].client != ranges[at - 1].client;
  }
  writer.number(clients);
  for (std::size_t at = 0; at < ranges.size();) {
    std::size_t end = at;
    while (end < ranges.size() && ranges[end].client == ranges[at].client)
      ++end;
    writer.number(ranges[at].client);
    writer.number(end - at);
    for (; at < end; ++at) {
      writer.number(ranges[at].clock);
      writer.number(ranges[at].length);
    }
  }
}

void encode(const Snapshot& snapshot, std::string& out) {
  encode(snapshot.deleted, out);
  encode(snapshot.known, out);
}

void read_delete_set(Reader& in, std::size_t max_ranges, DeleteSet& set) {
  std::size_t left = max_ranges;
  for (std::size_t clients = in.count(2); clients > 0 && !in.failed(); --clients) {
    const std::uint64_t client = in.number();
    const std::size_t ranges = in.count(2);
    if (ranges > left) return in.fail(RefusalCode::kTooMany);
    left -= ranges;
    for (std::size_t at = 0; at < ranges && !in.failed(); ++at) {
      const std::uint64_t clock = in.number_up_to(kMaxClock, RefusalCode::kTooLarge);
      const std::uint64_t length = in.number_up_to(kMaxClock - clock, RefusalCode::kTooLarge);
      if (length > 0) set.add({client, clock, length});
    }
  }
  if (!in.failed()) set.normalize();
}

void read_state_vector(Reader& in, StateVector& vector) {
  std::vector<StateVector::Entry> entries(in.count(2));
  for (auto& [client, next_clock] : entries) {
    client = in.number();
    next_clock = in.number_up_to(kMaxClock, RefusalCode::kTooLarge);
  }
  if (in.failed()) return;
  std::ranges::sort(entries, std::greater{}, &StateVector::Entry::client);
  const auto same = [](const auto& left, const auto& right) { return left.client == right.client; };
  if (std::ranges::adjacent_find(entries, same) != entries.end()) {
    return in.fail(RefusalCode::kRepeatedClient);
  }
  for (const auto& [client, next_clock] : entries) {
    if (next_clock > 0) vector.append(client, next_clock);
  }
}

std::expected<StateVector, Refusal> decode_state_vector(std::string_view bytes) {
  return decode_whole(bytes, [](Reader& in) {
    StateVector vector;
    read_state_vector(in, vector);
    return vector;
  });
}

std::expected<DeleteSet, Refusal> decode_delete_set(std::string_view bytes) {
  return decode_whole(bytes, [](Reader& in) {
    DeleteSet set;
    read_delete_set(in, in.left(), set);
    return set;
  });
}

std::expected<Snapshot, Refusal> decode_snapshot(std::string_view bytes) {
  return decode_whole(bytes, [](Reader& in) {
    Snapshot snapshot;
    read_delete_set(in, in.left(), snapshot.deleted);
    read_state_vector(in, snapshot.known);
    return snapshot;
  });
}

}  // namespace plenary::notes
