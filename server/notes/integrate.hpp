// One change of a document: structs put in their places, deletions, then collection and merging.
// INTERNAL. Everything that arrives here has been decoded (update.hpp) and planned (plan.hpp):
// causes are there, clocks have no holes. What is left to decide is the place among concurrent
// inserts.
//
// Source of the algorithm: YATA (Nicolaescu, Jahns, Derntl, Klamma: "Near Real-Time Peer-to-Peer
// Shared Editing on Extensible Data Types", GROUP 2016), as Yjs 13 has it in Item.integrate.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "notes/ids.hpp"
#include "notes/scan_set.hpp"
#include "notes/scratch.hpp"
#include "notes/store.hpp"
#include "notes/update.hpp"

namespace plenary::notes {

class Transaction {
 public:
  explicit Transaction(Store& store) : store_(store) {}

  // Forgets what a change has gathered, but for inserted() and deleted().
  void begin();
  void forget() {
    inserted_.clear();
    deleted_.clear();
  }
  // Puts what is behind the first `offset` units of a struct in its place. The client's next clock
  // is the struct's clock plus offset.
  void integrate(ClientIndex client, const Struct& one, std::uint32_t offset);
  // The same if it continues the last run of its client where nobody else wrote: nearly every
  // keystroke. False, and nothing done, if it doesn't.
  bool continue_run(ClientIndex client, const Struct& one);
  // Whether it would.
  bool continues_run(ClientIndex client, const Struct& one) const;
  // Deletes what of a set is known; answers the rest.
  DeleteSet remove(const DeleteSet& set);
  // Ends the change: deleted content is collected if `collect`, and what belongs together is
  // merged.
  void finish(bool collect);
  // Ends a change that was one continue_run(): nothing to collect or merge.
  void finish_keystroke() {
    inserted_.assign(named(added_.front()));
    deleted_.clear();
  }
  // Collects everything that is deleted, whenever that was.
  void collect_everything();

  // Gives back the memory of the last change, inserted() and deleted() too.
  void shrink() {
    inserted_ = DeleteSet();
    deleted_ = DeleteSet();
    passed_ = ScanSet();
    release(removed_, added_, touched_, stack_);
  }

  // Steps of the search for places: of this change, and of all since the document was made.
  std::uint64_t scanned() const { return scanned_; }
  std::uint64_t scanned_ever() const { return scanned_ever_ + scanned_; }
  // After finish: what came in and what was deleted, joined where it touches. Nothing, after begin
  // and forget: a change that was refused.
  const DeleteSet& inserted() const { return inserted_; }
  const DeleteSet& deleted() const { return deleted_; }

 private:
  // Where a struct is to stand; sequence kNone: nowhere, it becomes a collected one.
  struct Place {
    SequenceIndex sequence = kNone;
    BlockHandle left = kNone;
    BlockHandle right = kNone;
    Spot origin;
    Spot right_origin;
  };
  Place resolve(ClientIndex client, const Struct& one, std::uint32_t offset);
  SequenceIndex resolve_parent(const Struct& one);
  bool has_conflict(const Place& place) const;
  BlockHandle scan(ClientIndex client, const Place& place);
  void link(BlockHandle added, BlockHandle left);
  // The content of a struct, or of one piece of it.
  struct Content {
    std::string_view bytes;
    std::uint32_t units;
  };
  static Content first_piece(ContentKind kind, const Content& whole);
  void put(ClientIndex client, const Struct& one, const Place& place, Content content);
  void fill_content(BlockHandle added, const Struct& one, std::string_view content);
  void add_collected(ClientIndex client, std::uint32_t length);

  void remove_range(ClientIndex client, std::uint32_t from, std::uint32_t to);
  void remove_block(BlockHandle handle);
  void remove_children(TypeIndex type);
  void collect(BlockHandle handle);
  void collect_children(BlockHandle handle);
  void make_collected(BlockHandle handle);
  void collect_range(const ClockRange& range);
  void merge_range(const ClockRange& range);
  ClockRange named(ClockRange range) const {
    range.client = store_.client(static_cast<ClientIndex>(range.client)).id;
    return range;
  }
  void name_clients(std::vector<ClockRange>& ranges, DeleteSet& out) const;

  Store& store_;
  std::uint64_t scanned_ = 0;
  std::uint64_t scanned_ever_ = 0;
  // `client` of these is an index.
  std::vector<ClockRange> removed_;
  std::vector<ClockRange> added_;
  std::vector<ClockRange> touched_;  // where merging may be possible
  std::vector<BlockHandle> stack_;
  ScanSet passed_;
  DeleteSet inserted_;
  DeleteSet deleted_;
};

}  // namespace plenary::notes
