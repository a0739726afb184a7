#include "notes/awareness.hpp"

#include <algorithm>

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
  return entry.state == "null" && !kept.state.empty();
}

std::expected<std::vector<std::uint64_t>, Refusal> Awareness::apply(std::string_view message,
                                                                    std::uint64_t connection,
                                                                    std::int64_t now_ms) {
  const auto entries = decode_awareness(message, limits_);
  if (!entries) return std::unexpected(entries.error());
  for (const AwarenessEntry& entry : *entries) {
    const auto known = clients_.find(entry.client);
    if (known != clients_.end() && known->second.connection != connection &&
        !known->second.state.empty()) {
      return std::unexpected(Refusal{RefusalCode::kNotYours, entry.client, entry.clock});
    }
  }
  const auto fits = [&] {
    const auto is_new = [&](const AwarenessEntry& entry) {
      return !clients_.contains(entry.client);
    };
    const auto more = static_cast<std::size_t>(std::ranges::count_if(*entries, is_new));
    return clients_.size() + more <= limits_.max_clients;
  };
  if (!fits()) forget_gone();
  if (!fits()) return std::unexpected(Refusal{RefusalCode::kFull});
  std::vector<std::uint64_t> changed;
  for (const AwarenessEntry& entry : *entries) {
    if (!is_news(entry)) continue;
    Kept& kept = clients_[entry.client];
    kept.clock = entry.clock;
    kept.connection = connection;
    kept.heard_ms = now_ms;
    kept.state = entry.state == "null" ? std::string_view{} : entry.state;
    changed.push_back(entry.client);
  }
  return changed;
}

// Their clocks are kept only so that a late message doesn't bring them back.
void Awareness::forget_gone() {
  std::erase_if(clients_, [](const auto& client) { return client.second.state.empty(); });
}

std::vector<std::uint64_t> Awareness::leave(std::uint64_t connection) {
  std::vector<std::uint64_t> gone;
  for (auto& [client, kept] : clients_) {
    if (kept.connection != connection || kept.state.empty()) continue;
    kept.state.clear();
    gone.push_back(client);
  }
  return gone;
}

std::vector<std::uint64_t> Awareness::expire(std::int64_t now_ms) {
  std::vector<std::uint64_t> gone;
  for (auto& [client, kept] : clients_) {
    if (kept.state.empty() || now_ms - kept.heard_ms < kAwarenessTimeoutMs) continue;
    kept.state.clear();
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
    out.blob(kept.state.empty() ? std::string_view("null") : std::string_view(kept.state));
    ++count;
  }
  std::string message;
  Writer(message).number(count);
  return message + entries;
}

std::string Awareness::encode_all() const {
  std::vector<std::uint64_t> here;
  for (const auto& [client, kept] : clients_) {
    if (!kept.state.empty()) here.push_back(client);
  }
  return encode(here);
}

}  // namespace plenary::notes
