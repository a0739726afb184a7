// Who may (P2). What somebody may do stands in the grants of a person in the state, nowhere else,
// so that a role given or taken counts at once. The plenary's moderators, and those of the session,
// moderate every room.
#pragma once

#include <string_view>

#include "core/decide.hpp"
#include "core/refusal.hpp"

namespace plenary::core {

// room_id "": the session as a whole, thus its plenary. A removed or unadmitted person has no
// rights.
bool is_moderator(const State& state, std::string_view person_id, std::string_view room_id = {});
// Moderators and note-takers of the room, and who moderates the plenary.
bool is_staff(const State& state, std::string_view person_id, std::string_view room_id = {});
// Staff of any room: reads the staff's view.
bool is_staff_of_any(const State& state, std::string_view person_id);

// Of an actor: the organizer may what a moderator of the session may; the system and the edge
// nothing of it.
bool may_moderate(const State& state, const v1::Actor& actor, std::string_view room_id = {});
bool may_staff(const State& state, const v1::Actor& actor, std::string_view room_id = {});

// FORBIDDEN, unless it may.
Allowed need_moderator(const State& state, const Context& context, std::string_view room_id = {});
Allowed need_staff(const State& state, const Context& context, std::string_view room_id = {});

// Whether the actor is this person.
bool is_actor(const Context& context, std::string_view person_id);
// The person who acts; nullptr for the organizer, the system and the edge.
const v1::Person* acting_person(const State& state, const Context& context);

// Whether the person is the delegation's and somebody who may know has said so (P5). Who only
// claims it reads nothing of the delegation's and acts in nothing for it.
bool is_member(const v1::Person& person, std::string_view delegation_id);
// Whether the holder of the request is this person, or a delegation with this member (Q16).
bool is_holder(const State& state, const v1::Request& request, std::string_view person_id);

}  // namespace plenary::core
