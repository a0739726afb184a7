// The host of one session at work. The sequencer says what is to be done, carry_out() does it:
// show, answer, then append or read. Everything else here is what follows from a committed record,
// or what comes from readers.
//
// Files:     actor.cpp (effects), actor_commands.cpp, actor_load.cpp, actor_readers.cpp (joining
//            and leaving), actor_views.cpp (flushes, personal views, presence), actor_time.cpp
//            (ticks, deadlines, snapshots).
// Ownership: make_actor(); whoever lets go of the last reference, it ends on its home.
// Threading: the public members from any thread; all others on the home io_context.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "connection/close_codes.hpp"
#include "host/directory.hpp"
#include "host/event.hpp"
#include "host/outgoing.hpp"
#include "host/presence.hpp"
#include "host/sequencer.hpp"
#include "host/session_host.hpp"
#include "host/view_log.hpp"

namespace plenary::host {

using connection::CloseCode;
using fanout::Feed;
using fanout::SubscriberPointer;

// What all actors of a process share.
struct Surroundings {
  CoreSet& cores;
  Ports ports;
  std::shared_ptr<fanout::Timers> timers;
  std::shared_ptr<HostMetrics> metrics;
  // The actor can't go on with what it has (or was told to end): forget it. Called on its home.
  std::function<void(const std::string& session_id, const SessionHost*)> forget;
  // The retention has ended (R, S6): delete the session. Called on its home.
  std::function<void(const std::string& session_id)> remove;
};

class Actor final : public SessionHost, public std::enable_shared_from_this<Actor> {
 public:
  enum class Loaded : std::uint8_t { yes, no_such_session, unavailable };

  Actor(std::shared_ptr<const Surroundings> surroundings, std::string session_id);
  ~Actor() override;

  const std::string& session_id() const override { return session_id_; }
  void join(Joining joining) override;
  void leave(SubscriberPointer subscriber) override;
  void submit(SubscriberPointer subscriber, std::string command_id, v1::Submit submit) override;
  void ask(SubscriberPointer subscriber, std::string question_id, v1::Question question) override;
  void needs_view(SubscriberPointer subscriber) override;
  asio::awaitable<v1::Reply> execute(v1::Actor actor, std::string command_id,
                                     v1::Command command) override;
  asio::awaitable<v1::Answer> ask(v1::Actor actor, v1::Question question) override;
  asio::awaitable<v1::Agenda> export_agenda() override;
  asio::awaitable<core::State> state() override;
  asio::awaitable<void> look(std::function<void(const core::State&)> reader) override;

  // For the directory.
  asio::awaitable<Loaded> ready();              // loads on first use; all wait for the same load
  asio::awaitable<std::int64_t> deadline_ms();  // 0: none
  asio::awaitable<void> drain(std::int64_t spread_ms);
  asio::awaitable<void> save();  // a snapshot, if there is anything new
  void end(CloseCode code);      // closes all readers
  bool is_idle_since(std::int64_t steady_ms) const;

 private:
  struct Completion {
    explicit Completion(asio::io_context& home) : done(home) {}
    v1::Reply reply;
    Event done;
  };
  struct Asker {
    SubscriberPointer subscriber;
    std::shared_ptr<Completion> completion;  // of execute(); neither: the system
  };
  struct Reader {
    SubscriberPointer subscriber;
    ports::Claims claims;
    std::string person_id;  // "": a display
    Feed feed = Feed::everyone;
    std::uint64_t number = 0;       // in the order of joining
    std::size_t personal_hash = 0;  // of what it was sent last
    bool personal_sent = false;
    bool personal_due = false;  // waits in personal_queue_
    bool told_floor = false;    // by what it was sent last, the floor is the person's
    std::int64_t personal_next_ms = 0;
  };

  // actor.cpp, actor_commands.cpp
  template <typename Function>
  void on_home(Function function);
  void on_home_of(SubscriberPointer subscriber, void (Actor::*step)(const SubscriberPointer&));
  std::optional<v1::Refusal> take(v1::Actor actor, std::string command_id, v1::Command command,
                                  bool expired, Asker asker);
  void on_submit(const SubscriberPointer& subscriber, std::string command_id, v1::Submit submit);
  void on_ask(const SubscriberPointer& subscriber, std::string question_id,
              const v1::Question& question);
  void refuse(const SubscriberPointer& subscriber, const std::string& command_id,
              v1::Refusal refusal);
  void kick();
  asio::awaitable<void> pump();
  asio::awaitable<void> carry_out(Effects effects);
  asio::awaitable<Effects> append(ToAppend to_append);
  asio::awaitable<Effects> read();
  asio::awaitable<void> pause_in_doubt();
  void absorb(Effects effects);
  void answer(std::vector<Answered> answers, Outgoing& outgoing);
  void note_counts();
  void lose(Lost lost);
  asio::awaitable<void> sleep(std::int64_t delay_ms);

  // actor_load.cpp
  asio::awaitable<Loaded> load();
  asio::awaitable<Loaded> load_records(bool use_snapshot, Lost& lost);
  void begin();

  // actor_readers.cpp
  void on_join(Joining joining, bool caught_up);
  bool must_catch_up(const Joining& joining) const;
  std::optional<CloseCode> check_claims(const ports::Claims& claims) const;
  void admit(Joining joining);
  void attach(Reader& reader, const v1::Hello& hello, Outgoing& outgoing);
  fanout::Frame welcome(const Reader& reader, bool resumed) const;
  void on_leave(const SubscriberPointer& subscriber);
  void on_needs_view(const SubscriberPointer& subscriber);
  Reader* find(const SubscriberPointer& subscriber);
  void forget(Reader& reader);
  void close(Reader& reader, CloseCode code, std::int64_t retry_after_ms = 0);
  void close_all(CloseCode code, std::int64_t spread_ms);
  void check_access(const std::vector<v1::Record>& committed, Outgoing& outgoing);
  void check_person(const v1::Person& person, Outgoing& outgoing);
  void hand_over(const std::string& from_id, const std::string& into_id, Outgoing& outgoing);
  void send_snapshot(Reader& reader, fanout::Frame before, Outgoing& outgoing);

  // actor_views.cpp
  void start_logs();
  void schedule_flush(Outgoing& outgoing);
  void flush(Outgoing& outgoing);
  void offer_personal(Reader& reader, Outgoing& outgoing);
  void send_personal(Reader& reader, Outgoing& outgoing);
  void take_from_personal_queue(Reader& reader);  // if it waits there
  void offer_due_personal();
  void arm_personal();
  void offer_personal(const std::string& person_id, Outgoing& outgoing);
  void offer_first_in_line(Outgoing& outgoing);
  void begin_sweep();
  void sweep();
  void owe_presence();  // a reader has none of its feed yet
  void send_presence(Outgoing& outgoing);

  // actor_time.cpp
  std::int64_t now_ms() const { return surroundings_->ports.clock.server_now_ms(); }
  std::int64_t steady_ms() const { return surroundings_->ports.clock.steady_ms(); }
  fanout::Timers::Handle after(std::int64_t delay_ms, void (*step)(Actor&));
  void arm_tick();
  void tick();
  void note_seen();
  void arm_deadline();
  void on_deadline();
  void save_if_due();
  v1::Snapshot make_snapshot() const;
  asio::awaitable<void> save_snapshot();
  HostMetrics& metrics() const { return *surroundings_->metrics; }
  ports::EventLog& log() const { return surroundings_->ports.log; }

  const std::shared_ptr<const Surroundings> surroundings_;
  const std::string session_id_;
  const std::string stream_;
  asio::io_context& home_;

  enum class Phase : std::uint8_t { fresh, loading, running, draining, ended };
  Phase phase_ = Phase::fresh;
  Loaded loaded_ = Loaded::unavailable;
  Event load_done_;
  std::shared_ptr<void> follow_;

  Sequencer sequencer_;
  SequencerCounts counted_;
  std::size_t waiting_counted_ = 0;
  std::unordered_map<std::uint64_t, Asker> askers_;  // by ticket
  std::uint64_t next_ticket_ = 1;
  bool pumping_ = false;
  bool want_read_ = false;
  std::int64_t doubt_since_ms_ = 0;  // steady; 0: none
  std::int64_t doubt_pause_ms_ = 0;  // before the next attempt to know
  std::vector<std::shared_ptr<Event>> idle_waiters_;

  Shards shards_;
  std::map<const fanout::Subscriber*, Reader> readers_;
  std::map<std::uint64_t, Reader*> readers_by_number_;
  std::unordered_map<std::string, std::set<std::uint64_t>> readers_of_person_;
  std::vector<Joining> joining_;  // until a read has shown what is new
  std::uint64_t next_reader_ = 1;
  std::atomic<std::size_t> reader_count_{0};
  std::atomic<std::int64_t> active_at_ms_{0};  // steady

  std::array<ViewLog, fanout::kFeeds> logs_{
      ViewLog(v1::AUDIENCE_EVERYONE), ViewLog(v1::AUDIENCE_STAFF), ViewLog(v1::AUDIENCE_WAITING)};
  std::set<core::ViewPart> dirty_parts_;
  std::set<std::string> dirty_people_;
  std::set<std::string> new_dirty_rooms_;       // since the last flush
  std::set<std::string> dirty_rooms_;           // since the last sweep
  std::vector<std::string> sweep_;              // people still to be looked at
  std::array<bool, fanout::kFeeds> advance_{};  // a reader waits for a position
  fanout::Pacer pacer_;
  fanout::Timers::Handle flush_timer_;
  std::set<std::pair<std::int64_t, std::uint64_t>> personal_queue_;  // when, reader's number
  fanout::Timers::Handle personal_timer_;

  PresenceTable presence_;
  std::int64_t presence_next_ms_ = 0;
  std::array<std::string, fanout::kFeeds> presence_sent_;  // serialized
  bool presence_owed_ = false;                             // to a reader that has none yet

  fanout::Timers::Handle tick_timer_;
  std::int64_t seen_next_ms_ = 0;
  fanout::Timers::Handle deadline_timer_;
  std::int64_t deadline_ms_ = 0;
  std::uint64_t snapshot_seq_ = 0;  // of the last one stored
  std::int64_t snapshot_at_ms_ = 0;
  bool saving_ = false;
};

std::shared_ptr<Actor> make_actor(std::shared_ptr<const Surroundings> surroundings,
                                  std::string session_id);

// The id of a command that time itself gives: of the entity and the deadline, so that instances
// agree.
std::string deadline_command_id(const v1::Command& command, std::int64_t at_ms);

}  // namespace plenary::host
