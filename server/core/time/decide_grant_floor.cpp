// GrantFloor: any entry of the present queue gets the floor, or somebody whom the chair names, if
// who has it is whom the sender saw (Q5, P6).
#include "core/queue/entry.hpp"
#include "core/queue/new_request.hpp"
#include "core/rights.hpp"
#include "core/time/commands.hpp"
#include "core/time/grant.hpp"

namespace plenary::core {
namespace {

using Result = std::expected<Decision, v1::Refusal>;

// The first hand that the person has up in the room; a held one only if there is no other. nullptr:
// none.
const v1::Request* hand_of(const State& state, const std::string& person_id,
                           const std::string& room_id) {
  const v1::Request* first = nullptr;
  for (const std::string& id : state.requests_of_person(person_id)) {
    const v1::Request* request = state.request(id);
    if (request->speaker_person_id() != person_id || request->room_id() != room_id ||
        !request->item_id().empty()) {
      continue;
    }
    const bool before = first == nullptr || first->held() ||
                        (!request->held() && state.place(*request) < state.place(*first));
    if (before) first = request;
  }
  return first;
}

Result grant_to_person(const State& state, const v1::GrantFloor& command, const v1::Room& room,
                       const Context& context) {
  const v1::Request* hand = hand_of(state, command.person_id(), room.id());
  if (hand != nullptr && hand->held()) return refuse(v1::REFUSAL_CODE_HELD, "person_id");
  if (hand != nullptr) return grant(state, room, *hand, command.limit_ms(), context);
  if (command.person_id().empty()) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "person_id");
  v1::RequestFloor raised;
  raised.set_room_id(room.id());
  raised.set_kind(command.kind());
  raised.set_for_person_id(command.person_id());
  raised.set_note(command.note());
  auto request = new_request(state, raised, context);
  if (!request) {
    // As this command calls it.
    if (request.error().field() == "for_person_id") request.error().set_field("person_id");
    return Refused(request.error());
  }
  return grant(state, room, *request, command.limit_ms(), context);
}

}  // namespace

Result decide_grant_floor(const State& state, const v1::GrantFloor& command,
                          const Context& context) {
  if (command.request_id().empty()) {
    const v1::Room* room = state.room(command.room_id());
    if (room == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "room_id");
    if (auto may = check_grant(state, *room, command.seen_speech_id(), context); !may) {
      return Refused(may.error());
    }
    return grant_to_person(state, command, *room, context);
  }
  const auto request = find_waiting(state, command.request_id());
  if (!request) return Refused(request.error());
  const v1::Room* room = state.room((*request)->room_id());
  if (room == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "request_id");
  if (auto may = check_grant(state, *room, command.seen_speech_id(), context); !may) {
    return Refused(may.error());
  }
  if (!(*request)->item_id().empty()) {
    return refuse_field("request_id", "an entry of the present queue");
  }
  // Q8: a held entry keeps its place and is not called.
  if ((*request)->held()) return refuse(v1::REFUSAL_CODE_HELD, "request_id");
  return grant(state, *room, **request, command.limit_ms(), context);
}

}  // namespace plenary::core
