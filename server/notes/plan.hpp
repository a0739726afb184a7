// Decides, without touching the document, in which order the structs of an update go in, which have
// to wait, and whether all of it may be taken. INTERNAL.
//
// A struct needs its origin, right origin and parent, and its client's clocks before it. Sections
// are gone through until they are blocked; one that is blocked by another section of the same
// update goes on when that has come far enough. What is still blocked in the end waits for others.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "notes/limits.hpp"
#include "notes/refusal.hpp"
#include "notes/scratch.hpp"
#include "notes/store.hpp"
#include "notes/update.hpp"

namespace plenary::notes {

// Structs [from, to) of an update, all of one section.
struct PlannedRun {
  std::uint32_t section;
  std::uint32_t from;
  std::uint32_t to;
};

// The rest of a section, from struct `from` on, until `missing` is known. Of that struct the units
// before clock `known` are known already.
struct Parked {
  std::uint32_t section;
  std::uint32_t from;
  std::uint32_t known;
  Id missing;
};

// Names of lists from here on are of lists that an update makes; below are the store's own.
inline constexpr std::uint32_t kPlannedLists = 0x8000'0000;

class Planner {
 public:
  Planner(const Store& store, const Limits& limits, bool roots_are_listed)
      : store_(store), limits_(limits), roots_are_listed_(roots_are_listed) {}

  // After success: `runs` in order, and `parked` (always empty if the policy doesn't let wait).
  std::expected<void, Refusal> plan(const Update& update, const Policy& policy);

  const std::vector<PlannedRun>& runs() const { return runs_; }
  const std::vector<Parked>& parked() const { return parked_; }
  void shrink() {
    release(progress_, runs_, ready_, parked_, new_roots_, places_, keyed_, new_names_);
  }
  // Steps that putting the planned structs in their places may take at the most; no matter how many
  // above `enough`.
  std::uint64_t most_scanned(std::uint64_t enough) const;
  // What will be known of a client when the runs are in.
  std::uint64_t next_clock(std::uint64_t client) const;

 private:
  struct Progress {
    std::uint32_t at = 0;    // the next struct
    std::uint32_t next = 0;  // the next clock of the client
    Id missing;              // what blocks it
    bool blocked = false;
    std::uint32_t first_waiter = kNone;  // sections that are blocked by this one
    std::uint32_t next_waiter = kNone;
  };

  void go_on(std::uint32_t section);
  void wake(std::uint32_t section);
  void wait_for(std::uint32_t section, std::uint32_t waiter);
  bool is_missing(std::uint32_t section, const Struct& one, Id& missing) const;
  bool is_unknown(const Id& id) const;
  std::uint32_t section_of(std::uint64_t client) const;

  // Where a struct is to stand. `list` names a sequence: an index of the store's, or one that the
  // update makes (children of a planned type, or one of `keyed_`); kNone: nowhere, it becomes a
  // collected one. `gone`: it would if deleted content weren't kept.
  struct Place {
    std::uint32_t list = kNone;
    std::uint16_t depth = 0;
    bool gone = true;
    bool mapped = false;  // under a key
  };
  // A list that the update makes under a key, or as the children of a new root.
  struct NewList {
    std::uint64_t owner;  // the parent: a type of the store, a struct of the update, a new root
    std::string_view key;
    bool has_key;
    bool operator==(const NewList&) const = default;
  };
  struct HashOf {
    std::size_t operator()(const NewList& list) const {
      return std::hash<std::string_view>()(list.key) ^ list.owner * 0x9E37'79B9'7F4A'7C15U;
    }
  };

  // What an update would add to the document, at the most.
  struct Growth {
    std::size_t structs = 0;
    std::size_t blocks = 0;
    std::size_t content_bytes = 0;
  };
  std::expected<void, Refusal> check_growth(const Growth& growth, const Policy& policy) const;
  std::expected<void, Refusal> check_structs(const Policy& policy, Growth& growth);
  std::expected<void, Refusal> check_struct(const Section& section, const Struct& one,
                                            std::uint32_t index, const Policy& policy);
  std::expected<void, Refusal> check_deletes(const Policy& policy, Growth& growth) const;
  static std::size_t most_blocks(const Struct& one);
  bool would_cut(std::uint64_t client, std::uint64_t clock) const;
  void note_name(std::string_view name) {
    if (!store_.has_name(name)) new_names_.insert(name);
  }
  std::uint64_t between(const Section& section, const Struct& one, std::uint64_t enough) const;
  std::expected<Place, Refusal> place_of(const Section& section, const Struct& one);
  std::expected<Place, Refusal> place_in_root(const Section& section, const Struct& one);
  std::expected<Place, Refusal> place_in_item(const Section& section, const Struct& one);
  Place place_in_list(SequenceIndex list) const;
  Place place_in_type(TypeIndex type, const Struct& one);
  Place place_in_new(const NewList& list, const Place& parent);
  Place place_at(const Id& id) const;
  const Struct* planned(const Id& id, std::uint32_t& index) const;

  const Store& store_;
  const Limits& limits_;
  bool roots_are_listed_;
  const Update* update_ = nullptr;
  std::vector<Progress> progress_;
  std::vector<std::uint32_t> ready_;
  std::vector<PlannedRun> runs_;
  std::vector<Parked> parked_;
  std::vector<Place> places_;  // of each struct that goes in
  std::unordered_map<NewList, std::uint32_t, HashOf> keyed_;
  std::vector<std::string_view> new_roots_;
  std::unordered_set<std::string_view> new_names_;
  std::size_t new_types_ = 0;  // types and sequences
};

}  // namespace plenary::notes
