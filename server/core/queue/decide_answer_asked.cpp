// AnswerAsked: who was asked to be next accepts or declines (Q14). The place stays as it is: it is
// the chair who calls.
#include "core/queue/commands.hpp"
#include "core/queue/entry.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_answer_asked(const State& state,
                                                         const v1::AnswerAsked& command,
                                                         const Context& context) {
  const auto request = find_waiting(state, command.request_id());
  if (!request) return Refused(request.error());
  if (auto owner = need_owner(state, context, **request); !owner) return Refused(owner.error());
  const v1::Asked answer = command.accept() ? v1::ASKED_ACCEPTED : v1::ASKED_DECLINED;
  if ((*request)->asked() == answer) return Decision();
  if ((*request)->asked() != v1::ASKED_PENDING) {
    return refuse(v1::REFUSAL_CODE_STALE, "request_id", "an entry that was asked");
  }
  Draft draft(state, context);
  draft.edit<v1::Request>(command.request_id()).set_asked(answer);
  return draft.finish();
}

}  // namespace plenary::core
