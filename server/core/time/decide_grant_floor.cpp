// GrantFloor: any entry of the present queue gets the floor, if who has it is whom the sender saw
// (Q5).
#include "core/queue/entry.hpp"
#include "core/rights.hpp"
#include "core/time/commands.hpp"
#include "core/time/grant.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_grant_floor(const State& state,
                                                        const v1::GrantFloor& command,
                                                        const Context& context) {
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
