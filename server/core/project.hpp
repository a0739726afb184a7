// project(): what people see of a state. Whole audiences share it; a person's own things are apart.
//
// A view falls into parts, so that a flush looks only at those that its changes touched. The parts
// of a view never share an entity. Bounded: a room shows the first kEntriesInView of its queue.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/state.hpp"
#include "core/view/limits.hpp"
#include "plenary/v1/views.pb.h"
#include "plenary/v1/wire.pb.h"

namespace plenary::core {

// One part of a view: "session" (with counts), "agenda", "delegations", "announcements", or one
// room (the room, its entries, its speeches, its acts).
struct ViewPart {
  enum class Kind { session, agenda, delegations, announcements, room };
  Kind kind = Kind::session;
  std::string room_id;  // of Kind::room
  auto operator<=>(const ViewPart&) const = default;
};

// All parts of a session's view, in the order in which a whole view lists them.
std::vector<ViewPart> view_parts(const State& state);

// The parts that may look different after these changes. `before` is the state that they are
// applied to.
std::set<ViewPart> touched_parts(const State& before, const v1::Changes& changes);

std::vector<v1::ViewEntity> project(v1::Audience audience, const State& state,
                                    const ViewPart& part);
v1::SessionView project(v1::Audience audience,
                        const State& state);  // position is left to the caller

// The kind and id that a view knows an entity by.
v1::ViewRef view_ref(const v1::ViewEntity& entity);

// What one person sees of the own things. `now_ms` enters the estimated wait only.
v1::PersonalView project_person(const State& state, std::string_view person_id,
                                std::int64_t now_ms);

// Whether the person has the floor of any room.
bool has_floor(const State& state, std::string_view person_id);

// Whose own things may look different after changes: these people, and all who wait in these rooms,
// whose places and waits may be others. Naming those one by one would cost the length of a queue
// with each record, so that they are looked for once after many.
struct TouchedPeople {
  std::set<std::string> people;
  std::set<std::string> rooms;
};
// Adds what these changes touch. `before` is the state that they are applied to.
void touch_people(const State& before, const v1::Changes& changes, TouchedPeople& touched);
// Whether the person, or a delegation that the person belongs to, waits in one of the rooms.
bool waits_in(const State& state, std::string_view person_id, const std::set<std::string>& rooms);

// Which view the person reads: the staff's as a moderator or note-taker of anything (P2), hardly
// anything while not admitted (P4).
v1::Audience audience_of(const State& state, std::string_view person_id);

// Presence, as the host knows it, for questions whose answers show it.
struct Presence {
  struct Row {
    bool online = false;
    std::int64_t away_since_ms = 0;
  };
  std::map<std::string, Row, std::less<>> people;
};

// Answers a question (the id of the answer is left to the caller). Never changes anything.
v1::Answer answer(const State& state, const v1::Question& question, const v1::Actor& asker,
                  const Presence& presence, std::int64_t now_ms);

// The agenda as it can be imported again (S4).
v1::Agenda export_agenda(const State& state);

// The next moment at which time itself must act, and the command that does it; at_ms 0: none.
// `remove`: the retention has ended and the session is to be deleted.
struct Deadline {
  std::int64_t at_ms = 0;
  v1::Command command;
  bool remove = false;
};
Deadline next_deadline(const State& state);

}  // namespace plenary::core
