// What undoing does, per kind of act (Q15). Each changes the draft, or refuses as STALE where the
// state has moved on in a way that the act's touches did not show. The act itself is removed by the
// caller.
#pragma once

#include "core/changes.hpp"
#include "core/refusal.hpp"

namespace plenary::core {

// The speech is void, the entry has its place again, the speech before goes on, unless its speaker
// was removed.
Allowed undo_grant(Draft& draft, const v1::Act& act);
// The speech goes on; what came back when it ended is suspended again.
Allowed undo_end(Draft& draft, const v1::Act& act);
// The item's run has never been; the item before goes on with its speeches, the queue is as it was.
Allowed undo_start_item(Draft& draft, const v1::Act& act);
// The entry has band and key again; what else was said about it since then stays.
Allowed undo_move(Draft& draft, const v1::Act& act);
// Clear, removal, withdrawal: the entries have their places again.
Allowed undo_departure(Draft& draft, const v1::Act& act);

}  // namespace plenary::core
