// Names of single units of a document, state vectors and sets of deleted units: the value types
// that every part of this library and its users share.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "notes/bytes.hpp"
#include "notes/limits.hpp"
#include "notes/refusal.hpp"
#include "notes/scratch.hpp"

namespace plenary::notes {

// One unit (a UTF-16 unit of text, or one value, node or mark) that `client` made as its clock-th.
struct Id {
  std::uint64_t client = 0;
  std::uint64_t clock = 0;
  bool operator==(const Id&) const = default;
};

// Units [clock, clock + length) of a client.
struct ClockRange {
  std::uint64_t client = 0;
  std::uint64_t clock = 0;
  std::uint64_t length = 0;
  std::uint64_t end() const { return clock + length; }
  bool operator==(const ClockRange&) const = default;
};

// What is known: for every client the next clock. Highest client first, no client twice.
class StateVector {
 public:
  struct Entry {
    std::uint64_t client;
    std::uint64_t next_clock;
    bool operator==(const Entry&) const = default;
  };

  // The next clock of a client; 0 if it isn't in.
  std::uint64_t next_clock(std::uint64_t client) const;
  void set(std::uint64_t client, std::uint64_t next_clock);
  const std::vector<Entry>& entries() const { return entries_; }
  // Adds one below all that are in already; for those who build it in order.
  void append(std::uint64_t client, std::uint64_t next_clock);

  bool operator==(const StateVector&) const = default;

 private:
  std::vector<Entry> entries_;
};

// A set of deleted units, as ranges: highest client first, within a client by clock, joined where
// they touch.
class DeleteSet {
 public:
  void add(const ClockRange& range) { ranges_.push_back(range); }  // normalize() when done
  void normalize();
  void clear() { discard(ranges_); }
  void assign(const ClockRange& range) { ranges_.assign(1, range); }
  bool empty() const { return ranges_.empty(); }
  bool contains(const Id& id) const { return contains_all({id.client, id.clock, 1}); }
  bool contains_all(const ClockRange& range) const;
  const std::vector<ClockRange>& ranges() const { return ranges_; }
  std::uint64_t units() const;

  bool operator==(const DeleteSet&) const = default;

 private:
  std::vector<ClockRange> ranges_;
};

// A state that a document had: what was known, and what of it was deleted.
struct Snapshot {
  DeleteSet deleted;
  StateVector known;
  bool operator==(const Snapshot&) const = default;
};

// Yjs's encodings, version 1. The decoders refuse what is malformed or goes on behind its end,
// clocks above kMaxClock, and a client that comes twice in a state vector.
void encode(const StateVector& vector, std::string& out);
void encode(const DeleteSet& set, std::string& out);
void encode(const Snapshot& snapshot, std::string& out);
std::expected<StateVector, Refusal> decode_state_vector(std::string_view bytes);
std::expected<DeleteSet, Refusal> decode_delete_set(std::string_view bytes);
std::expected<Snapshot, Refusal> decode_snapshot(std::string_view bytes);

// The same from the middle of something; failures are the reader's. Ranges of no length are
// dropped.
void read_delete_set(Reader& in, std::size_t max_ranges, DeleteSet& set);
void read_state_vector(Reader& in, StateVector& vector);

}  // namespace plenary::notes
