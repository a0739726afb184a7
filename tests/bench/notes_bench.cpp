// The C++ side of notes.mjs: measures the document on a file of updates that Yjs has made. One line
// a figure, "name value", times in nanoseconds, memory in bytes.
//
//   notes_bench keystrokes FILE   every update applied by itself, into an empty document; and
//                                 the same, each checked as a browser's beforehand, as a host does
//   notes_bench load FILE         the last update of the file, a whole document, into an empty one
//   notes_bench late FILE         the diff for one who knows half of every client's clocks
//   notes_bench memory FILE       what the heap holds more once the last update is loaded
//
// FILE: for each update its length in four bytes, low first, and its bytes.
#include <malloc.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "notes/document.hpp"

namespace {

using namespace plenary::notes;
using Clock = std::chrono::steady_clock;

std::string read_all(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string_view> updates_of(std::string_view file) {
  std::vector<std::string_view> updates;
  while (file.size() >= 4) {
    std::uint32_t size = 0;
    for (unsigned at = 0; at < 4; ++at) {
      size |= static_cast<std::uint32_t>(static_cast<unsigned char>(file[at])) << 8 * at;
    }
    updates.push_back(file.substr(4, size));
    file.remove_prefix(4 + std::size_t{size});
  }
  return updates;
}

void print(const char* name, double value) {
  std::printf("%s %.1f\n", name, value);
}

template <typename Work>
double nanoseconds(const Work& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double, std::nano>(Clock::now() - start).count();
}

void must_apply(Document& document, std::string_view update) {
  if (document.apply(update, kFromStore)) return;
  std::fprintf(stderr, "an update was refused\n");
  std::exit(1);
}

void keystrokes(const std::vector<std::string_view>& updates) {
  Document document;
  const double spent = nanoseconds([&] {
    for (const std::string_view update : updates)
      must_apply(document, update);
  });
  print("per_update_ns", spent / static_cast<double>(updates.size()));
  print("all_ns", spent);
  print("blocks", static_cast<double>(document.size().blocks));
  Document hosted;
  const double both = nanoseconds([&] {
    for (const std::string_view update : updates) {
      if (!hosted.check(update, kFromBrowser)) std::exit(1);
      must_apply(hosted, update);
    }
  });
  print("checked_update_ns", both / static_cast<double>(updates.size()));
}

void load(std::string_view whole) {
  print("load_ns", nanoseconds([&] {
          Document document;
          must_apply(document, whole);
        }));
}

void late(std::string_view whole) {
  Document document;
  must_apply(document, whole);
  StateVector half;
  const StateVector vector = document.state_vector();  // outlives the walk over its entries
  for (const auto& [client, next_clock] : vector.entries()) {
    half.append(client, next_clock / 2);
  }
  std::size_t bytes = 0;
  print("late_ns", nanoseconds([&] { bytes = document.encode(half).size(); }));
  print("late_bytes", static_cast<double>(bytes));
}

void memory(std::string_view whole) {
  const auto before = mallinfo2();
  Document document;
  must_apply(document, whole);
  const auto loaded = mallinfo2();
  document.shrink_to_fit();
  const auto after = mallinfo2();
  const auto held = [](const auto& info) { return info.uordblks + info.hblkhd; };
  print("memory_loaded", static_cast<double>(held(loaded) - held(before)));
  print("memory", static_cast<double>(held(after) - held(before)));
  print("memory_said", static_cast<double>(document.size().memory_bytes));
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  const std::string_view what = arguments[1];
  const std::string file = read_all(arguments[2]);
  const auto updates = updates_of(file);
  if (updates.empty()) return 2;
  if (what == "keystrokes") keystrokes(updates);
  if (what == "load") load(updates.back());
  if (what == "late") late(updates.back());
  if (what == "memory") memory(updates.back());
}
