// Commands on the raised hands of a room (Q). decide() has checked already that
// the session exists, that the actor is there, admitted and not removed, and that the proceedings
// are not closed.
#pragma once

#include <expected>

#include "core/decide.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_request_floor(const State& state,
                                                          const v1::RequestFloor& command,
                                                          const Context& context);
std::expected<Decision, v1::Refusal> decide_withdraw_request(const State& state,
                                                             const v1::WithdrawRequest& command,
                                                             const Context& context);
std::expected<Decision, v1::Refusal> decide_step_back(const State& state,
                                                      const v1::StepBack& command,
                                                      const Context& context);
std::expected<Decision, v1::Refusal> decide_name_speaker(const State& state,
                                                         const v1::NameSpeaker& command,
                                                         const Context& context);
std::expected<Decision, v1::Refusal> decide_move_request(const State& state,
                                                         const v1::MoveRequest& command,
                                                         const Context& context);
std::expected<Decision, v1::Refusal> decide_hold_request(const State& state,
                                                         const v1::HoldRequest& command,
                                                         const Context& context);
std::expected<Decision, v1::Refusal> decide_remove_request(const State& state,
                                                           const v1::RemoveRequest& command,
                                                           const Context& context);
std::expected<Decision, v1::Refusal> decide_set_queue_open(const State& state,
                                                           const v1::SetQueueOpen& command,
                                                           const Context& context);
std::expected<Decision, v1::Refusal> decide_clear_queue(const State& state,
                                                        const v1::ClearQueue& command,
                                                        const Context& context);
std::expected<Decision, v1::Refusal> decide_ask_to_be_next(const State& state,
                                                           const v1::AskToBeNext& command,
                                                           const Context& context);
std::expected<Decision, v1::Refusal> decide_note_told_next(const State& state,
                                                           const v1::NoteToldNext& command,
                                                           const Context& context);
std::expected<Decision, v1::Refusal> decide_answer_asked(const State& state,
                                                         const v1::AnswerAsked& command,
                                                         const Context& context);

}  // namespace plenary::core
