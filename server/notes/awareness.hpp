// Who is here and where their cursors are: y-protocols' awareness, kept by the server.
//
// Of two entries of a client the higher clock counts; with the same clock, one that says "gone"
// (null). An entry stands for a tab, and two things are known of it: the *person* whose it is, and
// the *connection* by which it is here.
//
// - The person is who used the id first, as in claims.hpp, and stays it for a while when the tab is
//   gone (AwarenessLimits::gone_kept_ms); of a client that ever wrote, for good, if the claims are
//   given. News of it from anybody else is kNotYours. What is no news is passed over, whoever tells
//   it: stock providers repeat what they hear.
// - The connection is the last by which its person told of it. A tab that lost its connection comes
//   back by another, mostly before the server knows that the old one has ended: its entry goes
//   over, and when the old one is left, nothing happens to it.
//
// A client cannot say by itself who it is: `person` is the key of whoever signed in, as everywhere.
// Threading: one thread at a time. Failure: a refused message changes nothing that is here.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "notes/claims.hpp"
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
  struct Source {
    std::uint64_t connection;
    std::string_view person;
  };
  struct Heard {
    std::vector<std::uint64_t> changed;  // to be passed on to everybody else
    // Gone here, with a clock that what was said isn't above: encode(behind) is to be sent back.
    // The client goes on with a higher clock, as y-protocols' does when it hears that it is gone.
    std::vector<std::uint64_t> behind;
  };

  // The claims must outlive this.
  explicit Awareness(AwarenessLimits limits = {}, const Claims* claims = nullptr)
      : limits_(limits), claims_(claims) {}

  std::expected<Heard, Refusal> apply(std::string_view message, const Source& from,
                                      std::int64_t now_ms);
  // The connection has ended: its clients are gone. Answers whose.
  std::vector<std::uint64_t> leave(std::uint64_t connection);
  // Those who have been silent for too long are gone. Answers whose. Ask now and then: the gone
  // are forgotten here, too.
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
    std::string person;
    std::string state;  // empty: gone
    bool is_here() const { return !state.empty(); }
  };

  bool is_news(const AwarenessEntry& entry) const;
  bool is_of_another(const AwarenessEntry& entry, std::string_view person) const;
  std::expected<void, Refusal> make_room(const std::vector<AwarenessEntry>& entries,
                                         std::string_view person);
  std::expected<void, Refusal> check(const std::vector<AwarenessEntry>& entries,
                                     const Source& from) const;
  void take(const AwarenessEntry& entry, const Source& from, std::int64_t now_ms);
  void give(Kept& kept, std::string_view person);
  void move(Kept& kept, std::uint64_t connection);
  void set_gone(Kept& kept);
  void leave_connection(std::uint64_t connection);
  // Forgets the gone ones for which that holds.
  template <typename Condition>
  void forget(const Condition& condition);

  AwarenessLimits limits_;
  const Claims* claims_;
  std::map<std::uint64_t, Kept> clients_;
  std::map<std::uint64_t, std::size_t> here_by_connection_;
  std::map<std::string, std::size_t, std::less<>> kept_of_person_;
};

}  // namespace plenary::notes
