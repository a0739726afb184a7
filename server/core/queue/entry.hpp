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

// LIMIT_REACHED, if so many bytes of notes and reasons more were too many for the room. What is
// there already counts, also where it is to be replaced.
Allowed check_note_bytes(const State& state, std::string_view room_id, std::string_view text,
                         std::string_view field);

// From now on this person speaks from the entry's place. What was asked of, and told to, the one
// before says nothing to this one.
void name_speaker(v1::Request& request, const std::string& person_id);

// Puts an entry back as it was: an undo. It goes to the place that it had; what the same holder
// raised for the same kind meanwhile goes, as its place is the worse one (Q4). Who is not of the
// delegation any more, or was removed, does not speak from its place: another member does. Nothing
// happens if nobody is left, or the item has gone.
void restore_request(Draft& draft, const v1::Request& before);

// The name of who would speak, for the list of recent acts; "" if nobody is known any more.
std::string speaker_name(const State& state, const v1::Request& request);

}  // namespace plenary::core
