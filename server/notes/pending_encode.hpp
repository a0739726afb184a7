// Encoding what is known and what waits as one update. INTERNAL.
#pragma once

#include <optional>
#include <string>

#include "notes/pending.hpp"
#include "notes/store.hpp"

namespace plenary::notes {

// All that `known` lacks, with Skip structs where something is missing in between.
void encode_with_pending(const Store& store, const Pending& pending, const StateVector& known,
                         std::string& out);

// Why a store cannot show a snapshot: what it doesn't know, or has collected though it was visible.
std::optional<Refusal> first_lack(const Store& store, const Snapshot& snapshot);

}  // namespace plenary::notes
