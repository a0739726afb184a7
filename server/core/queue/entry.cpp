#include "core/queue/entry.hpp"

#include "core/limits.hpp"
#include "core/people/members.hpp"
#include "core/queue/order.hpp"
#include "core/rights.hpp"

namespace plenary::core {

std::expected<const v1::Request*, v1::Refusal> find_waiting(const State& state,
                                                            std::string_view request_id) {
  if (const v1::Request* request = state.request(request_id)) return request;
  return refuse(v1::REFUSAL_CODE_STALE, "request_id", "an entry that still waits");
}

Allowed need_owner(const State& state, const Context& context, const v1::Request& request) {
  if (is_actor(context, request.speaker_person_id())) return {};
  if (is_actor(context, request.holder_person_id())) return {};
  const v1::Person* speaker = state.person(request.speaker_person_id());
  const bool without_device = speaker != nullptr && speaker->without_device();
  // Who speaks from a delegation's place may be another by now; that makes it nobody else's.
  const bool on_behalf =
      !request.raised_by_owner() && request.raised_by_person_id() != request.speaker_person_id();
  if ((without_device || on_behalf) && may_staff(state, context.actor, request.room_id())) {
    return {};
  }
  const v1::Person* actor = acting_person(state, context);
  if (actor != nullptr && is_holder(state, request, actor->id())) return {};
  const std::string& delegation_id = request.holder_delegation_id();
  if (actor != nullptr && !delegation_id.empty() && actor->delegation_id() == delegation_id) {
    return refuse(v1::REFUSAL_CODE_UNCONFIRMED);
  }
  return refuse(v1::REFUSAL_CODE_FORBIDDEN, {}, "the owner of the entry");
}

const v1::Request* waiting_alike(const Draft& draft, const v1::Request& request) {
  const bool by_delegation = !request.holder_delegation_id().empty();
  const auto& ids = by_delegation
                        ? draft.state().requests_of_delegation(request.holder_delegation_id())
                        : draft.state().requests_of_person(request.holder_person_id());
  for (const std::string& id : ids) {
    if (id == request.id()) continue;
    const v1::Request* other = draft.get<v1::Request>(id);
    if (other == nullptr) continue;
    if (other->kind() == request.kind() && other->room_id() == request.room_id() &&
        other->item_id() == request.item_id() &&
        other->holder_person_id() == request.holder_person_id() &&
        other->holder_delegation_id() == request.holder_delegation_id()) {
      return other;
    }
  }
  return nullptr;
}

Allowed check_note_bytes(const State& state, std::string_view room_id, std::string_view text,
                         std::string_view field) {
  if (text.empty() || state.note_bytes(room_id) + text.size() <= kMaxNoteBytesOfRoom) return {};
  return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, field, kMaxNoteBytesOfRoom);
}

void name_speaker(v1::Request& request, const std::string& person_id) {
  if (request.speaker_person_id() == person_id) return;
  request.set_speaker_person_id(person_id);
  request.clear_asked();
  request.clear_told_next();
}

namespace {

// What was inscribed goes where its item is now: into another room, if that offers the kind, and
// into the present queue, if the item has begun. False: there is no such place any more.
bool follow_item(const Draft& draft, v1::Request& request) {
  const v1::AgendaItem* item = draft.get<v1::AgendaItem>(request.item_id());
  if (item == nullptr) return false;
  const v1::Room* room = draft.get<v1::Room>(item->room_id());
  if (request.room_id() != room->id()) {
    const auto band = band_of(room->settings().preset(), request.kind());
    if (!band) return false;
    request.set_room_id(room->id());
    request.set_band(*band);
  }
  if (!item->runs().empty()) request.clear_item_id();
  return true;
}

}  // namespace

void restore_request(Draft& draft, const v1::Request& before) {
  const State& state = draft.state();
  const v1::Person* speaker = state.person(before.speaker_person_id());
  if (speaker == nullptr) return;
  v1::Request request = before;
  const std::string& delegation_id = before.holder_delegation_id();
  if (delegation_id.empty()) {
    if (speaker->removed()) return;
  } else if (!is_member(*speaker, delegation_id)) {
    const std::string other = another_member(state, delegation_id, speaker->id());
    if (other.empty()) return;
    name_speaker(request, other);
  }
  if (!request.item_id().empty() && !follow_item(draft, request)) return;
  if (const v1::Request* alike = waiting_alike(draft, request)) {
    draft.remove<v1::Request>(std::string(alike->id()));
  }
  draft.put(std::move(request));
}

std::string speaker_name(const State& state, const v1::Request& request) {
  const v1::Person* speaker = state.person(request.speaker_person_id());
  return speaker == nullptr ? std::string() : speaker->name();
}

}  // namespace plenary::core
