#include "fuzz_notes.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

// Most of a run is allocation: short stacks and a short memory for what was freed make it quicker,
// and every run is over soon.
extern "C" const char* __asan_default_options() {  // NOLINT: the sanitizer's name
  return "malloc_context_size=2:quarantine_size_mb=4";
}

namespace plenary::fuzz {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

std::vector<std::string_view> pieces(std::string_view input) {
  std::vector<std::string_view> parts;
  while (!input.empty() && parts.size() < 16) {
    const std::size_t wanted = static_cast<unsigned char>(input.front());
    input.remove_prefix(1);
    const std::size_t size = wanted == 255 ? input.size() : std::min(wanted, input.size());
    parts.push_back(input.substr(0, size));
    input.remove_prefix(size);
  }
  return parts;
}

void check_document(const notes::Document& document, const notes::DocumentOptions& options) {
  using namespace notes;
  const std::string bytes = document.encode();
  const StateVector known = document.state_vector();
  Document copy(options);
  require(copy.apply(bytes, kFromStore).has_value(), "it takes back what it has encoded");
  require(copy.state_vector() == known, "a copy knows as much");
  const bool equal = copy.snapshot() == document.snapshot() &&
                     copy.content_hash() == document.content_hash() && copy.encode() == bytes;
  require(equal || !is_honest(document), "a copy has, shows, encodes the same, what waits too");
  // One who knows half of it is told the rest; who knows all learns nothing from that.
  StateVector half;
  for (const auto& [client, next_clock] : known.entries())
    half.append(client, next_clock / 2);
  const std::string before = copy.encode();
  const std::string rest = document.encode(half);
  require(copy.apply(rest, kFromStore).has_value(), "a diff is taken");
  require(copy.encode() == before || !is_honest(document), "and brings nothing new");
  std::string snapshot;
  encode(document.snapshot(), snapshot);
  const auto decoded = decode_snapshot(snapshot);
  require(decoded.has_value() && *decoded == document.snapshot(), "a snapshot comes back");
  require(document.encode(known).size() <= bytes.size(), "a diff is no longer");
}

}  // namespace plenary::fuzz
