// The queue of a room: its presets, who stands where and why, and what a start, an end or an undo
// do to it (Q).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/changes.hpp"
#include "plenary/v1/views.pb.h"

namespace plenary::core {

// The kinds that the room's preset offers, in the order of their bands (Q3).
std::vector<v1::RequestKind> offered_kinds(const v1::RoomSettings& settings);
// 0 is called first; nothing for a kind that the preset doesn't offer.
std::optional<std::int32_t> band_of(v1::Preset preset, v1::RequestKind kind);

// The inscriptions of a later item become requests of the room's present queue (Q17). Where the
// holder waits there for the same kind already, the one that stands better stays (Q4). Returns what
// changed or went, as it was before, for the act that can undo it.
std::vector<v1::Request> activate_inscriptions(Draft& draft, const State& state,
                                               std::string_view room_id, std::string_view item_id);
// All that waits in the present queue of the room goes. Returns what went, for the act that can
// undo it.
std::vector<v1::Request> clear_queue(Draft& draft, const State& state, std::string_view room_id);

// 1 is next; 0 for a held entry. Logarithmic.
int place_of(const State& state, const v1::Request& request);

struct WaitRange {
  std::int64_t low_ms = 0;
  std::int64_t high_ms = 0;  // both 0: unknown
};
WaitRange estimated_wait(const State& state, const v1::Request& request, std::int64_t now_ms);

// Keeps an act that can be undone (Q15): acts that touch one of the same things go, and the oldest
// of the room beyond kMaxActsOfRoom. The id is made fresh if it is empty.
void remember_act(Draft& draft, const State& state, v1::Act act);

// Why the request stands where it stands (Q10). `inside`: the asker is staff or owner, and reads
// the reason that the chair gave for a move, and who moved it also where the room hides names (P8).
v1::PlaceExplanation explain_place(const State& state, const v1::Request& request, bool inside);

}  // namespace plenary::core
