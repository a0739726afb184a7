// The io_contexts of the process, one per core, each run by one thread (so that nothing on it needs a lock).
// Everything that belongs to a session lives on its home; a connection lives on the core that accepted it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <memory>
#include <string_view>
#include <thread>
#include <vector>

namespace plenary::host {

class CoreSet {
 public:
  explicit CoreSet(std::size_t cores);
  std::size_t size() const { return contexts_.size(); }
  boost::asio::io_context& at(std::size_t core) { return *contexts_[core]; }
  std::size_t home_of(std::string_view session_id) const;

  void start();  // a thread each
  void stop();   // and joins them

 private:
  std::vector<std::unique_ptr<boost::asio::io_context>> contexts_;
  std::vector<std::thread> threads_;
};

}  // namespace plenary::host
