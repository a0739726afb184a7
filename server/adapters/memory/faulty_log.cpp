#include "adapters/memory/faulty_log.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace plenary::adapters {

namespace asio = boost::asio;
namespace v1 = plenary::v1;
using ports::ReadOutcome;

// The plan and its generator. std::mt19937_64 and `%` are the same everywhere, so a seed is one
// history.
struct FaultyLog::State {
  std::mutex mutex;
  FaultPlan plan;
  std::mt19937_64 generator;
  bool reachable = true;

  bool happens(unsigned FaultPlan::*chance) {
    const std::scoped_lock lock(mutex);
    return generator() % 1'000 < plan.*chance;
  }
  unsigned turns() {
    const std::scoped_lock lock(mutex);
    return static_cast<unsigned>(generator() % (plan.max_delay_turns + 1ULL));
  }
  bool is_reachable() {
    const std::scoped_lock lock(mutex);
    return reachable;
  }
};

namespace {

asio::awaitable<void> wait_turns(unsigned turns) {
  for (unsigned turn = 0; turn < turns; ++turn)
    co_await asio::post(asio::use_awaitable);
}

// What a network still held when its sender had given up: it arrives, and nobody hears of it.
asio::awaitable<void> append_late(ports::EventLog& log, unsigned turns, std::string stream,
                                  ports::Position expected, std::vector<v1::Record> records) {
  co_await wait_turns(turns);
  co_await log.append(std::move(stream), std::move(expected), std::move(records));
}

}  // namespace

FaultyLog::FaultyLog(ports::EventLog& inner, FaultPlan plan)
    : inner_(inner), state_(std::make_shared<State>()) {
  state_->plan = plan;
  state_->generator.seed(plan.seed);
}
FaultyLog::~FaultyLog() = default;

void FaultyLog::set_reachable(bool reachable) {
  const std::scoped_lock lock(state_->mutex);
  state_->reachable = reachable;
}

void FaultyLog::heal() {
  const std::scoped_lock lock(state_->mutex);
  state_->plan = FaultPlan{.seed = state_->plan.seed};
  state_->reachable = true;
}

asio::awaitable<void> FaultyLog::delay() {
  co_await wait_turns(state_->turns());
}

asio::awaitable<ports::AppendOutcome> FaultyLog::append(std::string stream,
                                                        ports::Position expected,
                                                        std::vector<v1::Record> records) {
  co_await delay();
  if (!state_->is_reachable()) co_return ports::Unavailable{"simulated: unreachable"};
  if (state_->happens(&FaultPlan::append_unavailable)) {
    co_return ports::Unavailable{"simulated: refused"};
  }
  if (state_->happens(&FaultPlan::unknown_lost)) {
    co_await delay();
    co_return ports::Unknown{"simulated: lost on the way there"};
  }
  if (state_->happens(&FaultPlan::unknown_late)) {
    asio::co_spawn(co_await asio::this_coro::executor,
                   append_late(inner_, 1 + state_->turns(), std::move(stream), std::move(expected),
                               std::move(records)),
                   asio::detached);
    co_return ports::Unknown{"simulated: late"};
  }
  const bool answer_lost = state_->happens(&FaultPlan::unknown_kept);
  auto outcome = co_await inner_.append(std::move(stream), std::move(expected), std::move(records));
  co_await delay();
  // Cut off meanwhile: the answer does not come back either.
  if (answer_lost || !state_->is_reachable()) {
    co_return ports::Unknown{"simulated: lost on the way back"};
  }
  co_return outcome;
}

template <typename T>
asio::awaitable<ReadOutcome<T>> FaultyLog::faulty(asio::awaitable<ReadOutcome<T>> operation) {
  co_await delay();
  if (!state_->is_reachable() || state_->happens(&FaultPlan::read_unavailable)) {
    co_return ports::Unavailable{"simulated: unreachable"};
  }
  auto outcome = co_await std::move(operation);
  co_await delay();
  co_return outcome;
}

asio::awaitable<ReadOutcome<ports::Page>> FaultyLog::read(std::string stream,
                                                          std::uint64_t after_seq,
                                                          std::size_t limit) {
  return faulty(inner_.read(std::move(stream), after_seq, limit));
}
asio::awaitable<ReadOutcome<bool>> FaultyLog::save_snapshot(std::string stream,
                                                            ports::StoredSnapshot snapshot) {
  return faulty(inner_.save_snapshot(std::move(stream), std::move(snapshot)));
}
asio::awaitable<ReadOutcome<std::optional<ports::StoredSnapshot>>> FaultyLog::load_snapshot(
    std::string stream) {
  return faulty(inner_.load_snapshot(std::move(stream)));
}
asio::awaitable<ReadOutcome<bool>> FaultyLog::remove(std::string session_id) {
  return faulty(inner_.remove(std::move(session_id)));
}
asio::awaitable<ReadOutcome<std::vector<std::string>>> FaultyLog::list_sessions() {
  return faulty(inner_.list_sessions());
}
asio::awaitable<ReadOutcome<bool>> FaultyLog::claim_code(std::string code, std::string session_id) {
  return faulty(inner_.claim_code(std::move(code), std::move(session_id)));
}
asio::awaitable<ReadOutcome<std::optional<std::string>>> FaultyLog::find_code(std::string code) {
  return faulty(inner_.find_code(std::move(code)));
}

std::shared_ptr<void> FaultyLog::follow(std::string stream, std::function<void()> hint) {
  return inner_.follow(std::move(stream), [state = state_, hint = std::move(hint)] {
    if (!state->is_reachable() || state->happens(&FaultPlan::hint_lost)) return;
    hint();
    if (state->happens(&FaultPlan::hint_doubled)) hint();
  });
}

}  // namespace plenary::adapters
