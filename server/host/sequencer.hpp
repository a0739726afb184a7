// What becomes of the commands of one session: which are decided when, on what state, what is to be
// appended, and whom to answer what. Sans-I/O: every step returns Effects, and one function of the
// host's (Actor::carry_out) carries them out in order and comes back with the outcome. Not
// callbacks, and not a coroutine that awaits the log in the middle of a decision: so a test can put
// any outcome at any step, and what has been decided is always visible as data.
//
// Rules (ARCHITECTURE.md, "Log first"):
//   - Two states: the committed one is what is shown; the tentative one has the changes of the
//   batch being
//     appended as well, and is what the batch was decided on. It is rolled back by inverses.
//   - One append at a time. What comes meanwhile waits, and is decided as one batch.
//   - All answers of a batch leave after its append. A batch that changes nothing needs none.
//   - Conflict: roll back, apply what was missed, decide the batch again with new record ids.
//   - Unknown: read the head. Own records there: success. Nothing there: append the same bytes
//   again, since the
//     first attempt may still arrive; then one of the two conflicts with the other, and is
//     recognised by its ids. Others' records there: the attempt can never arrive any more; as after
//     a conflict.
//
// Ownership: a value of its host's. Threading: the session's home.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/decide.hpp"
#include "core/project.hpp"
#include "core/state.hpp"
#include "host/repeats.hpp"
#include "plenary/v1/wire.pb.h"
#include "ports/event_log.hpp"
#include "ports/id_source.hpp"

namespace plenary::host {

// A command that waits to be decided.
struct Pending {
  std::uint64_t ticket = 0;  // whom to answer; the host's
  v1::Actor actor;
  std::string command_id;
  v1::Command command;
  bool expired = false;  // on arrival; a repeat is answered all the same
};

struct Answered {
  std::uint64_t ticket = 0;
  v1::Reply reply;
};

struct ToAppend {
  ports::Position expected;
  std::vector<v1::Record> records;
};

// Why a host can't go on with what it has.
enum class Lost : std::uint8_t {
  none,
  foreign,  // the log has another history
  gone,     // the session was removed
  too_new,  // a record that this build does not understand
};

// What a step asks for, in this order: show what was committed, answer, then append or read.
struct Effects {
  std::set<core::ViewPart> parts;  // of the view, touched by what was committed
  core::TouchedPeople touched;     // likewise of people's own things
  std::vector<v1::Record> committed;
  std::vector<Answered> answers;
  Lost lost = Lost::none;
  std::optional<ToAppend> append;
  bool read = false;  // the records after head()
};

struct SequencerCounts {
  std::uint64_t accepted = 0, unchanged = 0, refused = 0, repeated = 0;
  std::uint64_t batches = 0, conflicts = 0, unknown = 0, unavailable = 0, records_read = 0;
};

class Sequencer {
 public:
  Sequencer(ports::IdSource& ids, const std::set<std::string, std::less<>>* zones);

  // The state as loaded: a snapshot, then records by read_page().
  void load(const v1::Snapshot& snapshot);

  // Whether steps say what they touched; not while loading, when nobody looks.
  void track(bool tracking) { tracking_ = tracking; }

  const core::State& state() const { return committed_; }
  const ports::Position& head() const { return head_; }
  std::int64_t head_at_ms() const { return head_at_ms_; }
  const Repeats& repeats() const { return repeats_; }
  const SequencerCounts& counts() const { return counts_; }

  bool has_waiting() const { return !waiting_.empty(); }
  std::size_t waiting() const { return waiting_.size() + batch_.size(); }
  bool in_doubt() const { return doubtful_; }

  // Takes a command, or says why not.
  std::optional<v1::Refusal> take(Pending pending);

  // The next batch. Only when nothing is in flight.
  Effects begin(std::int64_t now_ms);
  // What came of the append.
  Effects appended(ports::AppendOutcome outcome, std::int64_t now_ms);
  // What was read after head(), in doubt or to keep up.
  Effects read_page(ports::Page page, std::int64_t now_ms);
  // Answers UNAVAILABLE to all that waits, be it in the batch or behind it; what is in doubt stays
  // so.
  std::vector<Answered> give_up();

 private:
  struct Entry {
    enum class Kind : std::uint8_t { record, unchanged, refused, repeated, same_as };
    Pending pending;
    Kind kind = Kind::refused;
    std::size_t index = 0;  // of its record, or of the entry that it repeats
    v1::Refusal refusal;
    ports::Position position;
    std::string created_id;
    bool answered = false;  // by give_up()
  };

  Effects decide_batch(std::int64_t now_ms);
  void decide_entry(std::size_t at, std::int64_t now_ms);
  void make_record(Entry& entry, core::Decision decision, const core::Context& context);
  void roll_back();
  // The batch is in the log: shows, remembers, answers.
  void succeed(Effects& effects);
  void finish(Effects& effects, bool kept);
  v1::Reply reply_of(const Entry& entry) const;
  // Another's attempt was there first: records from `first` on are applied; then the batch is
  // decided again.
  Effects overtaken(std::vector<v1::Record> missed, std::int64_t now_ms, bool read_on);
  bool is_own(const std::vector<v1::Record>& records) const;
  void commit(const v1::Record& record, Effects& effects);
  void apply_foreign(const std::vector<v1::Record>& records, std::size_t first, Effects& effects);
  ports::Position tentative_head() const;

  ports::IdSource* ids_;
  const std::set<std::string, std::less<>>* zones_;

  core::State committed_;
  core::State tentative_;
  ports::Position head_;
  std::int64_t head_at_ms_ = 0;
  Repeats repeats_;

  std::deque<Pending> waiting_;
  std::unordered_map<std::string, std::size_t> waiting_of_;  // by actor, in waiting_
  std::vector<Entry> batch_;
  std::vector<v1::Record> records_;    // of the batch, as appended
  std::vector<v1::Changes> inverses_;  // of records_, to take back in reverse order
  std::unordered_map<std::string, std::size_t> in_batch_;    // (actor, command id) → entry
  std::unordered_map<std::string, std::size_t> records_of_;  // by actor, in records_
  int conflicts_ = 0;                                        // of the batch
  bool doubtful_ = false;
  bool tracking_ = false;

  SequencerCounts counts_;
};

v1::Position to_message(const ports::Position& position);
v1::Refusal refusal_of(v1::RefusalCode code, std::string field = {}, std::int64_t limit = 0);

}  // namespace plenary::host
