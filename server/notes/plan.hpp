// Decides, without touching the document, in which order the structs of an update go in, which have
// to wait, and whether all of it may be taken. INTERNAL.
//
// A struct needs its origin, right origin and parent, and its client's clocks before it. Sections
// are gone through until they are blocked; one that is blocked by another section of the same
// update goes on when that has come far enough. What is still blocked in the end waits for others.
#pragma once

#include <cstdint>
#include <expected>
#include <vector>

#include "notes/limits.hpp"
#include "notes/refusal.hpp"
#include "notes/store.hpp"
#include "notes/update.hpp"

namespace plenary::notes {

// Structs [from, to) of an update, all of one section.
struct PlannedRun {
  std::uint32_t section;
  std::uint32_t from;
  std::uint32_t to;
};

// The rest of a section, from struct `from` on, until `missing` is known.
struct Parked {
  std::uint32_t section;
  std::uint32_t from;
  Id missing;
};

class Planner {
 public:
  Planner(const Store& store, const Limits& limits, bool roots_are_listed)
      : store_(store), limits_(limits), roots_are_listed_(roots_are_listed) {}

  // After success: `runs` in order, and `parked` (always empty if the policy doesn't let wait).
  std::expected<void, Refusal> plan(const Update& update, const Policy& policy);

  const std::vector<PlannedRun>& runs() const { return runs_; }
  const std::vector<Parked>& parked() const { return parked_; }
  void shrink() {
    progress_ = std::vector<Progress>();
    runs_ = std::vector<PlannedRun>();
    depths_ = std::vector<std::uint16_t>();
  }
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

  std::expected<void, Refusal> check_growth() const;
  std::expected<void, Refusal> check_structs();
  std::expected<void, Refusal> check_struct(const Section& section, const Struct& one,
                                            std::uint32_t index);
  std::expected<void, Refusal> check_deletes(const Policy& policy) const;
  std::expected<std::uint16_t, Refusal> depth_of(const Section& section, const Struct& one) const;
  std::uint16_t depth_at(const Id& id) const;
  const Struct* planned(const Id& id, std::uint32_t& index) const;

  const Store& store_;
  const Limits& limits_;
  bool roots_are_listed_;
  const Update* update_ = nullptr;
  std::vector<Progress> progress_;
  std::vector<std::uint32_t> ready_;
  std::vector<PlannedRun> runs_;
  std::vector<Parked> parked_;
  std::vector<std::uint16_t> depths_;  // of the place of each struct, if the update has types
};

}  // namespace plenary::notes
