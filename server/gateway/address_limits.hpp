// How much one network address may ask for. One table for all cores, bounded; IPv6 counts by its
// /64.
// Threading: any thread (one mutex, held for a look-up). Time is passed in.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "connection/token_bucket.hpp"

namespace plenary::gateway {

class AddressLimits {
 public:
  enum class What : std::uint8_t { request, enter, failure };

  explicit AddressLimits(std::size_t max_addresses);

  // Takes one of what the address may do; false: 429.
  bool take(What what, std::string_view address, std::int64_t now_ms);
  // Whether there is one, without taking it.
  bool allows(What what, std::string_view address, std::int64_t now_ms);

  // Somebody entered a session from the address; the last few sessions are remembered.
  void note_entered(std::string_view address, std::string_view session_id, std::int64_t now_ms);
  bool has_entered(std::string_view address) const;
  bool has_entered(std::string_view address, std::string_view session_id) const;

  std::size_t addresses() const;

 private:
  struct Entry {
    std::string key;
    std::array<connection::TokenBucket, 3> buckets;
    std::vector<std::string> entered;  // session ids, the last first
  };
  using Entries = std::list<Entry>;

  const Entry* find(std::string_view address) const;
  Entry& entry(std::string_view address, std::int64_t now_ms);

  std::size_t max_addresses_;
  mutable std::mutex mutex_;
  Entries entries_;                                                 // the last used first
  std::unordered_map<std::string_view, Entries::iterator> by_key_;  // keys are the entries' own
};

// The address without what an attacker could choose freely: IPv4 whole, IPv6 its first 64 bits.
std::string limit_key(std::string_view address);

}  // namespace plenary::gateway
