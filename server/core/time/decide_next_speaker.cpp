// NextSpeaker: the first entry that can be called gets the floor, if it is the one that the sender
// saw (Q5). So a double click, or two moderators at once, skip nobody.
#include "core/queue/entry.hpp"
#include "core/rights.hpp"
#include "core/time/commands.hpp"
#include "core/time/grant.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_next_speaker(const State& state,
                                                         const v1::NextSpeaker& command,
                                                         const Context& context) {
  const v1::Room* room = state.room(command.room_id());
  if (room == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "room_id");
  if (auto may = check_grant(state, *room, command.seen_speech_id(), context); !may) {
    return Refused(may.error());
  }
  const auto request = find_waiting(state, command.request_id());
  if (!request) return Refused(request.error());
  const bool present = (*request)->room_id() == room->id() && (*request)->item_id().empty();
  if (!present || state.place(**request) != 1) {
    return refuse(v1::REFUSAL_CODE_STALE, "request_id", "the first entry that can be called");
  }
  return grant(state, *room, **request, command.limit_ms(), context);
}

}  // namespace plenary::core
