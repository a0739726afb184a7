#include "notes/text_arena.hpp"

#include <algorithm>
#include <cstdlib>

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
    const std::uint32_t count = (size + kChunkBytes - 1) >> kChunkBits;
    free_ = static_cast<std::uint32_t>(chunks_.size()) << kChunkBits;
    free_end_ = free_ + (count << kChunkBits);
    add_chunks(count);
  }
  // The first owner takes what it needs and can be widened; one that comes between others gets a
  // little more, so that two who type at the same time don't take turns in moving.
  const bool between = region.end != 0;
  const std::uint32_t wanted = between ? std::max(size, kRegionBytes) : size;
  const std::uint32_t given = std::min(wanted, free_end_ - free_);
  region = {free_, free_ + given};
  free_ += given;
}

char* TextArena::add_chunks(std::uint32_t count) {
  // One chunk less than 32 bits address, so that an end is below 2^32 too.
  constexpr std::size_t kMostChunks = (std::size_t{1} << (32 - kChunkBits)) - 1;
  if (chunks_.size() + count > kMostChunks) std::abort();
  const std::uint32_t bytes = count << kChunkBits;
  char* const start =
      owned_.emplace_back(std::make_unique_for_overwrite<char[]>(bytes), count).bytes.get();
  for (std::uint32_t at = 0; at < bytes; at += kChunkBytes)
    chunks_.push_back(start + at);
  reserved_ += bytes;
  return start;
}

TextArena TextArena::clone() const {
  TextArena copy;
  for (const Owned& owned : owned_) {
    std::memcpy(copy.add_chunks(owned.chunks), owned.bytes.get(),
                std::size_t{owned.chunks} << kChunkBits);
  }
  copy.free_ = free_;
  copy.free_end_ = free_end_;
  copy.used_ = used_;
  copy.dropped_ = dropped_;
  return copy;
}

}  // namespace plenary::notes
