// RemovePerson (P4): tokens and personal invitation are refused from now on, roles and hands go, a
// speech ends. The person's name stays with the speeches that were held.
#include "core/agenda/runs.hpp"
#include "core/people/commands.hpp"
#include "core/people/members.hpp"
#include "core/queue/acts.hpp"
#include "core/rights.hpp"
#include "core/time/floor.hpp"

namespace plenary::core {
namespace {

void drop_requests(Draft& draft, const State& state, const std::string& person_id) {
  leave_places(draft, person_id);
  for (const auto& id : state.requests_of_person(person_id)) {
    if (state.request(id)->holder_person_id() == person_id) draft.remove<v1::Request>(id);
  }
}

// A speech of who is not here any more does not go on (P4): that it ended can't be undone. Of a
// grant and a start the rest can.
void forget_ends_of(Draft& draft, const State& state, const std::string& person_id) {
  for (const auto& [id, act] : state.acts()) {
    if (act->kind() != v1::ACT_KIND_END) continue;
    const v1::Speech* speech = state.speech(act->speech_id());
    if (speech != nullptr && speech->person_id() == person_id) draft.remove<v1::Act>(id);
  }
}

void end_speeches_of(Draft& draft, const State& state, const std::string& person_id) {
  for (const auto& [room_id, room] : state.rooms()) {
    std::vector<std::string> open(room->suspended_speech_ids().begin(),
                                  room->suspended_speech_ids().end());
    if (!room->current_speech_id().empty()) open.push_back(room->current_speech_id());
    for (const auto& speech_id : open) {
      if (state.speech(speech_id)->person_id() != person_id) continue;
      end_speech(draft, speech_id);
      forget_acts(draft, room_id, {floor_of(room_id)});
    }
  }
}

}  // namespace

std::expected<Decision, v1::Refusal> decide_remove_person(const State& state,
                                                          const v1::RemovePerson& command,
                                                          const Context& context) {
  if (auto allowed = need_moderator(state, context); !allowed) return Refused(allowed.error());
  auto before = find_person(state, command.person_id());
  if (!before) return Refused(before.error());
  Draft draft(state, context);
  drop_requests(draft, state, command.person_id());
  end_speeches_of(draft, state, command.person_id());
  forget_ends_of(draft, state, command.person_id());
  for (const auto& [id, invitation] : state.invitations()) {
    if (invitation->personal() && invitation->person_id() == command.person_id()) {
      draft.edit<v1::Invitation>(id).set_revoked(true);
    }
  }
  auto& person = draft.edit<v1::Person>(command.person_id());
  person.set_removed(true);
  person.clear_grants();
  person.set_token_generation(person.token_generation() + 1);
  if (auto allowed = need_a_moderator_left(draft); !allowed) return Refused(allowed.error());
  return draft.finish();
}

}  // namespace plenary::core
