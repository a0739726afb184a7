#include "adapters/sqlite/group_commit.hpp"

#include <pthread.h>

#include <algorithm>
#include <utility>

#include "adapters/sqlite/limits.hpp"

namespace plenary::adapters {

GroupCommit::GroupCommit(std::unique_ptr<Store> store)
    : store_(std::move(store)), thread_([this] { work(); }) {
  pthread_setname_np(thread_.native_handle(), "plenary-log");
}

GroupCommit::~GroupCommit() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  work_to_do_.notify_one();
  thread_.join();
}

void GroupCommit::submit(std::unique_ptr<Job> job) {
  std::unique_lock lock(mutex_);
  const bool full =
      waiting_.size() >= kMaxWaitingOperations || waiting_bytes_ + job->bytes() > kMaxWaitingBytes;
  if (full) {
    lock.unlock();
    const std::string reason = "too much waits for the disk";
    job->finish(&reason);
    return;
  }
  waiting_bytes_ += job->bytes();
  waiting_.push_back(std::move(job));
  const bool was_empty = waiting_.size() == 1;
  lock.unlock();
  if (was_empty) work_to_do_.notify_one();
}

void GroupCommit::work() {
  Jobs jobs;
  while (take(jobs)) {
    run_reads(jobs);
    run_writes(std::exchange(jobs, {}));
    checkpoint_if_long();
  }
}

// False at the end: nothing waits, and nothing more will.
bool GroupCommit::take(Jobs& jobs) {
  std::unique_lock lock(mutex_);
  if (again_.empty()) wait_quiet(lock);
  jobs = std::exchange(waiting_, {});
  waiting_bytes_ = 0;
  lock.unlock();
  std::ranges::move(again_, std::back_inserter(jobs));
  again_.clear();
  return !jobs.empty();
}

// Waits for work. When none comes for a while, what is in the WAL goes into the database, so that
// nobody waits for that later.
void GroupCommit::wait_quiet(std::unique_lock<std::mutex>& lock) {
  const auto has_work = [this] { return !waiting_.empty() || ending_; };
  if (store_->pages_to_checkpoint() > 0 &&
      !work_to_do_.wait_for(lock, kQuietBeforeCheckpoint, has_work)) {
    lock.unlock();
    // A full disk leaves the pages in the WAL, where they are just as safe.
    (void)store_->checkpoint();
    lock.lock();
  }
  work_to_do_.wait(lock, has_work);
}

void GroupCommit::checkpoint_if_long() {
  if (store_->pages_to_checkpoint() >= kCheckpointAtPages) (void)store_->checkpoint();
}

void GroupCommit::run_reads(Jobs& jobs) {
  for (auto& job : jobs) {
    if (job->writes()) continue;
    const auto step = job->run(*store_);
    job->finish(step ? nullptr : &step.error().text);
    job.reset();
  }
  std::erase(jobs, nullptr);
}

SqliteResult<void> GroupCommit::run_transaction(Jobs& jobs, std::vector<Job::Step>& steps) {
  steps.clear();
  auto done = store_->begin();
  for (auto job = jobs.begin(); done && job != jobs.end(); ++job) {
    const auto step = (*job)->run(*store_);
    if (step) {
      steps.push_back(*step);
    } else {
      done = std::unexpected(step.error());
    }
  }
  if (done) done = store_->commit();
  if (!done) store_->rollback();
  return done;
}

void GroupCommit::run_writes(Jobs jobs) {
  if (jobs.empty()) return;
  std::vector<Job::Step> steps;
  auto done = run_transaction(jobs, steps);
  if (done) return settle(jobs, steps);
  // The WAL may be what fills the disk: carried into the database, it can be written from its start
  // again.
  if (done.error().disk_full) (void)store_->checkpoint();
  for (auto& job : jobs) {
    Jobs alone;
    alone.push_back(std::move(job));
    done = run_transaction(alone, steps);
    if (done) {
      settle(alone, steps);
    } else {
      alone.front()->finish(&done.error().text);
    }
  }
}

// The transaction is durable: now, and not before, its jobs may be heard of (H1).
void GroupCommit::settle(Jobs& jobs, const std::vector<Job::Step>& steps) {
  const bool erase =
      std::ranges::any_of(jobs, [](const auto& job) { return job->erases_traces(); });
  std::string failure;
  for (std::size_t index = 0; index < jobs.size(); ++index) {
    auto& job = jobs[index];
    if (steps[index] == Job::Step::again) {
      again_.push_back(std::move(job));
    } else if (!job->erases_traces()) {
      job->finish(nullptr);
      job.reset();
    }
  }
  if (!erase) return;
  const auto erased = store_->erase_traces();
  if (!erased) failure = erased.error().text;
  for (auto& job : jobs) {
    if (job) job->finish(erased ? nullptr : &failure);
  }
}

}  // namespace plenary::adapters
