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
  Document copy(options);
  require(copy.apply(bytes, kFromStore).has_value(), "it takes back what it has encoded");
  require(copy.state_vector() == document.state_vector(), "a copy knows as much");
  require(copy.snapshot() == document.snapshot(), "a copy has the same deleted");
  require(copy.content_hash() == document.content_hash(), "a copy shows the same");
  require(copy.encode() == bytes, "a copy is encoded the same, what waits too");
  std::string snapshot;
  encode(document.snapshot(), snapshot);
  const auto decoded = decode_snapshot(snapshot);
  require(decoded.has_value() && *decoded == document.snapshot(), "a snapshot comes back");
  require(document.encode(document.state_vector()).size() <= bytes.size(), "a diff is no longer");
}

}  // namespace plenary::fuzz
