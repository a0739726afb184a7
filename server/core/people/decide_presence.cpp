// Where people are (P9), and that they were here (attendance).
#include "core/changes.hpp"
#include "core/people/commands.hpp"
#include "core/phase.hpp"
#include "core/rights.hpp"

namespace plenary::core {

// A person is present in one room at a time; hands raised elsewhere stay there (P9).
std::expected<Decision, v1::Refusal> decide_enter_room(const State& state,
                                                       const v1::EnterRoom& command,
                                                       const Context& context) {
  const v1::Person* person = acting_person(state, context);
  if (person == nullptr) return refuse(v1::REFUSAL_CODE_FORBIDDEN, {}, "a person");
  if (state.room(command.room_id()) == nullptr) {
    return refuse(v1::REFUSAL_CODE_NOT_FOUND, "room_id");
  }
  Draft draft(state, context);
  draft.edit<v1::Person>(person->id()).set_room_id(command.room_id());
  return draft.finish();
}

std::expected<Decision, v1::Refusal> decide_note_seen(const State& state,
                                                      const v1::NoteSeen& command,
                                                      const Context& context) {
  if (context.actor.kind() != v1::ACTOR_KIND_SYSTEM) return refuse(v1::REFUSAL_CODE_FORBIDDEN);
  Draft draft(state, context);
  // After the close attendance is settled.
  if (phase(state) == v1::SESSION_PHASE_CLOSED) return draft.finish();
  for (const auto& id : command.person_ids()) {
    const v1::Person* person = state.person(id);
    if (person == nullptr || person->removed()) continue;
    v1::Seen seen;
    seen.set_id(id);
    seen.set_at_ms(context.now_ms);
    draft.put(std::move(seen));
  }
  return draft.finish();
}

}  // namespace plenary::core
