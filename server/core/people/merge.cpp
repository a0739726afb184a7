#include "core/people/merge.hpp"

#include <algorithm>
#include <vector>

#include "core/agenda/runs.hpp"
#include "core/people/members.hpp"
#include "core/queue/acts.hpp"
#include "core/queue/entry.hpp"

namespace plenary::core {
namespace {

// The same role of the same room stands once. One that a moderator gave outlasts an invitation.
void add_grant(v1::Person& person, const v1::Grant& grant) {
  for (v1::Grant& held : *person.mutable_grants()) {
    if (held.role() != grant.role() || held.room_id() != grant.room_id()) continue;
    if (grant.invitation_id().empty()) held.clear_invitation_id();
    return;
  }
  *person.add_grants() = grant;
}

// Whose the place is now: where the room says so, the delegation's (Q4, Q16).
void set_holder(const Draft& draft, const v1::Person& person, v1::Request& request) {
  const v1::Room* room = draft.get<v1::Room>(request.room_id());
  const bool by_delegation = room->settings().holder() == v1::HOLDER_KIND_DELEGATION &&
                             person.delegation_confirmed() &&
                             draft.get<v1::Delegation>(person.delegation_id()) != nullptr;
  request.set_holder_person_id(by_delegation ? std::string() : person.id());
  request.set_holder_delegation_id(by_delegation ? person.delegation_id() : std::string());
}

void move_request(const Draft& draft, const std::string& from_id, const v1::Person& into,
                  v1::Request& request) {
  if (request.raised_by_person_id() == from_id) request.set_raised_by_person_id(into.id());
  const std::string delegation_id = request.holder_delegation_id();
  if (!delegation_id.empty() && delegation_id != into.delegation_id()) {
    // The place of a delegation that neither of the two speaks for any more.
    const std::string other = another_member(draft.state(), delegation_id, from_id);
    if (!other.empty()) {
      request.set_speaker_person_id(other);
      request.clear_asked();
      request.clear_told_next();
      return;
    }
  }
  request.set_speaker_person_id(into.id());
  if (delegation_id.empty() || delegation_id != into.delegation_id()) {
    set_holder(draft, into, request);
  }
}

void keep_better(Draft& draft, const std::string& one_id, const std::string& other_id) {
  const v1::Request* one = draft.get<v1::Request>(one_id);
  const v1::Request* other = draft.get<v1::Request>(other_id);
  const bool first = queue_key(*one) < queue_key(*other);
  const v1::Request worse = first ? *other : *one;
  v1::Request& better = draft.edit<v1::Request>(first ? one_id : other_id);
  if (better.note().empty()) better.set_note(worse.note());
  // Held is what the chair said of one hand; the other could be called.
  better.set_held(better.held() && worse.held());
  draft.remove<v1::Request>(worse.id());
  forget_acts(draft, worse.room_id(), {thing_of_request(worse.id())});
}

void rename(v1::Request& request, const std::string& from_id, const std::string& into_id) {
  if (request.speaker_person_id() == from_id) request.set_speaker_person_id(into_id);
  if (request.holder_person_id() == from_id) request.set_holder_person_id(into_id);
  if (request.raised_by_person_id() == from_id) request.set_raised_by_person_id(into_id);
}

bool names(const v1::Act& act, const std::string& person_id) {
  if (act.by_person_id() == person_id) return true;
  return std::any_of(act.requests_before().begin(), act.requests_before().end(),
                     [&](const v1::Request& request) {
                       return request.speaker_person_id() == person_id ||
                              request.holder_person_id() == person_id ||
                              request.raised_by_person_id() == person_id;
                     });
}

void merge_acts(Draft& draft, const std::string& from_id, const std::string& into_id) {
  for (const v1::Act* act : draft.all<v1::Act>(draft.state().acts())) {
    if (!names(*act, from_id)) continue;
    v1::Act& edited = draft.edit<v1::Act>(std::string(act->id()));
    if (edited.by_person_id() == from_id) edited.set_by_person_id(into_id);
    for (v1::Request& before : *edited.mutable_requests_before()) {
      rename(before, from_id, into_id);
    }
  }
}

void merge_speakers(Draft& draft, const std::string& from_id, const std::string& into_id) {
  for (const auto& [id, item] : draft.state().items()) {
    for (int at = 0; at < item->speakers_size(); ++at) {
      if (item->speakers(at).person_id() != from_id) continue;
      draft.edit<v1::AgendaItem>(id).mutable_speakers(at)->set_person_id(into_id);
    }
  }
}

}  // namespace

v1::Person merged_person(const v1::Person& from, const v1::Person& into) {
  v1::Person person = into;
  if (claim_of(into).empty()) {
    set_claim(person, claim_of(from));
    person.set_delegation_confirmed(from.delegation_confirmed());
  } else if (claim_of(into) == claim_of(from)) {
    person.set_delegation_confirmed(into.delegation_confirmed() || from.delegation_confirmed());
  }
  if (into.without_device()) person.set_room_id(from.room_id());
  person.set_without_device(into.without_device() && from.without_device());
  person.set_admitted(into.admitted() || from.admitted());
  person.set_muted(into.muted() || from.muted());
  for (const v1::Grant& grant : from.grants())
    add_grant(person, grant);
  for (const v1::Grant& grant : from.taken_grants())
    *person.add_taken_grants() = grant;
  if (into.invitation_id().empty()) person.set_invitation_id(from.invitation_id());
  person.set_entered_at_ms(std::min(into.entered_at_ms(), from.entered_at_ms()));
  return person;
}

void merge_requests(Draft& draft, const std::string& from_id, const v1::Person& into) {
  const auto& ids = draft.state().requests_of_person(from_id);
  for (const std::string& id : ids) {
    move_request(draft, from_id, into, draft.edit<v1::Request>(id));
  }
  for (const std::string& id : ids) {
    const v1::Request* request = draft.get<v1::Request>(id);
    if (request == nullptr) continue;
    const v1::Request* alike = waiting_alike(draft, *request);
    if (alike != nullptr) keep_better(draft, id, std::string(alike->id()));
  }
}

void merge_traces(Draft& draft, const std::string& from_id, const std::string& into_id) {
  const State& state = draft.state();
  for (const auto& [id, speech] : state.speeches()) {
    if (speech->person_id() == from_id) draft.edit<v1::Speech>(id).set_person_id(into_id);
  }
  merge_speakers(draft, from_id, into_id);
  for (const auto& [id, invitation] : state.invitations()) {
    if (invitation->person_id() == from_id) {
      draft.edit<v1::Invitation>(id).set_person_id(into_id);
    }
  }
  merge_acts(draft, from_id, into_id);
  for (const auto& [id, person] : state.people()) {
    if (person->merged_into() == from_id) draft.edit<v1::Person>(id).set_merged_into(into_id);
  }
  if (const v1::Seen* from = state.seen(from_id)) {
    v1::Seen seen;
    seen.set_id(into_id);
    seen.set_at_ms(std::max(from->at_ms(), state.last_seen_ms(into_id)));
    draft.put(std::move(seen));
    draft.remove<v1::Seen>(from_id);
  }
}

}  // namespace plenary::core
