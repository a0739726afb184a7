// What came before its causes: structs and deletions that wait. INTERNAL.
//
// Of one unit it holds one struct at most, as Yjs's merged updates do: of two that overlap (their
// sender has lied about clocks) the one that begins later loses its beginning. So what waits can be
// written as one update, which a fresh document keeps in the same way.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "notes/ids.hpp"
#include "notes/limits.hpp"
#include "notes/plan.hpp"
#include "notes/update.hpp"

namespace plenary::notes {

class Pending {
 public:
  // Part of the rest of a section, without a gap, as an update of its own (one section, nothing
  // deleted).
  struct Part {
    std::uint64_t client = 0;
    std::uint32_t clock = 0;
    std::uint32_t end_clock = 0;
    Id missing;
    std::string bytes;
  };

  bool empty() const { return parts_.empty() && deleted_.empty(); }
  // Keeps the rest of a section until what it misses is known. False if it is too much.
  bool park(const Update& update, const Parked& rest, const Limits& limits);
  // Keeps what of these deletions is not known yet. False if it is too much.
  bool park(const DeleteSet& deleted, const Limits& limits);
  // Takes out a part for which `is_ready(part)`; false if there is none.
  template <typename IsReady>
  bool take_ready(const IsReady& is_ready, Part& part) {
    for (std::size_t at = 0; at < parts_.size(); ++at) {
      if (!is_ready(parts_[at])) continue;
      part = std::move(parts_[at]);
      bytes_ -= part.bytes.size();
      parts_.erase(parts_.begin() + static_cast<std::ptrdiff_t>(at));
      return true;
    }
    return false;
  }
  const std::vector<Part>& parts() const { return parts_; }
  DeleteSet& deleted() { return deleted_; }
  const DeleteSet& deleted() const { return deleted_; }
  std::size_t bytes() const { return bytes_ + 16 * deleted_.ranges().size(); }
  void clear() { *this = {}; }

 private:
  bool keep(Part part, std::span<const Struct> structs, const Limits& limits);

  std::vector<Part> parts_;
  DeleteSet deleted_;
  std::size_t bytes_ = 0;
};

}  // namespace plenary::notes
