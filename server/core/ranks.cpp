#include "core/ranks.hpp"

#include <algorithm>

namespace plenary::core {

// The chunk that holds the key, or would: the first whose last element is not before it, else the
// last.
std::size_t Ranks::chunk_of(const QueueKey& key) const {
  auto found = std::partition_point(chunks_.begin(), chunks_.end(),
                                    [&](const auto& chunk) { return chunk.back() < key; });
  if (found == chunks_.end()) --found;
  return static_cast<std::size_t>(found - chunks_.begin());
}

void Ranks::insert(const QueueKey& key) {
  if (chunks_.empty()) {
    chunks_.push_back({key});
    size_ = 1;
    return;
  }
  const std::size_t at = chunk_of(key);
  auto& chunk = chunks_[at];
  const auto place = std::lower_bound(chunk.begin(), chunk.end(), key);
  if (place != chunk.end() && *place == key) return;
  chunk.insert(place, key);
  ++size_;
  if (chunk.size() <= kMaxChunk) return;
  const auto middle = chunk.begin() + static_cast<std::ptrdiff_t>(chunk.size() / 2);
  std::vector<QueueKey> second(std::make_move_iterator(middle),
                               std::make_move_iterator(chunk.end()));
  chunk.erase(middle, chunk.end());
  chunks_.insert(chunks_.begin() + static_cast<std::ptrdiff_t>(at + 1), std::move(second));
}

void Ranks::erase(const QueueKey& key) {
  if (chunks_.empty()) return;
  const std::size_t at = chunk_of(key);
  auto& chunk = chunks_[at];
  const auto place = std::lower_bound(chunk.begin(), chunk.end(), key);
  if (place == chunk.end() || *place != key) return;
  chunk.erase(place);
  --size_;
  if (chunk.empty()) chunks_.erase(chunks_.begin() + static_cast<std::ptrdiff_t>(at));
}

std::size_t Ranks::before(const QueueKey& key) const {
  if (chunks_.empty()) return 0;
  const std::size_t at = chunk_of(key);
  std::size_t count = 0;
  for (std::size_t index = 0; index < at; ++index)
    count += chunks_[index].size();
  const auto& chunk = chunks_[at];
  return count + static_cast<std::size_t>(std::lower_bound(chunk.begin(), chunk.end(), key) -
                                          chunk.begin());
}

std::vector<std::string> Ranks::ids(std::size_t count, const QueueKey* after) const {
  std::vector<std::string> found;
  if (chunks_.empty()) return found;
  std::size_t at = 0;
  std::size_t place = 0;
  if (after != nullptr) {
    at = chunk_of(*after);
    const auto& chunk = chunks_[at];
    place = static_cast<std::size_t>(std::upper_bound(chunk.begin(), chunk.end(), *after) -
                                     chunk.begin());
  }
  found.reserve(std::min(count, size_));
  for (; at < chunks_.size(); ++at, place = 0) {
    for (; place < chunks_[at].size(); ++place) {
      if (found.size() == count) return found;
      found.push_back(chunks_[at][place].request_id);
    }
  }
  return found;
}

bool Ranks::contains(const QueueKey& key) const {
  if (chunks_.empty()) return false;
  const auto& chunk = chunks_[chunk_of(key)];
  return std::binary_search(chunk.begin(), chunk.end(), key);
}

}  // namespace plenary::core
