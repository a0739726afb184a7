#include "adapters/memory/memory_log.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "ports/limits.hpp"
#include "ports/stream_name.hpp"

namespace plenary::adapters {

namespace asio = boost::asio;
namespace v1 = plenary::v1;
using ports::Position;
using ports::ReadOutcome;

namespace {

// One follow(). Its own lock makes dropping the handle wait for a hint that is just being called;
// recursive, because a hint may drop its own handle.
struct Follower {
  std::recursive_mutex mutex;
  std::function<void()> hint;  // empty once dropped
  const void* log = nullptr;   // whose appends are no news to it
};

struct Stream {
  std::vector<v1::Record> records;
  std::optional<ports::StoredSnapshot> snapshot;

  Position head() const {
    if (records.empty()) return {};
    return {records.back().seq(), records.back().id()};
  }
  bool contains(const Position& position) const {
    if (position.seq == 0) return position.id.empty();
    return position.seq <= records.size() && records[position.seq - 1].id() == position.id;
  }
  std::vector<v1::Record> after(std::uint64_t seq, std::size_t limit) const {
    const std::size_t begin = std::min<std::size_t>(seq, records.size());
    const std::size_t count = std::min(limit, records.size() - begin);
    const auto first = records.begin() + static_cast<std::ptrdiff_t>(begin);
    return {first, first + static_cast<std::ptrdiff_t>(count)};
  }
};

}  // namespace

class MemoryStore {
 public:
  ports::AppendOutcome append(const std::string& name, const Position& expected,
                              std::vector<v1::Record> records) {
    const std::scoped_lock lock(mutex_);
    const auto found = streams_.find(name);
    if (found == streams_.end()) {
      if (expected != Position{} || !may_begin(name))
        return ports::Conflict{.missed = {}, .foreign = true};
    } else if (!found->second.contains(expected)) {
      return ports::Conflict{.missed = {}, .foreign = true};
    } else if (found->second.head() != expected) {
      return ports::Conflict{found->second.after(expected.seq, ports::kMaxMissedRecords), false};
    }
    Stream& stream = found == streams_.end() ? streams_[name] : found->second;
    std::ranges::move(records, std::back_inserter(stream.records));
    return ports::Appended{stream.head()};
  }

  ports::Page read(const std::string& name, std::uint64_t after_seq, std::size_t limit) const {
    const std::scoped_lock lock(mutex_);
    const auto found = streams_.find(name);
    if (found == streams_.end()) return {};
    return {found->second.after(after_seq, limit), found->second.head()};
  }

  bool save_snapshot(const std::string& name, ports::StoredSnapshot snapshot) {
    const std::scoped_lock lock(mutex_);
    const auto found = streams_.find(name);
    if (found == streams_.end() || snapshot.position.seq == 0) return false;
    Stream& stream = found->second;
    if (!stream.contains(snapshot.position)) return false;
    if (stream.snapshot && stream.snapshot->position.seq >= snapshot.position.seq) return false;
    stream.snapshot = std::move(snapshot);
    return true;
  }

  std::optional<ports::StoredSnapshot> load_snapshot(const std::string& name) const {
    const std::scoped_lock lock(mutex_);
    const auto found = streams_.find(name);
    return found == streams_.end() ? std::nullopt : found->second.snapshot;
  }

  // The names of the streams that went, for their followers.
  std::vector<std::string> remove(const std::string& session_id) {
    const std::scoped_lock lock(mutex_);
    std::vector<std::string> names;
    for (const auto& [name, stream] : streams_) {
      if (ports::session_of(name) == session_id) names.push_back(name);
    }
    for (const std::string& name : names)
      streams_.erase(name);
    std::erase_if(codes_, [&](const auto& code) { return code.second == session_id; });
    if (!names.empty()) removed_.insert(session_id);
    return names;
  }

  std::vector<std::string> list_sessions() const {
    const std::scoped_lock lock(mutex_);
    std::vector<std::string> names;
    for (const auto& [name, stream] : streams_) {
      if (ports::is_session_stream(name)) names.push_back(name);
    }
    return names;
  }

  bool claim_code(const std::string& code, const std::string& session_id) {
    const std::scoped_lock lock(mutex_);
    if (removed_.contains(session_id)) return false;
    return codes_.try_emplace(code, session_id).first->second == session_id;
  }

  std::optional<std::string> find_code(const std::string& code) const {
    const std::scoped_lock lock(mutex_);
    const auto found = codes_.find(code);
    return found == codes_.end() ? std::nullopt : std::optional(found->second);
  }

  void add_follower(const std::string& stream, const std::shared_ptr<Follower>& follower) {
    const std::scoped_lock lock(mutex_);
    followers_[stream].push_back(follower);
  }

  void drop_follower(const std::string& stream, const std::shared_ptr<Follower>& follower) {
    {
      const std::scoped_lock lock(mutex_);
      const auto found = followers_.find(stream);
      std::erase(found->second, follower);
      if (found->second.empty()) followers_.erase(found);
    }
    const std::scoped_lock lock(follower->mutex);
    follower->hint = nullptr;
  }

  // Tells all that follow the stream through another log than `log`.
  void hint(const std::string& stream, const void* log) {
    std::vector<std::shared_ptr<Follower>> followers;
    {
      const std::scoped_lock lock(mutex_);
      const auto found = followers_.find(stream);
      if (found == followers_.end()) return;
      followers = found->second;
    }
    for (const auto& follower : followers) {
      const std::scoped_lock lock(follower->mutex);
      if (follower->log == log || !follower->hint) continue;
      const auto hint = follower->hint;  // a copy: the call may drop the handle
      hint();
    }
  }

 private:
  bool may_begin(const std::string& name) const {
    const std::string_view session_id = ports::session_of(name);
    if (removed_.contains(session_id)) return false;
    return ports::is_session_stream(name) || streams_.contains(ports::session_stream(session_id));
  }

  mutable std::mutex mutex_;
  std::map<std::string, Stream, std::less<>> streams_;
  std::map<std::string, std::string, std::less<>> codes_;  // code → session
  std::set<std::string, std::less<>> removed_;
  std::map<std::string, std::vector<std::shared_ptr<Follower>>, std::less<>> followers_;
};

std::shared_ptr<MemoryStore> make_memory_store() {
  return std::make_shared<MemoryStore>();
}

MemoryLog::MemoryLog() : MemoryLog(make_memory_store()) {}
MemoryLog::MemoryLog(std::shared_ptr<MemoryStore> store) : store_(std::move(store)) {}
MemoryLog::~MemoryLog() = default;

asio::awaitable<ports::AppendOutcome> MemoryLog::append(std::string stream, Position expected,
                                                        std::vector<v1::Record> records) {
  assert(!ports::session_of(stream).empty());
  assert(ports::continues(expected, records));
  auto outcome = store_->append(stream, expected, std::move(records));
  if (std::holds_alternative<ports::Appended>(outcome)) store_->hint(stream, this);
  co_return outcome;
}

asio::awaitable<ReadOutcome<ports::Page>> MemoryLog::read(std::string stream,
                                                          std::uint64_t after_seq,
                                                          std::size_t limit) {
  co_return store_->read(stream, after_seq, std::min(limit, ports::kMaxPageRecords));
}

asio::awaitable<ReadOutcome<bool>> MemoryLog::save_snapshot(std::string stream,
                                                            ports::StoredSnapshot snapshot) {
  co_return store_->save_snapshot(stream, std::move(snapshot));
}

asio::awaitable<ReadOutcome<std::optional<ports::StoredSnapshot>>> MemoryLog::load_snapshot(
    std::string stream) {
  co_return store_->load_snapshot(stream);
}

std::shared_ptr<void> MemoryLog::follow(std::string stream, std::function<void()> hint) {
  auto follower = std::make_shared<Follower>();
  follower->hint = std::move(hint);
  follower->log = this;
  store_->add_follower(stream, follower);
  Follower* handle = follower.get();
  return {handle, [store = store_, stream = std::move(stream), follower = std::move(follower)](
                      Follower*) { store->drop_follower(stream, follower); }};
}

asio::awaitable<ReadOutcome<bool>> MemoryLog::remove(std::string session_id) {
  const std::vector<std::string> names = store_->remove(session_id);
  for (const std::string& name : names)
    store_->hint(name, this);
  co_return !names.empty();
}

asio::awaitable<ReadOutcome<std::vector<std::string>>> MemoryLog::list_sessions() {
  co_return store_->list_sessions();
}

asio::awaitable<ReadOutcome<bool>> MemoryLog::claim_code(std::string code, std::string session_id) {
  co_return store_->claim_code(code, session_id);
}

asio::awaitable<ReadOutcome<std::optional<std::string>>> MemoryLog::find_code(std::string code) {
  co_return store_->find_code(code);
}

std::vector<v1::Record> MemoryLog::stored(const std::string& stream) const {
  return store_->read(stream, 0, SIZE_MAX).records;
}

}  // namespace plenary::adapters
