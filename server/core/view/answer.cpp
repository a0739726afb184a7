// answer(): questions, whose answers would be too much to send to all. Each says who may ask.
#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

#include "core/project.hpp"
#include "core/queue/order.hpp"
#include "core/refusal.hpp"
#include "core/rights.hpp"
#include "core/view/limits.hpp"
#include "core/view/parts.hpp"
#include "core/view/sums.hpp"

namespace plenary::core {
namespace {

std::size_t page_size(int limit) {
  return static_cast<std::size_t>(limit <= 0 ? kDefaultPage : std::min(limit, kMaxPage));
}

v1::Answer refused(Refused refusal) {
  v1::Answer answer;
  *answer.mutable_refusal() = std::move(refusal).error();
  return answer;
}

// The organizer counts as staff of everything.
bool is_staff_anywhere(const State& state, const v1::Actor& asker) {
  return asker.kind() == v1::ACTOR_KIND_ORGANIZER ||
         (asker.kind() == v1::ACTOR_KIND_PERSON && is_staff_of_any(state, asker.person_id()));
}

v1::Audience audience_of(const State& state, const v1::Actor& asker) {
  return is_staff_anywhere(state, asker) ? v1::AUDIENCE_STAFF : v1::AUDIENCE_EVERYONE;
}

// ---- Q10
v1::Answer explain(const State& state, const v1::ExplainPlace& question, const v1::Actor& asker) {
  const v1::Request* request = state.request(question.request_id());
  if (request == nullptr) return refused(refuse(v1::REFUSAL_CODE_NOT_FOUND, "request_id"));
  const bool owner =
      asker.kind() == v1::ACTOR_KIND_PERSON &&
      (is_holder(state, *request, asker.person_id()) ||
       (!asker.person_id().empty() && request->speaker_person_id() == asker.person_id()));
  const bool inside = owner || is_staff_anywhere(state, asker);
  // Others don't see held entries at all (P8).
  if (request->held() && !inside) {
    return refused(refuse(v1::REFUSAL_CODE_NOT_FOUND, "request_id"));
  }
  v1::Answer answer;
  *answer.mutable_place() = explain_place(state, *request, inside);
  return answer;
}

// ---- people, for staff (P3), in the order of names
std::string folded(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool matches(const State& state, const v1::Person& person, const std::string& wanted) {
  if (wanted.empty()) return true;
  const auto has = [&](std::string_view text) {
    return folded(text).find(wanted) != std::string::npos;
  };
  const v1::Delegation* delegation = state.delegation(person.delegation_id());
  return has(person.name()) || has(person.delegation_text()) ||
         (delegation != nullptr && has(delegation->name().text()));
}

v1::PersonRow person_row(const v1::Person& person, const Presence& presence) {
  v1::PersonRow row;
  row.set_person_id(person.id());
  row.set_name(person.name());
  row.set_delegation_id(person.delegation_id());
  row.set_delegation_text(person.delegation_text());
  row.set_delegation_confirmed(person.delegation_confirmed());
  row.set_admitted(person.admitted());
  row.set_muted(person.muted());
  row.set_removed(person.removed());
  row.set_without_device(person.without_device());
  row.set_room_id(person.room_id());
  *row.mutable_grants() = shown_grants(person);
  if (const auto found = presence.people.find(person.id()); found != presence.people.end()) {
    row.set_online(found->second.online);
    row.set_away_since_ms(found->second.away_since_ms);
  }
  return row;
}

v1::Answer list_people(const State& state, const v1::ListPeople& question,
                       const Presence& presence) {
  const std::string wanted = folded(question.search());
  using Key = std::pair<std::string, std::string>;  // folded name, id
  Key after;
  if (!question.after().empty()) {
    const v1::Person* last = state.person(question.after());
    if (last == nullptr) return refused(refuse(v1::REFUSAL_CODE_NOT_FOUND, "after"));
    after = {folded(last->name()), last->id()};
  }
  std::vector<Key> found;
  int total = 0;
  for (const auto& [id, person] : state.people()) {
    if (!person->merged_into().empty() || !matches(state, *person, wanted)) continue;
    ++total;
    Key key{folded(person->name()), id};
    if (question.after().empty() || after < key) found.push_back(std::move(key));
  }
  const std::size_t count = std::min(found.size(), page_size(question.limit()));
  const auto end = found.begin() + static_cast<std::ptrdiff_t>(count);
  std::partial_sort(found.begin(), end, found.end());
  v1::Answer answer;
  v1::PeoplePage& page = *answer.mutable_people();
  page.set_total(total);
  for (auto at = found.begin(); at != end; ++at) {
    *page.add_people() = person_row(*state.person(at->second), presence);
  }
  if (count < found.size() && count > 0) page.set_next_after(found[count - 1].second);
  return answer;
}

// ---- the queue beyond the first entries. A page ends at a place of the order, so that the next
// begins behind it also when the entry there has gone meanwhile: "band.key.sequence.id".
std::string cursor_of(const v1::Request& request) {
  return std::to_string(request.band()) + "." + std::to_string(request.order_key()) + "." +
         std::to_string(request.sequence()) + "." + request.id();
}

std::optional<QueueKey> parse_cursor(std::string_view cursor) {
  QueueKey key;
  const auto number = [&](auto& value) {
    const char* end = cursor.data() + cursor.size();
    const auto [stop, error] = std::from_chars(cursor.data(), end, value);
    if (error != std::errc() || stop == end || *stop != '.') return false;
    cursor.remove_prefix(static_cast<std::size_t>(stop - cursor.data()) + 1);
    return true;
  };
  if (!number(key.band) || !number(key.order_key) || !number(key.sequence)) return std::nullopt;
  key.request_id = std::string(cursor);
  return key;
}

v1::Answer list_queue(const State& state, const v1::ListQueue& question, v1::Audience audience) {
  const v1::Room* room = state.room(question.room_id());
  if (room == nullptr) return refused(refuse(v1::REFUSAL_CODE_NOT_FOUND, "room_id"));
  std::optional<QueueKey> after;
  if (!question.after().empty()) {
    after = parse_cursor(question.after());
    if (!after) return refused(refuse_field("after", "next_after of the page before"));
  }
  const std::size_t limit = page_size(question.limit());
  auto ids = visible_queue(audience, state, room->id(), question.item_id(), limit + 1,
                           after ? &*after : nullptr);
  const bool more = ids.size() > limit;
  if (more) ids.pop_back();
  v1::Answer answer;
  v1::QueuePage& page = *answer.mutable_queue();
  page.set_total(audience == v1::AUDIENCE_STAFF
                     ? static_cast<int>(state.queue(room->id(), question.item_id()).size())
                     : state.callable_count(room->id(), question.item_id()));
  for (const auto& id : ids) {
    const v1::Request& request = *state.request(id);
    *page.add_entries() = entry_view(audience, state, request, state.place(request));
  }
  if (more) page.set_next_after(cursor_of(*state.request(ids.back())));
  return answer;
}

// ---- who may speak for the delegation that holds an entry (Q16): for its members and staff
v1::Answer list_members(const State& state, const v1::ListMembers& question,
                        const v1::Actor& asker) {
  const v1::Request* request = state.request(question.request_id());
  if (request == nullptr || request->holder_delegation_id().empty()) {
    return refused(refuse(v1::REFUSAL_CODE_NOT_FOUND, "request_id"));
  }
  const v1::Person* person = state.person(asker.person_id());
  const bool member = person != nullptr && person->delegation_confirmed() &&
                      is_holder(state, *request, person->id());
  if (!member && !may_staff(state, asker, request->room_id())) {
    return refused(refuse(v1::REFUSAL_CODE_FORBIDDEN));
  }
  v1::Answer answer;
  v1::MemberList& list = *answer.mutable_members();
  for (const auto& id : state.members(request->holder_delegation_id())) {
    const v1::Person& other = *state.person(id);
    if (!other.admitted() || !other.delegation_confirmed()) continue;
    if (static_cast<std::size_t>(list.members_size()) == kMaxMembersInAnswer) break;
    v1::MemberRow& row = *list.add_members();
    row.set_person_id(id);
    row.set_name(other.name());
  }
  return answer;
}

// ---- invitations, for the moderators of their scope
v1::Answer list_invitations(const State& state, const v1::Actor& asker) {
  v1::Answer answer;
  v1::InvitationList& list = *answer.mutable_invitations();
  bool may = may_moderate(state, asker);
  for (const auto& [id, room] : state.rooms())
    may = may || may_moderate(state, asker, id);
  if (!may) return refused(refuse(v1::REFUSAL_CODE_FORBIDDEN));
  for (const auto& [id, invitation] : state.invitations()) {
    if (!may_moderate(state, asker, invitation->room_id())) continue;
    v1::InvitationRow& row = *list.add_invitations();
    row.set_invitation_id(id);
    row.set_role(invitation->role());
    row.set_room_id(invitation->room_id());
    row.set_name(invitation->name());
    row.set_delegation_id(invitation->delegation_id());
    row.set_personal(invitation->personal());
    row.set_used_by_person_id(invitation->person_id());
    row.set_expires_at_ms(invitation->expires_at_ms());
    row.set_revoked(invitation->revoked());
    row.set_label(invitation->label());
  }
  return answer;
}

// A person who asks must be here and let in; the edge and the system ask nothing.
Allowed check_asker(const State& state, const v1::Actor& asker) {
  if (!state.exists()) return refuse(v1::REFUSAL_CODE_NOT_FOUND);
  if (asker.kind() == v1::ACTOR_KIND_ORGANIZER) return {};
  if (asker.kind() != v1::ACTOR_KIND_PERSON) return refuse(v1::REFUSAL_CODE_FORBIDDEN);
  const v1::Person* person = state.person(asker.person_id());
  if (person == nullptr) return refuse(v1::REFUSAL_CODE_UNKNOWN_TOKEN);
  if (person->removed()) return refuse(v1::REFUSAL_CODE_REMOVED);
  if (!person->admitted()) return refuse(v1::REFUSAL_CODE_NOT_ADMITTED);
  return {};
}

}  // namespace

v1::Answer answer(const State& state, const v1::Question& question, const v1::Actor& asker,
                  const Presence& presence, std::int64_t now_ms) {
  if (auto allowed = check_asker(state, asker); !allowed) {
    return refused(Refused(allowed.error()));
  }
  switch (question.body_case()) {
    case v1::Question::kExplainPlace:
      return explain(state, question.explain_place(), asker);
    case v1::Question::kListQueue:
      return list_queue(state, question.list_queue(), audience_of(state, asker));
    case v1::Question::kListMembers:
      return list_members(state, question.list_members(), asker);
    case v1::Question::kListInvitations:
      return list_invitations(state, asker);
    case v1::Question::kListPeople:
      if (!is_staff_anywhere(state, asker)) return refused(refuse(v1::REFUSAL_CODE_FORBIDDEN));
      return list_people(state, question.list_people(), presence);
    case v1::Question::kSumSpeakingTimes: {
      if (!is_staff_anywhere(state, asker)) return refused(refuse(v1::REFUSAL_CODE_FORBIDDEN));
      v1::Answer answer;
      *answer.mutable_speaking_times() = sum_speaking_times(state, now_ms);
      return answer;
    }
    case v1::Question::BODY_NOT_SET:
      break;
  }
  return refused(refuse(v1::REFUSAL_CODE_BAD_MESSAGE, "body"));
}

}  // namespace plenary::core
