// One entry of a queue: which one a command means, whose it is, who else waits in its stead.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "core/changes.hpp"
#include "core/refusal.hpp"

namespace plenary::core {

// The entry that a command names. STALE if it waits no more: it was called, withdrawn or removed
// meanwhile, or by the other click of a double click (Q5). Never nullptr.
std::expected<const v1::Request*, v1::Refusal> find_waiting(const State& state,
                                                            std::string_view request_id);

// Whether the actor may act as the owner of the entry (Q16, P6): its speaker, its holder, a
// confirmed member of the delegation that holds it (UNCONFIRMED for one who only claims to be), or
// staff, for a person without a device and for what staff raised on someone's behalf. Else
// FORBIDDEN.
Allowed need_owner(const State& state, const Context& context, const v1::Request& request);

// Another entry of the same holder and kind in the same queue, as drafted (Q4); nullptr if there is
// none.
const v1::Request* waiting_alike(const Draft& draft, const v1::Request& request);

// Puts an entry back as it was: an undo. It goes to the place that it had; what the same holder
// raised for the same kind meanwhile goes, as its place is the worse one (Q4). Nothing happens for
// somebody who was removed meanwhile, or an item that was.
void restore_request(Draft& draft, const v1::Request& before);

// The name of who would speak, for the list of recent acts; "" if nobody is known any more.
std::string speaker_name(const State& state, const v1::Request& request);

}  // namespace plenary::core
