// A store's blocks back to bytes, as Yjs writes them. INTERNAL; Document has the public names.
#pragma once

#include <string>

#include "notes/bytes.hpp"
#include "notes/ids.hpp"
#include "notes/store.hpp"

namespace plenary::notes {

StateVector state_vector_of(const Store& store);
DeleteSet deleted_of(const Store& store);

// Structs of a client from a clock on, up to another one: pieces of what is one for Yjs are joined.
struct ClientPart {
  ClientIndex client;
  std::uint32_t from;
  std::uint32_t to;
};
// How many structs that is.
std::size_t count_structs(const Store& store, const ClientPart& part);
void write_structs(Writer& out, const Store& store, const ClientPart& part);

// All that `known` lacks, less what waits; and all that is deleted.
void encode_diff(const Store& store, const StateVector& known, std::string& out);
// What the document was at a snapshot. Content that is deleted since must not be collected.
void encode_at(const Store& store, const Snapshot& snapshot, std::string& out);

}  // namespace plenary::notes
