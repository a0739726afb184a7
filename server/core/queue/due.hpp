// Who is due: whom the agenda names for a room's current item and who has not had the floor for it
// (P6). Pure.
#pragma once

#include <string>
#include <vector>

#include "core/state.hpp"
#include "plenary/v1/views.pb.h"

namespace plenary::core {

// Whether an item is current and nobody has had the floor for it: a speech that was given by
// mistake and undone is none. Costs the speeches of the room since the item first began.
bool is_unspoken(const State& state, const v1::Room& room);

// The ids of those who are due, in the item's order, each once, with a hand up or without; nobody
// in a break. Whose hand the chair holds is not called, and so not due (Q8). Where names are
// hidden, everyone reads all of these or, once somebody has spoken, none: whoever went from the
// list would be the one who spoke (P8).
std::vector<std::string> due_person_ids(v1::Audience audience, const State& state,
                                        const v1::Room& room);

}  // namespace plenary::core
