// The current item of a room ends; what could be undone there no longer can.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "core/changes.hpp"

namespace plenary::core {

// The run that is current in the room ends, and the speeches with it (S8). Nothing if there is
// none.
void end_current_run(Draft& draft, std::string_view room_id);

// The latest run of the item, which has ended, goes on and is current in the room. "" or an item
// that has gone: nothing is current.
void reopen_run(Draft& draft, v1::Room& room, const std::string& item_id);

// Acts of the room that touch one of these things ("floor:<room>", …) cannot be undone any more
// (Q15): something that is no act itself has happened to them.
void forget_acts(Draft& draft, std::string_view room_id,
                 std::initializer_list<std::string_view> things);

}  // namespace plenary::core
