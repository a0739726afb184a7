// Memory for one pending operation of a connection, inside the connection: its handlers, made anew
// for every read or wait, cost no allocation. A second operation at the same time, or a bigger one,
// takes the heap.
// Threading: its connection's io_context.
#pragma once

#include <cstddef>
#include <new>

namespace plenary::gateway {

template <std::size_t kBytes>
class HandlerMemory {
 public:
  HandlerMemory() = default;
  HandlerMemory(const HandlerMemory&) = delete;
  HandlerMemory& operator=(const HandlerMemory&) = delete;

  void* allocate(std::size_t bytes) {
    if (!used_ && bytes <= kBytes) {
      used_ = true;
      return storage_;
    }
    return ::operator new(bytes);
  }
  void deallocate(void* memory) {
    if (memory == storage_) {
      used_ = false;
    } else {
      ::operator delete(memory);
    }
  }

 private:
  alignas(std::max_align_t) std::byte storage_[kBytes];
  bool used_ = false;
};

template <typename T, std::size_t kBytes>
class HandlerAllocator {
 public:
  using value_type = T;
  template <typename U>
  struct rebind {
    using other = HandlerAllocator<U, kBytes>;
  };
  explicit HandlerAllocator(HandlerMemory<kBytes>& memory) : memory_(&memory) {}
  template <typename U>
  HandlerAllocator(const HandlerAllocator<U, kBytes>& other) : memory_(other.memory_) {}

  T* allocate(std::size_t count) { return static_cast<T*>(memory_->allocate(count * sizeof(T))); }
  void deallocate(T* memory, std::size_t) { memory_->deallocate(memory); }
  template <typename U>
  bool operator==(const HandlerAllocator<U, kBytes>& other) const {
    return memory_ == other.memory_;
  }

 private:
  template <typename U, std::size_t>
  friend class HandlerAllocator;
  HandlerMemory<kBytes>* memory_;
};

// A handler whose operation takes its memory from `memory`.
template <std::size_t kBytes>
auto allocator_of(HandlerMemory<kBytes>& memory) {
  return HandlerAllocator<std::byte, kBytes>(memory);
}

}  // namespace plenary::gateway
