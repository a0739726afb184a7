// AskToBeNext: staff ask somebody who waits to be ready to speak next (Q14).
#include "core/queue/commands.hpp"
#include "core/queue/entry.hpp"
#include "core/rights.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_ask_to_be_next(const State& state,
                                                           const v1::AskToBeNext& command,
                                                           const Context& context) {
  const auto request = find_waiting(state, command.request_id());
  if (!request) return Refused(request.error());
  if (auto allowed = need_staff(state, context, (*request)->room_id()); !allowed) {
    return Refused(allowed.error());
  }
  if (!(*request)->item_id().empty()) {
    return refuse_field("request_id", "an entry of the present queue");
  }
  if ((*request)->held()) return refuse(v1::REFUSAL_CODE_HELD);
  // Who has accepted is not asked again; who declined may be.
  if ((*request)->asked() == v1::ASKED_ACCEPTED) return refuse(v1::REFUSAL_CODE_ALREADY);
  Draft draft(state, context);
  draft.edit<v1::Request>(command.request_id()).set_asked(v1::ASKED_PENDING);
  return draft.finish();
}

}  // namespace plenary::core
