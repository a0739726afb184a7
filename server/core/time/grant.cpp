#include "core/time/grant.hpp"

#include "core/limits.hpp"
#include "core/phase.hpp"
#include "core/queue/acts.hpp"
#include "core/queue/order.hpp"
#include "core/rights.hpp"
#include "core/session/fields.hpp"
#include "core/time/floor.hpp"

namespace plenary::core {
namespace {

// T4: what may suspend the speech that runs, instead of ending it.
bool interrupts(const v1::Room& room, v1::RequestKind kind) {
  return room.settings().interruption_suspends() && !room.current_speech_id().empty() &&
         (kind == v1::REQUEST_KIND_POINT_OF_ORDER || kind == v1::REQUEST_KIND_CLARIFYING_QUESTION);
}

// Names, delegation and kind as they are now (T6).
v1::Speech speech_of(const State& state, const v1::Room& room, const v1::Request& request,
                     const v1::Person& person, std::int64_t limit_ms) {
  v1::Speech speech;
  speech.set_room_id(room.id());
  speech.set_item_id(room.current_item_id());
  speech.set_run_id(room.current_run_id());
  speech.set_kind(request.kind());
  speech.set_person_id(person.id());
  speech.set_name(person.name());
  speech.set_delegation_id(person.delegation_id());
  const v1::Delegation* delegation = state.delegation(person.delegation_id());
  speech.set_delegation_name(delegation != nullptr ? delegation->name().text()
                                                   : person.delegation_text());
  speech.set_delegation_confirmed(person.delegation_confirmed());
  speech.set_holder_delegation_id(request.holder_delegation_id());
  speech.set_limit_ms(limit_ms);
  speech.set_topic_speech_id(request.topic_speech_id());
  if (request.kind() == v1::REQUEST_KIND_NEW_TOPIC) speech.set_topic_note(request.note());
  speech.set_request_id(request.id());
  return speech;
}

// The speech that has the floor makes way: suspended or ended. Notes in the act what undoing needs.
void make_way(Draft& draft, v1::Room& room, v1::RequestKind kind, v1::Act& act) {
  act.set_speech_before_id(room.current_speech_id());
  if (room.current_speech_id().empty()) return;
  if (interrupts(room, kind)) {
    act.set_speech_before_suspended(true);
    suspend_speech(draft, room);
    return;
  }
  note_speech(*draft.get<v1::Speech>(room.current_speech_id()), *act.mutable_stopped());
  // Those that wait inside a suspension go on waiting: they come back when this one ends.
  close_speech(draft.edit<v1::Speech>(room.current_speech_id()), draft.now_ms());
  room.clear_current_speech_id();
}

}  // namespace

std::expected<void, v1::Refusal> check_grant(const State& state, const v1::Room& room,
                                             std::string_view seen_speech_id,
                                             const Context& context) {
  if (auto allowed = need_moderator(state, context, room.id()); !allowed) return allowed;
  if (auto live = need_live(state); !live) return live;
  if (room.current_speech_id() != seen_speech_id) {
    return refuse(v1::REFUSAL_CODE_STALE, "seen_speech_id", "the speech that has the floor");
  }
  return {};
}

std::expected<Decision, v1::Refusal> grant(const State& state, const v1::Room& room,
                                           const v1::Request& request, std::int64_t limit_ms,
                                           const Context& context) {
  if (auto allowed = check_range(limit_ms, kMaxLimitMs, "limit_ms"); !allowed) {
    return Refused(allowed.error());
  }
  if (limit_ms == 0) limit_ms = limit_of_request(state, room, request);
  const v1::Person* person = state.person(request.speaker_person_id());
  if (person == nullptr || person->removed()) {
    return refuse(v1::REFUSAL_CODE_REMOVED, "request_id");
  }
  if (state.speeches().size() >= kMaxSpeeches) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, "speeches", kMaxSpeeches);
  }
  if (interrupts(room, request.kind()) &&
      static_cast<std::size_t>(room.suspended_speech_ids_size()) >= kMaxSuspended) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, "suspended speeches", kMaxSuspended);
  }
  Draft draft(state, context);
  v1::Act act;
  act.set_room_id(room.id());
  act.set_kind(v1::ACT_KIND_GRANT);
  act.set_by_person_id(context.actor.person_id());
  act.set_at_ms(context.now_ms);
  act.add_touches(floor_of(room.id()));
  if (!request.id().empty()) {
    act.add_touches(thing_of_request(request.id()));
    *act.add_requests_before() = request;
  }
  act.set_topic_before_id(room.topic_speech_id());
  act.set_subject(person->name());

  v1::Room& edited = draft.edit<v1::Room>(room.id());
  make_way(draft, edited, request.kind(), act);
  v1::Speech speech = speech_of(state, room, request, *person, limit_ms);
  speech.set_id(draft.fresh_id());
  speech.set_granted_at_ms(context.now_ms);
  if (room.settings().clock_waits_for_start()) {
    speech.set_state(v1::SPEECH_STATE_AWAITING_START);
  } else {
    run_speech(draft, speech);
  }
  const std::string speech_id = speech.id();
  act.set_speech_id(speech_id);
  edited.set_current_speech_id(speech_id);
  if (request.kind() == v1::REQUEST_KIND_NEW_TOPIC) edited.set_topic_speech_id(speech_id);
  draft.put(std::move(speech));
  if (!request.id().empty()) draft.remove<v1::Request>(request.id());
  remember_act(draft, state, std::move(act));
  return draft.finish(speech_id);
}

}  // namespace plenary::core
