// Commands on the session as a whole, its rooms, delegations and announcements (S, P5). decide()
// has checked already that the session exists, that the actor is there, admitted and not removed,
// and that the proceedings are not closed.
#pragma once

#include <expected>

#include "core/decide.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_create_session(const State& state,
                                                           const v1::CreateSession& command,
                                                           const Context& context);
std::expected<Decision, v1::Refusal> decide_change_session(const State& state,
                                                           const v1::ChangeSession& command,
                                                           const Context& context);
std::expected<Decision, v1::Refusal> decide_open_session(const State& state,
                                                         const v1::OpenSession& command,
                                                         const Context& context);
std::expected<Decision, v1::Refusal> decide_pause_session(const State& state,
                                                          const v1::PauseSession& command,
                                                          const Context& context);
std::expected<Decision, v1::Refusal> decide_resume_session(const State& state,
                                                           const v1::ResumeSession& command,
                                                           const Context& context);
std::expected<Decision, v1::Refusal> decide_close_session(const State& state,
                                                          const v1::CloseSession& command,
                                                          const Context& context);
std::expected<Decision, v1::Refusal> decide_reopen_session(const State& state,
                                                           const v1::ReopenSession& command,
                                                           const Context& context);
std::expected<Decision, v1::Refusal> decide_finish_closing(const State& state,
                                                           const v1::FinishClosing& command,
                                                           const Context& context);
std::expected<Decision, v1::Refusal> decide_announce(const State& state,
                                                     const v1::Announce& command,
                                                     const Context& context);
std::expected<Decision, v1::Refusal> decide_withdraw_announcement(
    const State& state, const v1::WithdrawAnnouncement& command, const Context& context);
std::expected<Decision, v1::Refusal> decide_change_room(const State& state,
                                                        const v1::ChangeRoom& command,
                                                        const Context& context);
std::expected<Decision, v1::Refusal> decide_add_delegation(const State& state,
                                                           const v1::AddDelegation& command,
                                                           const Context& context);
std::expected<Decision, v1::Refusal> decide_change_delegation(const State& state,
                                                              const v1::ChangeDelegation& command,
                                                              const Context& context);
std::expected<Decision, v1::Refusal> decide_remove_delegation(const State& state,
                                                              const v1::RemoveDelegation& command,
                                                              const Context& context);

}  // namespace plenary::core
