// The port to what is durable: streams of records, appended to under an expected position.
//
// A stream's name is "session/<id>" or "notes/<id>/<room>". Its records are 1, 2, 3, …; each
// carries the id of the one before. There is no append without an expected position, and none that
// "just appends".
//
// Ownership: the log outlives all that use it. Arguments are taken by value.
// Threading: every operation may be awaited from any executor and completes on the awaiting one.
// Errors:    outcomes below; no exception leaves an adapter. Faults that an adapter cannot contain
//            (a failed fsync) end the process, since afterwards nothing would be true.
// Contract:  tests/contract runs the same suite on every adapter.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "plenary/v1/records.pb.h"

namespace plenary::ports {

namespace v1 = ::plenary::v1;
namespace asio = boost::asio;

// Where a stream is: the last record's number and id. {0, ""} is before the first record.
// With constructors, because GCC 12 destroys a temporary that is initialised as an aggregate inside
// a co_await expression twice (as it does with lambdas that capture).
struct Position {
  Position() = default;
  Position(std::uint64_t at_seq, std::string at_id) : seq(at_seq), id(std::move(at_id)) {}
  std::uint64_t seq = 0;
  std::string id;
  bool operator==(const Position&) const = default;
};

struct Appended {
  Position head;
};
// Somebody else was there first: the records after the expected position. Where the expected
// position is not in the stream at all (another history), `foreign` is set and `missed` is empty:
// load again.
struct Conflict {
  std::vector<v1::Record> missed;
  bool foreign = false;
};
// Nothing was kept; trying again is safe. `reason` is for logs.
struct Unavailable {
  std::string reason;
};
// Perhaps kept, perhaps not: read the head before deciding anything.
struct Unknown {
  std::string reason;
};
using AppendOutcome = std::variant<Appended, Conflict, Unavailable, Unknown>;

struct Page {
  std::vector<v1::Record> records;  // in order, gapless, at most `limit`
  Position head;                    // of the stream when it was read
};
template <typename T>
using ReadOutcome = std::variant<T, Unavailable>;

struct StoredSnapshot {
  StoredSnapshot() = default;
  StoredSnapshot(Position at, std::string content)
      : position(std::move(at)), bytes(std::move(content)) {}
  Position position;
  std::string bytes;
};

class EventLog {
 public:
  virtual ~EventLog() = default;

  // Appends all records or none. Their seq, id and previous_id continue `expected`.
  // A missing stream is appended to with Position{}; any other expectation is a foreign Conflict.
  virtual asio::awaitable<AppendOutcome> append(std::string stream, Position expected,
                                                std::vector<v1::Record> records) = 0;

  // Records after `after_seq`, oldest first. An empty page with head {0,""} means: no such stream.
  virtual asio::awaitable<ReadOutcome<Page>> read(std::string stream, std::uint64_t after_seq,
                                                  std::size_t limit) = 0;

  // Kept only if the position is in the stream and later than the stored one's; else nothing
  // happens and the result is false.
  virtual asio::awaitable<ReadOutcome<bool>> save_snapshot(std::string stream,
                                                           StoredSnapshot snapshot) = 0;
  virtual asio::awaitable<ReadOutcome<std::optional<StoredSnapshot>>> load_snapshot(
      std::string stream) = 0;

  // `hint` is called, on any thread and perhaps for nothing, when the stream may have grown through
  // somebody else. Dropping the handle ends it. A log that has only one writer never calls.
  virtual std::shared_ptr<void> follow(std::string stream, std::function<void()> hint) = 0;

  // Deletes every stream of the session and what they held, for good. A removed stream stays
  // removed: an append to it is a foreign Conflict, even with Position{}.
  virtual asio::awaitable<ReadOutcome<bool>> remove(std::string session_id) = 0;

  // Names of the session streams, for start-up (deadlines) and the index of join codes.
  virtual asio::awaitable<ReadOutcome<std::vector<std::string>>> list_sessions() = 0;

  // Join codes: a code names one session. claim: false if another session has it.
  virtual asio::awaitable<ReadOutcome<bool>> claim_code(std::string code,
                                                        std::string session_id) = 0;
  virtual asio::awaitable<ReadOutcome<std::optional<std::string>>> find_code(std::string code) = 0;
};

}  // namespace plenary::ports
