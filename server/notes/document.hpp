// A Yjs document: takes updates, answers state vectors and diffs, keeps deleted content as long as
// it is told to.
//
//   Document minutes({.roots = {"minutes"}, .keep_deleted = true});
//   auto admission = minutes.check(bytes, kFromBrowser);
//   if (!admission) return refuse(admission.error());
//   ... append the bytes to the log ...
//   minutes.apply(bytes, kFromStore);                     // cannot fail any more
//   std::string step_2 = minutes.encode(*decode_state_vector(their_vector));
//
// Ownership: copies everything it keeps; inputs need not outlive a call. Views that walk.hpp gives
// out end with the next change.
// Threading: none of its own; one thread at a time, and that goes for const functions too.
// Failure: a Refusal is a value and means that nothing was changed.
// Source: Yjs 13.6 (MIT), for format and behaviour; README.md says how this differs inside.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "notes/ids.hpp"
#include "notes/limits.hpp"
#include "notes/refusal.hpp"

namespace plenary::notes {

class Store;

struct DocumentOptions {
  // The names of the roots. Others are kUnknownRoot; if empty, any up to Limits::max_roots.
  std::vector<std::string> roots;
  // Deleted content stays until collect_deleted(), so that earlier states can be looked at.
  bool keep_deleted = false;
  Limits limits;
};

// What an update would do.
struct Admission {
  bool changes = false;  // false: all of it is known already
  bool waits = false;    // part of it would wait for what isn't known
  // New content, client by client: to be compared with claims (claims.hpp), and for rate limits.
  // Seen until the document's next check or change.
  std::span<const ClockRange> inserts;
};

// What one update did.
struct Outcome {
  bool changed = false;  // false: all of it was known, or waits
  bool waiting = false;  // something of it waits in `pending`
  std::uint64_t inserted_units = 0;
  std::uint64_t deleted_units = 0;
};

class Document {
 public:
  explicit Document(DocumentOptions options = {});
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  // Whether apply() would take an update now, and what it would bring. Changes nothing.
  std::expected<Admission, Refusal> check(std::string_view update, const Policy& policy);
  // Takes all of an update, or nothing and says why. `now_ms` is only kept as the age of what
  // waits.
  std::expected<Outcome, Refusal> apply(std::string_view update, const Policy& policy,
                                        std::int64_t now_ms = 0);

  // What the last apply() brought: for attribution, and to tell a deletion from an insertion. With
  // units that had waited and now went in. Nothing, if it was refused.
  const DeleteSet& last_inserted() const;  // not deleted: the same kind of set
  const DeleteSet& last_deleted() const;

  StateVector state_vector() const;
  std::uint64_t next_clock(std::uint64_t client) const;
  // An update that brings whoever knows `known` up to date; of a fresh vector, the whole document.
  // Includes what waits (then with Skip structs in the gaps, as Yjs does).
  std::string encode(const StateVector& known = {}) const;
  // The same without what waits: what this document can show.
  std::string encode_settled(const StateVector& known = {}) const;
  Snapshot snapshot() const;

  // The document as it was. kUnknownClock if the snapshot knows what this doesn't; kForbidden if
  // content has been collected that the snapshot still showed.
  std::expected<Document, Refusal> at(const Snapshot& snapshot) const;
  // Gives up deleted content, as Yjs does at once.
  void collect_deleted();

  // Structs and deletions that came before their causes.
  struct Waiting {
    std::size_t bytes = 0;
    std::int64_t since_ms = 0;  // when the oldest came, if any
    std::vector<Id> missing;    // what the structs wait for
  };
  Waiting waiting() const;
  void drop_waiting();

  // A number that is equal in documents that show the same units in the same order, however they
  // came about; a browser can compute it too (README.md). Visits everything.
  std::uint64_t content_hash() const;

  struct Size {
    std::size_t blocks;
    std::size_t clients;
    std::size_t content_bytes;  // texts and values, kept deleted ones included
    std::size_t memory_bytes;   // of the heap, about
  };
  Size size() const;
  // Gives back spare room, after loading or before a long rest.
  void shrink_to_fit();

  // For the rest of this library (walk.hpp and the renderers).
  const Store& store() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace plenary::notes
