// The log's thread: takes all that waits, does what only reads, then does what writes in one
// transaction and thus with one fsync, and only then lets anybody know (L10).
//
// Why a thread of its own: an fsync blocks for milliseconds, and no io_context may stand still
// meanwhile. Why reads too: the file is open exclusively, in one connection, which one thread uses.
//
// Ownership: owns the store. Its destructor finishes what waits.
// Threading: submit() from any thread. Job::run() on the log's thread; Job::finish() on the log's
//            thread too, or at once on the submitting one if the queue is full: it must only post.
// Errors:    a transaction that fails is undone and its jobs are tried again each by itself, so
//            that one that does not fit fails alone; finish() is told the reason.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "adapters/sqlite/store.hpp"

namespace plenary::adapters {

class Job {
 public:
  enum class Step : std::uint8_t {
    done,
    again,  // done so far; to be run again in another transaction
  };

  Job(bool writes, std::size_t bytes) : writes_(writes), bytes_(bytes) {}
  virtual ~Job() = default;
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  // May be called again after a failure, and must then do the same.
  virtual SqliteResult<Step> run(Store& store) = 0;
  // Exactly once. `failure` is null, or why there is no result.
  virtual void finish(const std::string* failure) = 0;
  // Whether what it deleted must leave the files before finish().
  virtual bool erases_traces() const { return false; }

  bool writes() const { return writes_; }
  std::size_t bytes() const { return bytes_; }

 private:
  bool writes_;
  std::size_t bytes_;
};

class GroupCommit {
 public:
  explicit GroupCommit(std::unique_ptr<Store> store);
  ~GroupCommit();

  void submit(std::unique_ptr<Job> job);

 private:
  using Jobs = std::deque<std::unique_ptr<Job>>;

  void work();
  bool take(Jobs& jobs);
  void wait_quiet(std::unique_lock<std::mutex>& lock);
  void run_reads(Jobs& jobs);
  void run_writes(Jobs jobs);
  SqliteResult<void> run_transaction(Jobs& jobs, std::vector<Job::Step>& steps);
  void settle(Jobs& jobs, const std::vector<Job::Step>& steps);
  void checkpoint_if_long();

  std::unique_ptr<Store> store_;
  std::mutex mutex_;
  std::condition_variable work_to_do_;
  Jobs waiting_;
  std::size_t waiting_bytes_ = 0;
  bool ending_ = false;
  Jobs again_;  // of the log's thread: to be run again, after what came meanwhile
  std::thread thread_;
};

}  // namespace plenary::adapters
