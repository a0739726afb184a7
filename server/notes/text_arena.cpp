#include "notes/text_arena.hpp"

#include <algorithm>

namespace plenary::notes {

bool TextArena::widen(Region& region, std::uint32_t size) {
  const std::uint32_t more = size - (region.end - region.filled);
  if (region.end != free_ || free_end_ - free_ < more) return false;
  free_ += more;
  region.end += more;
  return true;
}

void TextArena::make_room(Region& region, std::uint32_t size) {
  if (region.end != 0 && widen(region, size)) return;
  if (free_end_ - free_ < size) {
    const std::uint32_t pieces = (size + kChunkBytes - 1) >> kChunkBits;
    const std::uint32_t bytes = pieces << kChunkBits;
    free_ = static_cast<std::uint32_t>(chunks_.size()) << kChunkBits;
    free_end_ = free_ + bytes;
    owned_.push_back(std::make_unique_for_overwrite<char[]>(bytes));
    for (std::uint32_t at = 0; at < bytes; at += kChunkBytes) {
      chunks_.push_back(owned_.back().get() + at);
    }
    reserved_ += bytes;
  }
  // The first owner takes what it needs and can be widened; one that comes between others gets a
  // little more, so that two who type at the same time don't take turns in moving.
  const bool between = region.end != 0;
  const std::uint32_t wanted = between ? std::max(size, kRegionBytes) : size;
  const std::uint32_t given = std::min(wanted, free_end_ - free_);
  region = {free_, free_ + given};
  free_ += given;
}

}  // namespace plenary::notes
