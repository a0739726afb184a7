// Who is here and where their cursors are: y-protocols' awareness, kept by the server.
//
// A client's entry belongs to the connection that brought it first, and goes with it. Of two
// entries of a client the higher clock counts; with the same clock, one that says "gone" (null).
// Threading: one thread at a time. Failure: a refused message changes nothing.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "notes/limits.hpp"
#include "notes/refusal.hpp"

namespace plenary::notes {

// After that long without a word a client counts as gone (as in y-protocols).
inline constexpr std::int64_t kAwarenessTimeoutMs = 30'000;

struct AwarenessEntry {
  std::uint64_t client;
  std::uint64_t clock;
  std::string_view state;  // JSON; "null" is gone
};

// Decodes a message; the bytes must outlive the answer. A client twice is kRepeatedClient.
std::expected<std::vector<AwarenessEntry>, Refusal> decode_awareness(std::string_view message,
                                                                     const AwarenessLimits& limits);

class Awareness {
 public:
  explicit Awareness(AwarenessLimits limits = {}) : limits_(limits) {}

  // Takes a message from a connection; answers whose entries changed (those to pass on). Somebody
  // else's entry in it is kNotYours.
  std::expected<std::vector<std::uint64_t>, Refusal> apply(std::string_view message,
                                                           std::uint64_t connection,
                                                           std::int64_t now_ms);
  // The connection has ended: its clients are gone. Answers whose.
  std::vector<std::uint64_t> leave(std::uint64_t connection);
  // Those who have been silent for too long are gone. Answers whose.
  std::vector<std::uint64_t> expire(std::int64_t now_ms);

  // A message that tells of these clients, the gone ones too; those never heard of are left out.
  std::string encode(const std::vector<std::uint64_t>& clients) const;
  // Of all that are here: for one who has just come.
  std::string encode_all() const;
  std::size_t size() const { return clients_.size(); }

 private:
  struct Kept {
    std::uint64_t clock = 0;
    std::uint64_t connection = 0;
    std::int64_t heard_ms = 0;
    std::string state;  // empty: gone
  };

  bool is_news(const AwarenessEntry& entry) const;
  void forget_gone();

  AwarenessLimits limits_;
  std::map<std::uint64_t, Kept> clients_;
};

}  // namespace plenary::notes
