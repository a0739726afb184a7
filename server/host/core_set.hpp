// The io_contexts of the process, one per core, each run by one thread (so that nothing on it needs
// a lock). Everything that belongs to a session lives on its home; a connection lives on the core
// that accepted it.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
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
  ~CoreSet();  // stops
  CoreSet(const CoreSet&) = delete;
  CoreSet& operator=(const CoreSet&) = delete;

  std::size_t size() const { return contexts_.size(); }
  boost::asio::io_context& at(std::size_t core) { return *contexts_[core]; }
  std::size_t home_of(std::string_view session_id) const;

  // A thread each. Without it, whoever owns the set polls the contexts (tests).
  void start();
  // Lets go of what still waits, and joins the threads. Not from one of them.
  void stop();
  bool running() const { return !threads_.empty(); }
  // Runs what is ready, on this thread, until nothing is; only while no thread runs. For tests and
  // for the end, when what still waits is to be let go of while all cores exist. False: `turns`
  // were not enough.
  bool settle(std::size_t turns = 100'000);

 private:
  std::vector<std::unique_ptr<boost::asio::io_context>> contexts_;
  using Guard = boost::asio::executor_work_guard<boost::asio::io_context::executor_type>;
  std::vector<Guard> work_;  // an idle core waits
  std::vector<std::thread> threads_;
};

}  // namespace plenary::host
