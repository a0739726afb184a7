// The adapters that the contract is run on. Each opens a log, opens it anew, and gives a second
// access to the same truth where there can be one.
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "adapters/memory/memory_log.hpp"
#include "adapters/sqlite/sqlite_log.hpp"
#include "contract/sync_log.hpp"

namespace plenary::contract {

class MemoryUnderTest {
 public:
  ports::EventLog& log() { return *log_; }
  void reopen() { log_ = std::make_unique<adapters::MemoryLog>(store_); }
  std::unique_ptr<ports::EventLog> another() {
    return std::make_unique<adapters::MemoryLog>(store_);
  }

 private:
  std::shared_ptr<adapters::MemoryStore> store_ = adapters::make_memory_store();
  std::unique_ptr<ports::EventLog> log_ = std::make_unique<adapters::MemoryLog>(store_);
};

class SqliteUnderTest {
 public:
  SqliteUnderTest() { open(); }
  ports::EventLog& log() { return *log_; }
  void reopen() {
    log_.reset();
    open();
  }
  std::unique_ptr<ports::EventLog> another() { return nullptr; }

 private:
  void open() {
    auto opened = adapters::SqliteLog::open(folder_ / "plenary.db");
    if (!opened) {
      ADD_FAILURE() << opened.error();
      std::abort();
    }
    log_ = std::move(*opened);
  }
  TemporaryFolder folder_;
  std::unique_ptr<ports::EventLog> log_;
};

using Adapters = ::testing::Types<MemoryUnderTest, SqliteUnderTest>;

// What the suites that run on each of them start from.
template <typename Adapter>
class OnAdapter : public ::testing::Test {
 protected:
  Adapter adapter_;
  SyncLog log() { return SyncLog(adapter_.log()); }
};

}  // namespace plenary::contract
