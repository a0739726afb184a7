// apply(): what a record does to a state. It puts and removes whole entities, never fails and knows
// no rules, so that a record means for ever what it meant when it was written.
#pragma once

#include "core/state.hpp"

namespace plenary::core {

void apply(State& state, const v1::Changes& changes);

// What takes `changes` back from a state that they are about to be applied to.
v1::Changes inverse(const State& state, const v1::Changes& changes);

// The whole state as entities, for a snapshot; putting them all into an empty State gives it again.
void append_entities(const State& state, v1::Snapshot& snapshot);

// The lowest reader version of the records that this build writes, and the highest that it
// understands.
// 2: people merged into others, and when somebody was seen apart from the person.
inline constexpr int kReaderVersion = 2;

}  // namespace plenary::core
