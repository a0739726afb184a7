#include "core/queue/new_request.hpp"

#include <string>

#include "core/limits.hpp"
#include "core/phase.hpp"
#include "core/queue/entry.hpp"
#include "core/queue/order.hpp"
#include "core/rights.hpp"
#include "core/session/fields.hpp"
#include "core/text.hpp"

namespace plenary::core {
namespace {

using Refusal = v1::Refusal;

// Whom the hand is for: oneself, or with staff somebody else.
std::expected<const v1::Person*, Refusal> find_speaker(const State& state,
                                                       const v1::RequestFloor& command,
                                                       const Context& context) {
  if (command.for_person_id().empty() || is_actor(context, command.for_person_id())) {
    const v1::Person* self = acting_person(state, context);
    if (self == nullptr) return refuse_field("for_person_id", "a person to raise the hand for");
    if (self->muted()) return refuse(v1::REFUSAL_CODE_MUTED);
    return self;
  }
  if (auto allowed = need_staff(state, context, command.room_id()); !allowed) {
    return Refused(allowed.error());
  }
  const v1::Person* person = state.person(command.for_person_id());
  if (person == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "for_person_id");
  if (person->removed()) return refuse(v1::REFUSAL_CODE_REMOVED, "for_person_id");
  if (!person->admitted()) return refuse(v1::REFUSAL_CODE_NOT_ADMITTED, "for_person_id");
  return person;
}

// T2: how long somebody may speak is the staff's to say.
Allowed check_limit(const State& state, const v1::RequestFloor& command, const Context& context) {
  if (command.limit_ms() == 0) return {};
  if (!may_staff(state, context.actor, command.room_id())) {
    return refuse(v1::REFUSAL_CODE_FORBIDDEN, "limit_ms", "staff of the room or of the session");
  }
  return check_range(command.limit_ms(), kMaxLimitMs, "limit_ms");
}

// Which queue: "" the present one, else that of a later item which takes hands ahead (Q17). An item
// that became current while the hand went up means the present queue.
std::expected<std::string, Refusal> find_queue(const State& state, const v1::RequestFloor& command,
                                               const v1::Room& room) {
  if (!command.item_id().empty() && command.item_id() != room.current_item_id()) {
    const v1::AgendaItem* item = state.item(command.item_id());
    if (item == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "item_id");
    if (item->room_id() != room.id()) return refuse_field("item_id", "an item of the room");
    if (!item->inscription_ahead() || !item->runs().empty()) {
      return refuse(v1::REFUSAL_CODE_NO_INSCRIPTION, "item_id");
    }
    return command.item_id();
  }
  if (auto open = need_open(state); !open) return Refused(open.error());
  return std::string();
}

// Q7: a reply names the topic that its sender saw.
Allowed check_topic(const v1::RequestFloor& command, const v1::Room& room,
                    const std::string& item_id) {
  if (command.kind() != v1::REQUEST_KIND_REPLY) return {};
  if (!item_id.empty() || room.topic_speech_id().empty()) {
    return refuse(v1::REFUSAL_CODE_NO_TOPIC);
  }
  if (command.topic_speech_id() != room.topic_speech_id()) {
    return refuse(v1::REFUSAL_CODE_STALE, "topic_speech_id", "the topic of the room");
  }
  return {};
}

// Q4, Q16: the holder is the person or, if the room says so, the delegation; who has none holds the
// place alone.
Allowed set_holder(const State& state, const v1::Room& room, const v1::Person& speaker,
                   v1::Request& request) {
  const bool by_delegation = room.settings().holder() == v1::HOLDER_KIND_DELEGATION &&
                             state.delegation(speaker.delegation_id()) != nullptr;
  if (!by_delegation) {
    request.set_holder_person_id(speaker.id());
    return {};
  }
  if (!speaker.delegation_confirmed()) return refuse(v1::REFUSAL_CODE_UNCONFIRMED);
  request.set_holder_delegation_id(speaker.delegation_id());
  return {};
}

}  // namespace

std::expected<v1::Request, Refusal> new_request(const State& state, const v1::RequestFloor& command,
                                                const Context& context) {
  const v1::Room* room = state.room(command.room_id());
  if (room == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "room_id");
  const auto speaker = find_speaker(state, command, context);
  if (!speaker) return Refused(speaker.error());
  auto item_id = find_queue(state, command, *room);
  if (!item_id) return Refused(item_id.error());
  const auto band = band_of(room->settings().preset(), command.kind());
  if (!band) return refuse(v1::REFUSAL_CODE_KIND_NOT_OFFERED, "kind");
  auto note =
      check_text(command.note(),
                 {.max_length = kMaxNoteLength, .may_be_empty = true, .many_lines = true}, "note");
  if (!note) return Refused(note.error());
  if (auto fits = check_note_bytes(state, room->id(), *note, "note"); !fits) {
    return Refused(fits.error());
  }
  if (auto limit = check_limit(state, command, context); !limit) return Refused(limit.error());

  v1::Request request;
  request.set_room_id(room->id());
  request.set_limit_ms(command.limit_ms());
  request.set_item_id(*std::move(item_id));
  request.set_kind(command.kind());
  request.set_band(*band);
  request.set_note(*std::move(note));
  request.set_speaker_person_id((*speaker)->id());
  if (auto holder = set_holder(state, *room, **speaker, request); !holder) {
    return Refused(holder.error());
  }
  if (command.kind() == v1::REQUEST_KIND_REPLY) {
    request.set_topic_speech_id(command.topic_speech_id());
  }
  if (auto topic = check_topic(command, *room, request.item_id()); !topic) {
    return Refused(topic.error());
  }
  return request;
}

}  // namespace plenary::core
