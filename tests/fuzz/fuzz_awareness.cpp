// Awareness messages from several connections.
#include "fuzz_notes.hpp"
#include "notes/awareness.hpp"

using namespace plenary::notes;
using plenary::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  AwarenessLimits limits;
  limits.max_clients = 8;
  limits.max_clients_of_connection = 3;
  limits.max_clients_of_person = 5;
  limits.gone_kept_ms = 50'000;
  Awareness here(limits);
  std::int64_t now_ms = 0;
  for (const std::string_view piece : plenary::fuzz::pieces(input)) {
    now_ms += 7'000;
    const std::uint64_t connection = piece.empty() ? 0 : static_cast<unsigned char>(piece[0]) % 4U;
    const std::string_view person = connection % 2 == 0 ? "a" : "b";
    const std::string before = here.encode_all();
    const auto heard =
        here.apply(piece.empty() ? piece : piece.substr(1), {connection, person}, now_ms);
    require(here.size() <= limits.max_clients, "its bound holds");
    require(heard || here.encode_all() == before, "a refusal changes nobody who is here");
    if (heard) {
      require(decode_awareness(here.encode(heard->changed), {}).has_value(),
              "what it tells decodes");
      require(decode_awareness(here.encode(heard->behind), {}).has_value(), "and what it answers");
    }
    (void)here.expire(now_ms);
    if (piece.size() % 5 == 0) {
      require(here.leave(connection).size() <= limits.max_clients_of_connection, "few of each");
      require(here.leave(connection).empty(), "who left is gone");
    }
  }
  Awareness other;
  require(other.apply(here.encode_all(), {1, "a"}, now_ms).has_value(), "another takes all of it");
  require(other.encode_all() == here.encode_all(), "and tells the same");
  return 0;
}
