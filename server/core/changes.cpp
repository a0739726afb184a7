#include "core/changes.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace plenary::core {
namespace {

// SplitMix64's finalizer (Steele, Lea, Flood 2014): every bit of the input reaches every bit of the
// result.
std::uint64_t mix(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15ULL;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31);
}

std::uint64_t eight_bytes(const std::array<std::uint8_t, 16>& seed, std::size_t from) {
  std::uint64_t value = 0;
  for (std::size_t at = from; at < from + 8; ++at)
    value = (value << 8) | seed[at];
  return value;
}

bool same(const google::protobuf::MessageLite& one, const google::protobuf::MessageLite& other) {
  // The entities have no maps, so that equal ones have equal bytes.
  return one.SerializeAsString() == other.SerializeAsString();
}

}  // namespace

std::string Draft::fresh_id() {
  static constexpr char kAlphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";  // Crockford's base 32
  const std::uint64_t count = mix(++ids_made_);
  std::uint64_t high = mix(eight_bytes(context_.seed, 0) ^ count);
  std::uint64_t low = mix(eight_bytes(context_.seed, 8) ^ mix(high));
  std::string id;
  for (int digit = 0; digit < 13; ++digit, high >>= 5)
    id.push_back(kAlphabet[high & 31]);
  for (int digit = 0; digit < 13; ++digit, low >>= 5)
    id.push_back(kAlphabet[low & 31]);
  return id;
}

std::vector<const v1::Request*> Draft::queue(std::string_view room_id,
                                             std::string_view item_id) const {
  std::vector<const v1::Request*> list;
  for (const auto& place : state_.queue(room_id, item_id)) {
    if (!drafted_.contains(key<v1::Request>(place.request_id))) {
      list.push_back(state_.request(place.request_id));
    }
  }
  overlay<v1::Request>([&](std::string_view, const v1::Request* request) {
    if (request != nullptr && request->room_id() == room_id && request->item_id() == item_id) {
      list.push_back(request);
    }
  });
  std::sort(list.begin(), list.end(),
            [](const auto* one, const auto* other) { return queue_key(*one) < queue_key(*other); });
  return list;
}

Decision Draft::finish(std::string created_id) const {
  Decision decision;
  decision.created_id = std::move(created_id);
  for (const auto& [at, entity] : drafted_) {
    v1::EntityRef ref;
    ref.set_kind(at.first);
    ref.set_id(at.second);
    v1::Entity before;
    const bool was = copy_entity(state_, ref, before);
    if (entity == nullptr) {
      if (was) *decision.changes.add_removed() = std::move(ref);
    } else if (!was || !same(before, *entity)) {
      *decision.changes.add_put() = *entity;
    }
  }
  return decision;
}

}  // namespace plenary::core
