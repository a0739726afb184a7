#include "host/directory.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "host/actor.hpp"
#include "host/ids.hpp"
#include "host/limits.hpp"
#include "host/sequencer.hpp"
#include "host/spawn.hpp"

namespace plenary::host {

namespace {

using Found = std::expected<std::shared_ptr<SessionHost>, v1::Refusal>;

Found refused(v1::RefusalCode code) {
  return std::unexpected(refusal_of(code));
}

// What has just been awaited holds its actor until its frames have gone.
asio::awaitable<void> next_turn() {
  co_await asio::post(asio::use_awaitable);
}

}  // namespace

class Directory::Implementation : public std::enable_shared_from_this<Implementation> {
 public:
  Implementation(CoreSet& cores, Ports ports)
      : cores_(cores),
        ports_(std::move(ports)),
        timers_(ports_.timers ? std::shared_ptr<fanout::Timers>(ports_.timers, [](auto*) {})
                              : std::make_shared<fanout::AsioTimers>()),
        metrics_(std::make_shared<HostMetrics>()) {}

  const HostMetrics& metrics() const { return *metrics_; }
  CoreSet& cores() const { return cores_; }

  asio::awaitable<Found> find(std::string session_id);
  asio::awaitable<Found> find_by_code(std::string code);
  asio::awaitable<Found> create(v1::Agenda agenda, std::int32_t retention_days, ports::Id key);
  asio::awaitable<std::expected<void, v1::Refusal>> remove(std::string session_id);
  asio::awaitable<void> start();
  asio::awaitable<void> drain(std::chrono::milliseconds spread);
  void close();

 private:
  std::shared_ptr<Actor> get_or_make(const std::string& session_id);
  std::shared_ptr<const Surroundings> surroundings();
  void forget(const std::string& session_id, const SessionHost* host);
  asio::awaitable<std::optional<std::string>> claim_code(const std::string& session_id);
  asio::awaitable<Found> make(v1::CreateSession creation, ports::Id key);
  bool begin_making(const std::string& session_id);
  void end_making(const std::string& session_id);
  asio::awaitable<void> note_deadline(std::string session_id);
  void arm_sweep();
  asio::awaitable<void> sweep();
  std::vector<std::shared_ptr<Actor>> all();

  CoreSet& cores_;
  Ports ports_;
  std::shared_ptr<fanout::Timers> timers_;
  std::shared_ptr<HostMetrics> metrics_;

  std::mutex mutex_;  // guards what follows; never held over a suspension
  std::map<std::string, std::shared_ptr<Actor>> actors_;
  std::map<std::string, std::int64_t> deadlines_;  // of sessions that are not loaded
  std::set<std::string> making_;                   // ids of sessions
  std::shared_ptr<const Surroundings> surroundings_;
  bool closed_ = false;
  fanout::Timers::Handle sweep_timer_;  // core 0's
};

std::shared_ptr<const Surroundings> Directory::Implementation::surroundings() {
  if (surroundings_) return surroundings_;
  // Weak: actors do not keep the directory.
  const auto weak = weak_from_this();
  surroundings_ = std::make_shared<Surroundings>(Surroundings{
      cores_, ports_, timers_, metrics_,
      [weak](const std::string& session_id, const SessionHost* host) {
        if (const auto self = weak.lock()) self->forget(session_id, host);
      },
      [weak](const std::string& session_id) {
        const auto self = weak.lock();
        if (!self) return;
        asio::co_spawn(
            self->cores_.at(0),
            [self, session_id]() -> asio::awaitable<void> { co_await self->remove(session_id); },
            asio::detached);
      }});
  return surroundings_;
}

std::shared_ptr<Actor> Directory::Implementation::get_or_make(const std::string& session_id) {
  const std::scoped_lock lock(mutex_);
  if (closed_) return nullptr;
  std::shared_ptr<Actor>& actor = actors_[session_id];
  if (!actor) actor = make_actor(surroundings(), session_id);
  deadlines_.erase(session_id);  // its own timer from now on
  return actor;
}

void Directory::Implementation::forget(const std::string& session_id, const SessionHost* host) {
  const std::scoped_lock lock(mutex_);
  const auto found = actors_.find(session_id);
  if (found != actors_.end() && found->second.get() == host) actors_.erase(found);
}

asio::awaitable<Found> Directory::Implementation::find(std::string session_id) {
  if (!is_session_id(session_id)) co_return refused(v1::REFUSAL_CODE_NOT_FOUND);
  const auto actor = get_or_make(session_id);
  if (!actor) co_return refused(v1::REFUSAL_CODE_UNAVAILABLE);
  switch (co_await actor->ready()) {
    case Actor::Loaded::yes:
      co_return actor;
    case Actor::Loaded::no_such_session:
      forget(session_id, actor.get());
      co_return refused(v1::REFUSAL_CODE_NOT_FOUND);
    case Actor::Loaded::unavailable:
      break;
  }
  forget(session_id, actor.get());
  co_return refused(v1::REFUSAL_CODE_UNAVAILABLE);
}

asio::awaitable<Found> Directory::Implementation::find_by_code(std::string code) {
  std::erase(code, ' ');
  const bool digits = std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
  if (code.size() != 8 || !digits) co_return refused(v1::REFUSAL_CODE_UNKNOWN_CODE);
  auto found = co_await ports_.log.find_code(code);
  if (std::get_if<ports::Unavailable>(&found) != nullptr) {
    co_return refused(v1::REFUSAL_CODE_UNAVAILABLE);
  }
  const auto& session_id = std::get<std::optional<std::string>>(found);
  if (!session_id) co_return refused(v1::REFUSAL_CODE_UNKNOWN_CODE);
  co_return co_await find(*session_id);
}

asio::awaitable<std::optional<std::string>> Directory::Implementation::claim_code(
    const std::string& session_id) {
  for (int attempt = 0; attempt < kMaxCodeAttempts; ++attempt) {
    std::string code = to_join_code(ports_.ids.next());
    auto claimed = co_await ports_.log.claim_code(code, session_id);
    if (std::get_if<ports::Unavailable>(&claimed) != nullptr) break;
    if (std::get<bool>(claimed)) co_return code;
  }
  co_return std::nullopt;
}

bool Directory::Implementation::begin_making(const std::string& session_id) {
  const std::scoped_lock lock(mutex_);
  return making_.insert(session_id).second;
}

void Directory::Implementation::end_making(const std::string& session_id) {
  const std::scoped_lock lock(mutex_);
  making_.erase(session_id);
}

// Two with one key at once: the second would take what the first left half made for its own, and
// clear it away.
asio::awaitable<Found> Directory::Implementation::create(v1::Agenda agenda,
                                                         std::int32_t retention_days,
                                                         ports::Id key) {
  const std::string session_id = to_session_id(key);
  if (!begin_making(session_id)) co_return refused(v1::REFUSAL_CODE_UNAVAILABLE);
  auto found = co_await find(session_id);
  if (!found && found.error().code() == v1::REFUSAL_CODE_NOT_FOUND) {
    v1::CreateSession creation;
    creation.set_id(session_id);
    *creation.mutable_agenda() = std::move(agenda);
    creation.set_retention_days(retention_days);
    found = co_await make(std::move(creation), key);
  }
  end_making(session_id);
  co_return found;
}

asio::awaitable<Found> Directory::Implementation::make(v1::CreateSession creation, ports::Id key) {
  const std::string session_id = creation.id();
  const auto code = co_await claim_code(session_id);
  const auto actor = code ? get_or_make(session_id) : nullptr;
  if (!actor) co_return refused(v1::REFUSAL_CODE_UNAVAILABLE);
  std::optional<v1::Refusal> refusal;
  if (co_await actor->ready() == Actor::Loaded::unavailable) {
    refusal = refusal_of(v1::REFUSAL_CODE_UNAVAILABLE);
  } else {
    creation.set_join_code(*code);
    v1::Command command;
    *command.mutable_create_session() = std::move(creation);
    v1::Actor organizer;
    organizer.set_kind(v1::ACTOR_KIND_ORGANIZER);
    const v1::Reply reply = co_await actor->execute(
        std::move(organizer), std::string(key.begin(), key.end()), std::move(command));
    if (!reply.has_refusal()) co_return actor;
    refusal = reply.refusal();
  }
  forget(session_id, actor.get());
  co_await ports_.log.remove(session_id);  // frees the code
  co_return std::unexpected(std::move(*refusal));
}

asio::awaitable<std::expected<void, v1::Refusal>> Directory::Implementation::remove(
    std::string session_id) {
  if (!is_session_id(session_id)) {
    co_return std::unexpected(refusal_of(v1::REFUSAL_CODE_NOT_FOUND));
  }
  auto removed = co_await ports_.log.remove(session_id);
  if (std::get_if<ports::Unavailable>(&removed) != nullptr) {
    co_return std::unexpected(refusal_of(v1::REFUSAL_CODE_UNAVAILABLE));
  }
  std::shared_ptr<Actor> actor;
  {
    const std::scoped_lock lock(mutex_);
    deadlines_.erase(session_id);
    if (const auto found = actors_.find(session_id); found != actors_.end()) {
      actor = found->second;
    }
  }
  if (actor) {
    // In a variable first: GCC 12 destroys a capturing lambda twice if it is a temporary in
    // co_await.
    auto end = [actor]() -> asio::awaitable<void> {
      actor->end(CloseCode::session_gone);
      co_return;
    };
    co_await spawn_at(cores_.at(cores_.home_of(session_id)), std::move(end));
  }
  if (!std::get<bool>(removed)) {
    co_return std::unexpected(refusal_of(v1::REFUSAL_CODE_NOT_FOUND));
  }
  co_return std::expected<void, v1::Refusal>();
}

// ---- deadlines of sessions that nobody looks at, and letting go of them

asio::awaitable<void> Directory::Implementation::start() {
  auto listed = co_await ports_.log.list_sessions();
  if (const auto* streams = std::get_if<std::vector<std::string>>(&listed)) {
    for (const std::string& stream : *streams) {
      // In a variable first: GCC 12 destroys the temporary of a conditional in co_await twice.
      std::string session_id = stream.substr(stream.find('/') + 1);
      co_await note_deadline(std::move(session_id));
    }
  }
  const auto self = shared_from_this();
  auto arm = [self]() -> asio::awaitable<void> {
    self->arm_sweep();
    co_return;
  };
  co_await spawn_at(cores_.at(0), std::move(arm));
}

// Loads a session to see when time has to act on it. The next sweep lets go of it.
asio::awaitable<void> Directory::Implementation::note_deadline(std::string session_id) {
  const auto found = co_await find(session_id);
  if (!found) co_return;
  const auto actor = std::static_pointer_cast<Actor>(*found);
  const std::int64_t deadline_ms = co_await actor->deadline_ms();
  co_await next_turn();
  if (deadline_ms == 0 || deadline_ms > ports_.clock.server_now_ms() + kSweepEveryMs) {
    const std::scoped_lock lock(mutex_);
    // Ours, the map's: nobody else has it.
    const auto entry = actors_.find(session_id);
    const bool mine = entry != actors_.end() && entry->second == actor;
    if (!mine || actor.use_count() > 3 || !actor->is_idle_since(ports_.clock.steady_ms()))
      co_return;
    actors_.erase(entry);
    if (deadline_ms != 0) deadlines_[session_id] = deadline_ms;
  }
}

void Directory::Implementation::arm_sweep() {
  sweep_timer_ = timers_->after(cores_.at(0), kSweepEveryMs * 1'000, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    asio::co_spawn(
        self->cores_.at(0), [self] { return self->sweep(); }, asio::detached);
  });
}

std::vector<std::shared_ptr<Actor>> Directory::Implementation::all() {
  const std::scoped_lock lock(mutex_);
  std::vector<std::shared_ptr<Actor>> actors;
  for (const auto& [id, actor] : actors_)
    actors.push_back(actor);
  return actors;
}

asio::awaitable<void> Directory::Implementation::sweep() {
  const auto self = shared_from_this();
  // Loading arms the session's own timer.
  std::vector<std::string> due;
  {
    const std::scoped_lock lock(mutex_);
    const std::int64_t until_ms = ports_.clock.server_now_ms() + kSweepEveryMs;
    for (const auto& [id, at_ms] : deadlines_) {
      if (at_ms <= until_ms) due.push_back(id);
    }
  }
  for (const std::string& id : due)
    co_await find(id);

  const std::int64_t idle_since_ms = ports_.clock.steady_ms() - kUnloadAfterMs;
  for (auto& actor : all()) {
    if (!actor->is_idle_since(idle_since_ms)) continue;
    co_await actor->save();
    const std::int64_t deadline_ms = co_await actor->deadline_ms();
    co_await next_turn();
    const std::scoped_lock lock(mutex_);
    const auto entry = actors_.find(actor->session_id());
    const bool soon =
        deadline_ms != 0 && deadline_ms <= ports_.clock.server_now_ms() + 2 * kSweepEveryMs;
    if (entry == actors_.end() || entry->second != actor || soon) continue;
    // The map's and ours: whoever else holds it is about to use it.
    if (actor.use_count() > 2 || !actor->is_idle_since(idle_since_ms)) continue;
    if (deadline_ms != 0) deadlines_[actor->session_id()] = deadline_ms;
    actors_.erase(entry);
  }
  arm_sweep();
}

asio::awaitable<void> Directory::Implementation::drain(std::chrono::milliseconds spread) {
  const auto self = shared_from_this();
  {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
  }
  for (const auto& actor : all())
    co_await actor->drain(spread.count());
}

void Directory::Implementation::close() {
  const std::scoped_lock lock(mutex_);
  closed_ = true;
  actors_.clear();
  if (!cores_.running()) sweep_timer_ = nullptr;
}

// ---- the public face

Directory::Directory(CoreSet& cores, Ports ports)
    : implementation_(std::make_shared<Implementation>(cores, std::move(ports))) {}

Directory::~Directory() {
  CoreSet& cores = implementation_->cores();
  implementation_->close();
  implementation_.reset();
  // What was let go of ends on its home; with nobody running that, here and now.
  if (!cores.running()) cores.settle();
}

asio::awaitable<Found> Directory::find(std::string session_id) {
  return implementation_->find(std::move(session_id));
}
asio::awaitable<Found> Directory::find_by_code(std::string code) {
  return implementation_->find_by_code(std::move(code));
}
asio::awaitable<Found> Directory::create(v1::Agenda agenda, std::int32_t retention_days,
                                         ports::Id key) {
  return implementation_->create(std::move(agenda), retention_days, key);
}
asio::awaitable<std::expected<void, v1::Refusal>> Directory::remove(std::string session_id) {
  return implementation_->remove(std::move(session_id));
}
asio::awaitable<void> Directory::start() {
  return implementation_->start();
}
asio::awaitable<void> Directory::drain(std::chrono::milliseconds spread) {
  return implementation_->drain(spread);
}
const HostMetrics& Directory::metrics() const {
  return implementation_->metrics();
}

}  // namespace plenary::host
