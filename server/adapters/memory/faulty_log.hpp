// A log that misbehaves as a log may, by a seeded plan: a decorator for simulations.
//
// Purpose:   outcomes that a healthy log rarely shows: Unknown with and without the records kept,
//            Unknown whose records arrive later still, Unavailable, slowness, hints lost, doubled.
//            Never shown: what a log may not do (forget, reorder, keep a part of a batch).
// Time:      none. A delay is a number of turns of the awaiting executor (asio::post), so that one
//            io_context and one seed give one history.
// Ownership: `inner` outlives it. Records that arrive late are still on the awaiting executor after
//            the outcome; run that to its end before destroying either.
// Threading: any; one seed means one history only with one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <random>

#include "ports/event_log.hpp"

namespace plenary::adapters {

// Chances in a thousand, each for one operation.
struct FaultPlan {
  std::uint64_t seed = 0;
  unsigned unknown_lost = 0;        // append: Unknown, nothing was kept
  unsigned unknown_kept = 0;        // append: really appended (or Conflict), but answered Unknown
  unsigned unknown_late = 0;        // append: Unknown, and the append is carried out only later
  unsigned append_unavailable = 0;  // append: Unavailable, nothing was kept
  unsigned read_unavailable = 0;    // everything else
  unsigned hint_lost = 0;
  unsigned hint_doubled = 0;
  unsigned max_delay_turns = 0;  // before and after each operation: 0 … this many, evenly
};

class FaultyLog final : public ports::EventLog {
 public:
  FaultyLog(ports::EventLog& inner, FaultPlan plan);
  ~FaultyLog() override;

  // Cut off from the log (everything is Unavailable, no hints), and back; on a whim of the test's.
  void set_reachable(bool reachable);
  // From now on faultless, so that a simulation can come to rest and compare.
  void heal();

  boost::asio::awaitable<ports::AppendOutcome> append(
      std::string stream, ports::Position expected,
      std::vector<plenary::v1::Record> records) override;
  boost::asio::awaitable<ports::ReadOutcome<ports::Page>> read(std::string stream,
                                                               std::uint64_t after_seq,
                                                               std::size_t limit) override;
  boost::asio::awaitable<ports::ReadOutcome<bool>> save_snapshot(
      std::string stream, ports::StoredSnapshot snapshot) override;
  boost::asio::awaitable<ports::ReadOutcome<std::optional<ports::StoredSnapshot>>> load_snapshot(
      std::string stream) override;
  std::shared_ptr<void> follow(std::string stream, std::function<void()> hint) override;
  boost::asio::awaitable<ports::ReadOutcome<bool>> remove(std::string session_id) override;
  boost::asio::awaitable<ports::ReadOutcome<std::vector<std::string>>> list_sessions() override;
  boost::asio::awaitable<ports::ReadOutcome<bool>> claim_code(std::string code,
                                                              std::string session_id) override;
  boost::asio::awaitable<ports::ReadOutcome<std::optional<std::string>>> find_code(
      std::string code) override;

 private:
  struct State;  // shared with hints that may come after the log has gone

  boost::asio::awaitable<void> delay();
  template <typename T>
  boost::asio::awaitable<ports::ReadOutcome<T>> faulty(
      boost::asio::awaitable<ports::ReadOutcome<T>> operation);

  ports::EventLog& inner_;
  std::shared_ptr<State> state_;
};

}  // namespace plenary::adapters
