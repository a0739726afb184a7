// What came before its causes: structs and deletions that wait. INTERNAL.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "notes/ids.hpp"
#include "notes/limits.hpp"
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
  // Keeps structs [from, section.last) until `missing` is known. What is here already is not kept
  // twice. False if it is too much; then nothing is kept.
  bool park(const Update& update, const Section& section, std::uint32_t from, const Id& missing,
            const Limits& limits);
  // Takes out a part for which `is_known(missing)`; false if there is none.
  template <typename IsKnown>
  bool take_ready(const IsKnown& is_known, Part& part) {
    for (std::size_t at = 0; at < parts_.size(); ++at) {
      if (!is_known(parts_[at].missing)) continue;
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
  bool keep(const Update& update, std::uint64_t client, std::uint32_t from, std::uint32_t to,
            const Id& missing, const Limits& limits);

  std::vector<Part> parts_;
  DeleteSet deleted_;
  std::size_t bytes_ = 0;
};

}  // namespace plenary::notes
