#include "notes/awareness.hpp"

#include <algorithm>
#include <utility>

#include "notes/bytes.hpp"

namespace plenary::notes {

std::expected<std::vector<AwarenessEntry>, Refusal> decode_awareness(
    std::string_view message, const AwarenessLimits& limits) {
  if (message.size() > limits.max_message_bytes) {
    return std::unexpected(Refusal{RefusalCode::kTooLarge});
  }
  Reader in(message);
  std::vector<AwarenessEntry> entries;
  const std::size_t count = in.count(3);
  if (count > limits.max_entries) in.fail(RefusalCode::kTooMany);
  for (std::size_t at = 0; at < count && !in.failed(); ++at) {
    const std::uint64_t client = in.number();
    const std::uint64_t clock = in.number();
    const std::string_view state = in.json(false);
    if (state.size() > limits.max_state_bytes) in.fail(RefusalCode::kTooLarge);
    entries.push_back({client, clock, state});
  }
  if (!in.failed() && in.left() > 0) in.fail(RefusalCode::kTrailingBytes);
  if (in.failed()) return std::unexpected(Refusal{in.failure()});
  std::ranges::sort(entries, {}, &AwarenessEntry::client);
  const auto repeated = std::ranges::adjacent_find(entries, {}, &AwarenessEntry::client);
  if (repeated != entries.end()) {
    return std::unexpected(Refusal{RefusalCode::kRepeatedClient, repeated->client});
  }
  return entries;
}

bool Awareness::is_news(const AwarenessEntry& entry) const {
  const auto known = clients_.find(entry.client);
  if (known == clients_.end()) return true;
  const Kept& kept = known->second;
  if (entry.clock != kept.clock) return entry.clock > kept.clock;
  return entry.state == "null" && kept.is_here();
}

bool Awareness::is_of_another(const AwarenessEntry& entry, std::string_view person) const {
  const auto owner = claims_ ? claims_->owner(entry.client) : std::nullopt;
  if (owner) return *owner != person;
  const auto known = clients_.find(entry.client);
  return known != clients_.end() && known->second.person != person;
}

std::expected<Awareness::Heard, Refusal> Awareness::apply(std::string_view message,
                                                          const Source& from, std::int64_t now_ms) {
  const auto entries = decode_awareness(message, limits_);
  if (!entries) return std::unexpected(entries.error());
  if (const auto room = make_room(*entries, from.person); !room) {
    return std::unexpected(room.error());
  }
  if (const auto checked = check(*entries, from); !checked) {
    return std::unexpected(checked.error());
  }
  Heard heard;
  for (const AwarenessEntry& entry : *entries) {
    if (is_news(entry)) {
      take(entry, from, now_ms);
      heard.changed.push_back(entry.client);
      continue;
    }
    if (is_of_another(entry, from.person) || entry.state == "null") continue;
    Kept& kept = clients_.find(entry.client)->second;
    if (!kept.is_here()) {
      heard.behind.push_back(entry.client);
    } else if (kept.clock == entry.clock && kept.connection != from.connection) {
      // It comes back with what it said last.
      give(kept, from.person);
      move(kept, from.connection);
      kept.heard_ms = now_ms;
    }
  }
  return heard;
}

// The clocks of the gone are kept so that a late message doesn't bring them back, and so that
// nobody takes their ids; but not at the price of those who are here.
std::expected<void, Refusal> Awareness::make_room(const std::vector<AwarenessEntry>& entries,
                                                  std::string_view person) {
  const auto is_new = [&](const AwarenessEntry& entry) { return !clients_.contains(entry.client); };
  const auto more = [&] {
    return static_cast<std::size_t>(std::ranges::count_if(entries, is_new));
  };
  const auto fits_person = [&] {
    const auto known = kept_of_person_.find(person);
    const std::size_t kept = known == kept_of_person_.end() ? 0 : known->second;
    return kept + more() <= limits_.max_clients_of_person;
  };
  if (!fits_person()) forget([person](const Kept& kept) { return kept.person == person; });
  if (!fits_person()) return std::unexpected(Refusal{RefusalCode::kTooMany});
  const auto fits = [&] { return clients_.size() + more() <= limits_.max_clients; };
  if (!fits()) forget([](const Kept&) { return true; });
  if (!fits()) return std::unexpected(Refusal{RefusalCode::kFull});
  return {};
}

std::expected<void, Refusal> Awareness::check(const std::vector<AwarenessEntry>& entries,
                                              const Source& from) const {
  const auto here = here_by_connection_.find(from.connection);
  std::size_t before = here == here_by_connection_.end() ? 0 : here->second;
  std::size_t after = before;
  for (const AwarenessEntry& entry : entries) {
    if (entry.clock > limits_.max_clock) {
      return std::unexpected(Refusal{RefusalCode::kTooLarge, entry.client, entry.clock});
    }
    const bool is_news = this->is_news(entry);
    if (is_of_another(entry, from.person)) {
      if (!is_news) continue;
      return std::unexpected(Refusal{RefusalCode::kNotYours, entry.client, entry.clock});
    }
    const auto known = clients_.find(entry.client);
    const bool was_here = known != clients_.end() && known->second.is_here() &&
                          known->second.connection == from.connection;
    const bool comes = entry.state != "null";
    if (comes && !was_here) ++after;
    if (!comes && was_here && is_news) --after;
  }
  if (after > before && after > limits_.max_clients_of_connection) {
    return std::unexpected(Refusal{RefusalCode::kTooMany});
  }
  return {};
}

void Awareness::take(const AwarenessEntry& entry, const Source& from, std::int64_t now_ms) {
  const auto [place, is_new] = clients_.try_emplace(entry.client);
  Kept& kept = place->second;
  if (is_new) ++kept_of_person_[kept.person];
  give(kept, from.person);
  kept.clock = entry.clock;
  kept.heard_ms = now_ms;
  if (entry.state == "null") return set_gone(kept);
  if (kept.is_here()) {
    move(kept, from.connection);
  } else {
    kept.connection = from.connection;
    ++here_by_connection_[kept.connection];
  }
  kept.state = entry.state;
}

// Another's it was only if the claims have become known since.
void Awareness::give(Kept& kept, std::string_view person) {
  if (kept.person == person) return;
  const auto count = kept_of_person_.find(kept.person);
  if (--count->second == 0) kept_of_person_.erase(count);
  kept.person = person;
  ++kept_of_person_[kept.person];
}

void Awareness::move(Kept& kept, std::uint64_t connection) {
  if (kept.connection == connection) return;
  ++here_by_connection_[connection];
  leave_connection(std::exchange(kept.connection, connection));
}

void Awareness::set_gone(Kept& kept) {
  if (!kept.is_here()) return;
  kept.state.clear();
  leave_connection(kept.connection);
}

void Awareness::leave_connection(std::uint64_t connection) {
  const auto here = here_by_connection_.find(connection);
  if (--here->second == 0) here_by_connection_.erase(here);
}

template <typename Condition>
void Awareness::forget(const Condition& condition) {
  std::erase_if(clients_, [&](const auto& client) {
    const Kept& kept = client.second;
    if (kept.is_here() || !condition(kept)) return false;
    const auto count = kept_of_person_.find(kept.person);
    if (--count->second == 0) kept_of_person_.erase(count);
    return true;
  });
}

std::vector<std::uint64_t> Awareness::leave(std::uint64_t connection) {
  std::vector<std::uint64_t> gone;
  for (auto& [client, kept] : clients_) {
    if (kept.connection != connection || !kept.is_here()) continue;
    set_gone(kept);
    gone.push_back(client);
  }
  return gone;
}

std::vector<std::uint64_t> Awareness::expire(std::int64_t now_ms) {
  forget([&](const Kept& kept) { return now_ms - kept.heard_ms >= limits_.gone_kept_ms; });
  std::vector<std::uint64_t> gone;
  for (auto& [client, kept] : clients_) {
    if (!kept.is_here() || now_ms - kept.heard_ms < kAwarenessTimeoutMs) continue;
    set_gone(kept);
    gone.push_back(client);
  }
  return gone;
}

std::string Awareness::encode(const std::vector<std::uint64_t>& wanted) const {
  std::string entries;
  Writer out(entries);
  std::size_t count = 0;
  for (const std::uint64_t client : wanted) {
    const auto known = clients_.find(client);
    if (known == clients_.end()) continue;
    const Kept& kept = known->second;
    out.number(client);
    out.number(kept.clock);
    out.blob(kept.is_here() ? std::string_view(kept.state) : std::string_view("null"));
    ++count;
  }
  std::string message;
  Writer(message).number(count);
  return message + entries;
}

std::string Awareness::encode_all() const {
  std::vector<std::uint64_t> here;
  for (const auto& [client, kept] : clients_) {
    if (kept.is_here()) here.push_back(client);
  }
  return encode(here);
}

}  // namespace plenary::notes
