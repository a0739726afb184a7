// How fast the SQLite log makes records durable, on the disk of the temporary folder (or of the one
// that PLENARY_BENCH_FOLDER names): streams that append at once, and one stream that appends
// batches.
#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "adapters/sqlite/sqlite_log.hpp"

namespace {

namespace asio = boost::asio;
namespace v1 = plenary::v1;
using plenary::adapters::SqliteLog;
using plenary::ports::Position;

class Folder {
 public:
  Folder() {
    const char* wanted = std::getenv("PLENARY_BENCH_FOLDER");
    const std::filesystem::path parent =
        wanted == nullptr ? std::filesystem::temp_directory_path() : std::filesystem::path(wanted);
    std::string pattern = (parent / "plenary-bench-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) std::abort();
    path_ = pattern;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::filesystem::path path_;
};

// About the size of the record of a raised hand.
std::vector<v1::Record> batch(const Position& after, std::size_t count) {
  static std::uint64_t number = 0;
  std::vector<v1::Record> records(count);
  Position last = after;
  for (v1::Record& record : records) {
    std::string id(16, '\0');
    ++number;
    for (std::size_t i = 0; i < 8; ++i)
      id[i] = static_cast<char>(number >> (8 * i));
    record.set_seq(last.seq + 1);
    record.set_previous_id(last.id);
    record.set_id(id);
    record.set_command_id(id);
    record.set_at_ms(1'790'000'000'000);
    record.mutable_changes()->add_put()->mutable_announcement()->set_text(std::string(250, 'x'));
    last = {record.seq(), id};
  }
  return records;
}

asio::awaitable<void> append_many(SqliteLog& log, std::string stream, int times, std::size_t size,
                                  std::vector<double>& seconds) {
  Position head;
  for (int i = 0; i < times; ++i) {
    auto records = batch(head, size);
    const Position expected = head;
    const auto start = std::chrono::steady_clock::now();
    auto outcome = co_await log.append(stream, expected, std::move(records));
    seconds.push_back(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    if (!std::holds_alternative<plenary::ports::Appended>(outcome)) std::abort();
    head = std::get<plenary::ports::Appended>(outcome).head;
  }
}

void streams_and_batches(benchmark::State& state) {
  const auto streams = state.range(0);
  const auto size = static_cast<std::size_t>(state.range(1));
  const int times = static_cast<int>(state.range(2));
  std::vector<double> seconds;
  for (auto _ : state) {
    state.PauseTiming();
    auto folder = std::make_unique<Folder>();
    auto log = SqliteLog::open(folder->path_ / "plenary.db").value();
    state.ResumeTiming();
    asio::io_context context;
    for (std::int64_t stream = 0; stream < streams; ++stream) {
      asio::co_spawn(context,
                     append_many(*log, "session/s" + std::to_string(stream), times, size, seconds),
                     asio::detached);
    }
    context.run();
    state.PauseTiming();
    log.reset();
    folder.reset();
    state.ResumeTiming();
  }
  const auto records = state.iterations() * streams * times * static_cast<std::int64_t>(size);
  state.counters["records/s"] =
      benchmark::Counter(static_cast<double>(records), benchmark::Counter::kIsRate);
  std::ranges::sort(seconds);
  state.counters["p50_ms"] = 1e3 * seconds[seconds.size() / 2];
  state.counters["p99_ms"] = 1e3 * seconds[seconds.size() * 99 / 100];
}

BENCHMARK(streams_and_batches)
    ->ArgNames({"streams", "batch", "appends"})
    ->Args({1, 1, 500})
    ->Args({1, 100, 200})
    ->Args({1, 1'000, 50})
    ->Args({100, 1, 100})
    ->Args({1'000, 1, 20})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
