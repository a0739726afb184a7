// The order of a queue, and how many stand before a given place of it.
//
// Why not the std::set alone: it cannot say how many elements precede one without walking, and when
// the first of ten thousand is called, ten thousand people want to know their new place. Sorted
// chunks of bounded size answer with one addition per chunk and one binary search.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace plenary::core {

// Where a request stands in its queue (Q1): band, then order key, then sequence.
struct QueueKey {
  std::int32_t band = 0;
  std::int64_t order_key = 0;
  std::int64_t sequence = 0;
  std::string request_id;
  auto operator<=>(const QueueKey&) const = default;
};

class Ranks {
 public:
  void insert(const QueueKey& key);  // one that stands in it already is left alone
  void erase(const QueueKey& key);   // likewise one that does not
  // How many stand before this key, whether or not it stands in it itself.
  std::size_t before(const QueueKey& key) const;
  // The ids of the first so many, or of the first so many behind a key; in order.
  std::vector<std::string> ids(std::size_t count, const QueueKey* after = nullptr) const;
  bool contains(const QueueKey& key) const;
  std::size_t size() const { return size_; }

 private:
  static constexpr std::size_t kMaxChunk = 128;
  std::size_t chunk_of(const QueueKey& key) const;

  std::vector<std::vector<QueueKey>> chunks_;  // none is empty
  std::size_t size_ = 0;
};

}  // namespace plenary::core
