#include "contract/sync_log.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <random>
#include <utility>

namespace plenary::contract {

namespace asio = boost::asio;
namespace v1 = plenary::v1;
using ports::Position;

namespace {

template <typename T>
asio::awaitable<void> keep(asio::awaitable<T> operation, std::optional<T>& result) {
  result = co_await std::move(operation);
}

template <typename T>
T run(asio::awaitable<T> operation) {
  asio::io_context context;
  std::optional<T> result;
  asio::co_spawn(context, keep(std::move(operation), result), asio::detached);
  context.run();
  return std::move(result).value();
}

template <typename T>
T value(ports::ReadOutcome<T> outcome) {
  if (auto* failed = std::get_if<ports::Unavailable>(&outcome)) {
    ADD_FAILURE() << "unavailable: " << failed->reason;
    return {};
  }
  return std::get<T>(std::move(outcome));
}

std::optional<bool> if_available(const ports::ReadOutcome<bool>& outcome) {
  const bool* value = std::get_if<bool>(&outcome);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

std::string random_id() {
  static std::atomic<std::uint64_t> threads{1};
  thread_local std::mt19937_64 generator(threads.fetch_add(1) * 7'919);
  std::string id;
  for (int half = 0; half < 2; ++half) {
    std::uint64_t bits = generator();
    for (int byte = 0; byte < 8; ++byte, bits >>= 8)
      id += static_cast<char>(bits & 0xff);
  }
  return id;
}

}  // namespace

ports::AppendOutcome SyncLog::append(const std::string& stream, const Position& expected,
                                     std::vector<v1::Record> records) {
  return run(log_.append(stream, expected, std::move(records)));
}
Position SyncLog::appended(const std::string& stream, const Position& expected,
                           std::vector<v1::Record> records) {
  auto outcome = append(stream, expected, std::move(records));
  if (auto* appended = std::get_if<ports::Appended>(&outcome)) return appended->head;
  ADD_FAILURE() << "not appended to " << stream << ", outcome " << outcome.index();
  return {};
}
ports::ReadOutcome<ports::Page> SyncLog::try_read(const std::string& stream,
                                                  std::uint64_t after_seq, std::size_t limit) {
  return run(log_.read(stream, after_seq, limit));
}
ports::Page SyncLog::read(const std::string& stream, std::uint64_t after_seq, std::size_t limit) {
  return value(try_read(stream, after_seq, limit));
}
std::optional<bool> SyncLog::save_snapshot(const std::string& stream,
                                           ports::StoredSnapshot snapshot) {
  return if_available(run(log_.save_snapshot(stream, std::move(snapshot))));
}
std::optional<ports::StoredSnapshot> SyncLog::load_snapshot(const std::string& stream) {
  return value(run(log_.load_snapshot(stream)));
}
std::optional<bool> SyncLog::remove(const std::string& session) {
  return if_available(run(log_.remove(session)));
}
std::vector<std::string> SyncLog::sessions() {
  return value(run(log_.list_sessions()));
}
std::optional<bool> SyncLog::claim(const std::string& code, const std::string& session) {
  return if_available(run(log_.claim_code(code, session)));
}
std::optional<std::string> SyncLog::find(const std::string& code) {
  return value(run(log_.find_code(code)));
}

std::vector<v1::Record> chain(const Position& after, std::size_t count, std::size_t bytes) {
  std::vector<v1::Record> records(count);
  std::string previous = after.id;
  std::uint64_t seq = after.seq;
  for (v1::Record& record : records) {
    record.set_seq(++seq);
    record.set_previous_id(previous);
    previous = random_id();
    record.set_id(previous);
    record.set_at_ms(1'790'000'000'000 + static_cast<std::int64_t>(seq));
    record.set_command_id(random_id());
    record.mutable_changes()->add_put()->mutable_announcement()->set_text(
        std::string(bytes, static_cast<char>('a' + seq % 26)));
  }
  return records;
}

Position head_of(const std::vector<v1::Record>& records) {
  return records.empty() ? Position{} : Position{records.back().seq(), records.back().id()};
}

bool is_chained(const std::vector<v1::Record>& records, const Position& after) {
  Position last = after;
  for (const v1::Record& record : records) {
    if (record.seq() != last.seq + 1 || record.previous_id() != last.id) return false;
    last = {record.seq(), record.id()};
  }
  return true;
}

std::vector<std::string> serialised(const std::vector<v1::Record>& records) {
  std::vector<std::string> all;
  for (const v1::Record& record : records)
    all.push_back(record.SerializeAsString());
  return all;
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "plenary-log-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) ADD_FAILURE() << "no temporary folder";
  path_ = pattern;
}
TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace plenary::contract
