#include "host/core_set.hpp"

#include <cassert>
#include <cstdint>

namespace plenary::host {

CoreSet::CoreSet(std::size_t cores) {
  assert(cores > 0);
  for (std::size_t core = 0; core < cores; ++core) {
    contexts_.push_back(std::make_unique<boost::asio::io_context>(1));
    work_.emplace_back(boost::asio::make_work_guard(*contexts_.back()));
  }
}

CoreSet::~CoreSet() {
  stop();
}

// FNV-1a: the same on every instance and in every build, which std::hash does not promise.
std::size_t CoreSet::home_of(std::string_view session_id) const {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char byte : session_id) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  }
  return static_cast<std::size_t>(hash % contexts_.size());
}

void CoreSet::start() {
  assert(threads_.empty());
  for (auto& context : contexts_) {
    threads_.emplace_back([&context] { context->run(); });
  }
}

void CoreSet::stop() {
  for (auto& context : contexts_)
    context->stop();
  for (std::thread& thread : threads_)
    thread.join();
  threads_.clear();
}

bool CoreSet::settle(std::size_t turns) {
  assert(threads_.empty());
  for (auto& context : contexts_) {
    if (context->stopped()) context->restart();
  }
  for (std::size_t turn = 0; turn < turns; ++turn) {
    std::size_t ran = 0;
    for (auto& context : contexts_)
      ran += context->poll();
    if (ran == 0) return true;
  }
  return false;
}

}  // namespace plenary::host
