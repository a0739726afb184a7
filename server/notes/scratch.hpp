// Memory that is used again and again without growing for good. INTERNAL.
#pragma once

#include <cstddef>
#include <vector>

namespace plenary::notes {

// Empties a vector; its memory is kept for the next keystroke, but not that of a whole document.
template <typename Item>
void discard(std::vector<Item>& items) {
  constexpr std::size_t kKeptBytes = 16 << 10;
  if (items.capacity() * sizeof(Item) > kKeptBytes) {
    std::vector<Item>().swap(items);
  } else {
    items.clear();
  }
}

// Empties containers and gives their memory back.
template <typename... Containers>
void release(Containers&... containers) {
  (Containers().swap(containers), ...);
}

}  // namespace plenary::notes
