#include "gateway/address_limits.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include "gateway/limits.hpp"

namespace plenary::gateway {

namespace {

struct Rate {
  double per_second;
  double burst;
};
constexpr std::array<Rate, 3> kRates{Rate{kRequestsPerSecond, kRequestBurst},
                                     Rate{kEntersPerSecond, kEnterBurst},
                                     Rate{kFailuresPerSecond, kFailureBurst}};

}  // namespace

std::string limit_key(std::string_view address) {
  boost::system::error_code error;
  const auto parsed = boost::asio::ip::make_address(std::string(address), error);
  if (error) return "?";
  if (parsed.is_v4()) return parsed.to_string();
  const auto v6 = parsed.to_v6();
  if (v6.is_v4_mapped()) {
    return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, v6).to_string();
  }
  const auto bytes = v6.to_bytes();
  return std::string(reinterpret_cast<const char*>(bytes.data()), 8);
}

AddressLimits::AddressLimits(std::size_t max_addresses) : max_addresses_(max_addresses) {}

AddressLimits::Entry& AddressLimits::entry(std::string_view address, std::int64_t now_ms) {
  std::string key = limit_key(address);
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    entries_.splice(entries_.begin(), entries_, found->second);
    return entries_.front();
  }
  // The longest unused goes. Who has that many addresses is not stopped by counting them; a venue
  // is one.
  if (entries_.size() >= max_addresses_) {
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
  Entry& made = entries_.emplace_front();
  made.key = std::move(key);
  for (std::size_t what = 0; what < kRates.size(); ++what) {
    made.buckets[what] = connection::TokenBucket(kRates[what].burst, now_ms);
  }
  by_key_.emplace(made.key, entries_.begin());
  return made;
}

bool AddressLimits::take(What what, std::string_view address, std::int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  const auto index = static_cast<std::size_t>(what);
  return entry(address, now_ms)
      .buckets[index]
      .take(kRates[index].per_second, kRates[index].burst, now_ms);
}

bool AddressLimits::allows(What what, std::string_view address, std::int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  const auto index = static_cast<std::size_t>(what);
  connection::TokenBucket copy = entry(address, now_ms).buckets[index];
  return copy.take(kRates[index].per_second, kRates[index].burst, now_ms);
}

void AddressLimits::note_entered(std::string_view address, std::string_view session_id,
                                 std::int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string>& entered = entry(address, now_ms).entered;
  if (!entered.empty() && entered.front() == session_id) return;
  std::erase(entered, session_id);
  entered.insert(entered.begin(), std::string(session_id));
  if (entered.size() > kSessionsOfAddress) entered.pop_back();
}

const AddressLimits::Entry* AddressLimits::find(std::string_view address) const {
  const std::string key = limit_key(address);
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : &*found->second;
}

bool AddressLimits::has_entered(std::string_view address) const {
  const std::lock_guard lock(mutex_);
  const Entry* known = find(address);
  return known != nullptr && !known->entered.empty();
}

bool AddressLimits::has_entered(std::string_view address, std::string_view session_id) const {
  const std::lock_guard lock(mutex_);
  const Entry* known = find(address);
  return known != nullptr && std::ranges::find(known->entered, session_id) != known->entered.end();
}

std::size_t AddressLimits::addresses() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

}  // namespace plenary::gateway
