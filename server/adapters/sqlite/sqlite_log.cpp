#include "adapters/sqlite/sqlite_log.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cassert>
#include <utility>

#include "adapters/sqlite/checksum.hpp"
#include "adapters/sqlite/group_commit.hpp"
#include "adapters/sqlite/limits.hpp"
#include "adapters/sqlite/store.hpp"
#include "ports/stream_name.hpp"

namespace plenary::adapters {

namespace asio = boost::asio;
namespace v1 = plenary::v1;
using ports::Position;
using ports::ReadOutcome;
using ports::Unavailable;

namespace {

template <typename T>
using Outcome = std::expected<T, std::string>;

// A job made of a function that does it, and a handler that waits for what it gives.
template <typename T, typename Action, typename Handler>
class ActionJob final : public Job {
 public:
  ActionJob(bool writes, std::size_t bytes, Action action, Handler handler)
      : Job(writes, bytes),
        action_(std::move(action)),
        handler_(std::move(handler)),
        work_(asio::get_associated_executor(handler_)) {}

  SqliteResult<Step> run(Store& store) override {
    SqliteResult<T> result = action_(store);
    if (!result) return std::unexpected(std::move(result).error());
    result_ = std::move(*result);
    if constexpr (std::is_same_v<T, Store::Removal>) {
      was_there_ = was_there_ || result_.was_there;
      result_.was_there = was_there_;
      return result_.rest ? Step::again : Step::done;
    }
    return Step::done;
  }

  void finish(const std::string* failure) override {
    Outcome<T> outcome =
        failure == nullptr ? Outcome<T>(std::move(result_)) : Outcome<T>(std::unexpected(*failure));
    const auto executor = work_.get_executor();
    asio::post(executor, [handler = std::move(handler_), outcome = std::move(outcome)]() mutable {
      std::move(handler)(std::move(outcome));
    });
    work_.reset();
  }

  bool erases_traces() const override {
    if constexpr (std::is_same_v<T, Store::Removal>) return was_there_ && !result_.rest;
    return false;
  }

 private:
  Action action_;
  Handler handler_;
  asio::executor_work_guard<asio::associated_executor_t<Handler>> work_;
  T result_{};
  bool was_there_ = false;
};

std::vector<StoredRecord> serialise(const std::vector<v1::Record>& records) {
  std::vector<StoredRecord> stored;
  stored.reserve(records.size());
  for (const v1::Record& record : records) {
    std::string bytes = record.SerializeAsString();
    const std::uint32_t sum = checksum(bytes);
    stored.push_back({record.seq(), sum, std::move(bytes)});
  }
  return stored;
}

// Nothing where a record is not what was written, or not the one after the one before.
std::optional<std::vector<v1::Record>> parse(const std::vector<StoredRecord>& stored,
                                             std::uint64_t after_seq) {
  std::vector<v1::Record> records;
  records.reserve(stored.size());
  for (const StoredRecord& row : stored) {
    v1::Record& record = records.emplace_back();
    const bool whole = row.checksum == checksum(row.bytes) && record.ParseFromString(row.bytes) &&
                       record.seq() == row.seq && row.seq == ++after_seq;
    const bool chained =
        records.size() < 2 || record.previous_id() == records[records.size() - 2].id();
    if (!whole || !chained) return std::nullopt;
  }
  return records;
}

Unavailable damaged(const std::string& stream) {
  return {"a record of " + stream + " is damaged in the store"};
}

template <typename T>
ReadOutcome<T> to_outcome(Outcome<T> result) {
  if (!result) return Unavailable{std::move(result).error()};
  return std::move(*result);
}

}  // namespace

class SqliteLog::Implementation {
 public:
  explicit Implementation(std::unique_ptr<Store> store) : commits_(std::move(store)) {}

  // Does `action` on the log's thread; completes on the awaiting executor.
  template <typename T, typename Action>
  asio::awaitable<Outcome<T>> call(bool writes, std::size_t bytes, Action action) {
    auto initiate = [this, writes, bytes](auto handler, Action wanted) {
      using Made = ActionJob<T, Action, decltype(handler)>;
      commits_.submit(std::make_unique<Made>(writes, bytes, std::move(wanted), std::move(handler)));
    };
    return asio::async_initiate<const asio::use_awaitable_t<>, void(Outcome<T>)>(
        std::move(initiate), asio::use_awaitable, std::move(action));
  }
  template <typename T, typename Action>
  asio::awaitable<Outcome<T>> reading(Action action) {
    return call<T>(false, 0, std::move(action));
  }
  template <typename T, typename Action>
  asio::awaitable<Outcome<T>> writing(std::size_t bytes, Action action) {
    return call<T>(true, bytes, std::move(action));
  }

  void resume_removals(std::vector<std::string> sessions);

 private:
  GroupCommit commits_;
};

namespace {

// A removal that a crash interrupted; nobody waits for it.
class ResumedRemoval final : public Job {
 public:
  explicit ResumedRemoval(std::string session) : Job(true, 0), session_(std::move(session)) {}
  SqliteResult<Step> run(Store& store) override {
    const auto removal = store.remove(session_);
    if (!removal) return std::unexpected(removal.error());
    rest_ = removal->rest;
    return rest_ ? Step::again : Step::done;
  }
  void finish(const std::string*) override {}  // a failure leaves it to the next start
  bool erases_traces() const override { return !rest_; }

 private:
  std::string session_;
  bool rest_ = true;
};

}  // namespace

void SqliteLog::Implementation::resume_removals(std::vector<std::string> sessions) {
  for (std::string& session : sessions) {
    commits_.submit(std::make_unique<ResumedRemoval>(std::move(session)));
  }
}

SqliteLog::SqliteLog(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation)) {}
SqliteLog::~SqliteLog() = default;

std::expected<std::unique_ptr<SqliteLog>, std::string> SqliteLog::open(
    const std::filesystem::path& file, const char* vfs) {
  auto store = Store::open(file, vfs);
  if (!store) return std::unexpected(store.error());
  auto half_removed = (*store)->half_removed();
  if (!half_removed) return std::unexpected(file.string() + ": " + half_removed.error().text + ".");
  auto implementation = std::make_unique<Implementation>(std::move(*store));
  implementation->resume_removals(std::move(*half_removed));
  return std::unique_ptr<SqliteLog>(new SqliteLog(std::move(implementation)));
}

// GCC 12 destroys a lambda with captures twice when it is a temporary inside a co_await expression.
// So each stands in a variable first.

asio::awaitable<ports::AppendOutcome> SqliteLog::append(std::string stream, Position expected,
                                                        std::vector<v1::Record> records) {
  assert(!ports::session_of(stream).empty());
  assert(ports::continues(expected, records));
  std::vector<StoredRecord> stored = serialise(records);
  std::size_t bytes = 0;
  for (const StoredRecord& record : stored) {
    if (record.bytes.size() > kMaxRecordBytes) co_return Unavailable{"a record is too large"};
    bytes += record.bytes.size();
  }
  const Position head{records.back().seq(), records.back().id()};
  const std::uint64_t after_seq = expected.seq;
  auto action = [stream, expected = std::move(expected), stored = std::move(stored),
                 head](Store& store) { return store.append(stream, expected, stored, head); };
  auto result = co_await implementation_->writing<StoredOutcome>(bytes, std::move(action));
  if (!result) co_return Unavailable{std::move(result).error()};
  if (auto* appended = std::get_if<ports::Appended>(&*result)) co_return std::move(*appended);
  auto& conflict = std::get<StoredConflict>(*result);
  auto missed = parse(conflict.missed, after_seq);
  if (!missed) co_return damaged(stream);
  co_return ports::Conflict{std::move(*missed), conflict.foreign};
}

asio::awaitable<ReadOutcome<ports::Page>> SqliteLog::read(std::string stream,
                                                          std::uint64_t after_seq,
                                                          std::size_t limit) {
  auto action = [stream, after_seq, limit](Store& store) {
    return store.read(stream, after_seq, limit);
  };
  auto result = co_await implementation_->reading<StoredPage>(std::move(action));
  if (!result) co_return Unavailable{std::move(result).error()};
  auto records = parse(result->records, after_seq);
  if (!records) co_return damaged(stream);
  co_return ports::Page{std::move(*records), std::move(result->head)};
}

asio::awaitable<ReadOutcome<bool>> SqliteLog::save_snapshot(std::string stream,
                                                            ports::StoredSnapshot snapshot) {
  if (snapshot.bytes.size() > kMaxSnapshotBytes) co_return Unavailable{"a snapshot is too large"};
  const std::size_t bytes = snapshot.bytes.size();
  const std::uint32_t sum = checksum(snapshot.bytes);
  SnapshotRow row{std::move(snapshot.position), sum, std::move(snapshot.bytes)};
  auto action = [stream = std::move(stream), row = std::move(row)](Store& store) {
    return store.save_snapshot(stream, row);
  };
  co_return to_outcome(co_await implementation_->writing<bool>(bytes, std::move(action)));
}

asio::awaitable<ReadOutcome<std::optional<ports::StoredSnapshot>>> SqliteLog::load_snapshot(
    std::string stream) {
  auto action = [stream = std::move(stream)](Store& store) { return store.load_snapshot(stream); };
  auto result = co_await implementation_->reading<std::optional<SnapshotRow>>(std::move(action));
  if (!result) co_return Unavailable{std::move(result).error()};
  // A snapshot only speeds loading: a damaged one is as good as none.
  if (!*result || (*result)->checksum != checksum((*result)->bytes)) co_return std::nullopt;
  co_return ports::StoredSnapshot{std::move((*result)->position), std::move((*result)->bytes)};
}

std::shared_ptr<void> SqliteLog::follow(std::string, std::function<void()>) {
  return std::make_shared<char>();
}

asio::awaitable<ReadOutcome<bool>> SqliteLog::remove(std::string session_id) {
  auto action = [session_id = std::move(session_id)](Store& store) {
    return store.remove(session_id);
  };
  auto result = co_await implementation_->writing<Store::Removal>(0, std::move(action));
  if (!result) co_return Unavailable{std::move(result).error()};
  co_return result->was_there;
}

asio::awaitable<ReadOutcome<std::vector<std::string>>> SqliteLog::list_sessions() {
  auto action = [](Store& store) { return store.list_sessions(); };
  co_return to_outcome(
      co_await implementation_->reading<std::vector<std::string>>(std::move(action)));
}

asio::awaitable<ReadOutcome<bool>> SqliteLog::claim_code(std::string code, std::string session_id) {
  auto action = [code = std::move(code), session_id = std::move(session_id)](Store& store) {
    return store.claim_code(code, session_id);
  };
  co_return to_outcome(co_await implementation_->writing<bool>(0, std::move(action)));
}

asio::awaitable<ReadOutcome<std::optional<std::string>>> SqliteLog::find_code(std::string code) {
  auto action = [code = std::move(code)](Store& store) { return store.find_code(code); };
  co_return to_outcome(
      co_await implementation_->reading<std::optional<std::string>>(std::move(action)));
}

}  // namespace plenary::adapters
