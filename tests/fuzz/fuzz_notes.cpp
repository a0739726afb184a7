#include "fuzz_notes.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

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

void check_document(const notes::Document& document) {
  using namespace notes;
  // What waits may be refused elsewhere, if clients have lied about its clocks; it must do no harm.
  Document other;
  (void)other.apply(document.encode(), kFromStore);
  const std::string bytes = document.encode_settled();
  Document copy({.roots = {}, .keep_deleted = true, .limits = {}});
  require(copy.apply(bytes, kFromStore).has_value(), "it takes back what it has encoded");
  require(copy.state_vector() == document.state_vector(), "a copy knows as much");
  require(copy.snapshot() == document.snapshot(), "a copy has the same deleted");
  require(copy.content_hash() == document.content_hash(), "a copy shows the same");
  std::string snapshot;
  encode(document.snapshot(), snapshot);
  const auto decoded = decode_snapshot(snapshot);
  require(decoded.has_value() && *decoded == document.snapshot(), "a snapshot comes back");
  require(document.encode_settled(document.state_vector()).size() <= bytes.size(),
          "a diff is no longer");
}

}  // namespace plenary::fuzz
