// Awareness messages from several connections.
#include "fuzz_notes.hpp"
#include "notes/awareness.hpp"

using namespace plenary::notes;
using plenary::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  AwarenessLimits limits;
  limits.max_clients = 8;
  Awareness here(limits);
  std::int64_t now_ms = 0;
  for (const std::string_view piece : plenary::fuzz::pieces(input)) {
    now_ms += 7'000;
    const std::uint64_t connection = piece.empty() ? 0 : static_cast<unsigned char>(piece[0]) % 4U;
    const auto changed = here.apply(piece.empty() ? piece : piece.substr(1), connection, now_ms);
    require(here.size() <= limits.max_clients, "its bound holds");
    if (changed) {
      require(decode_awareness(here.encode(*changed), {}).has_value(), "what it tells decodes");
    }
    (void)here.expire(now_ms);
    if (piece.size() % 5 == 0) (void)here.leave(connection);
  }
  Awareness other(limits);
  require(other.apply(here.encode_all(), 1, now_ms).has_value(), "another takes all of it");
  require(other.encode_all() == here.encode_all(), "and tells the same");
  return 0;
}
