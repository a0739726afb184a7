// Commands on who is here and what they may do (P). decide() has checked already that
// the session exists, that the actor is there, admitted and not removed, and that the proceedings
// are not closed.
#pragma once

#include <expected>

#include "core/decide.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_enter_session(const State& state,
                                                          const v1::EnterSession& command,
                                                          const Context& context);
std::expected<Decision, v1::Refusal> decide_add_person(const State& state,
                                                       const v1::AddPerson& command,
                                                       const Context& context);
std::expected<Decision, v1::Refusal> decide_change_person(const State& state,
                                                          const v1::ChangePerson& command,
                                                          const Context& context);
std::expected<Decision, v1::Refusal> decide_admit_person(const State& state,
                                                         const v1::AdmitPerson& command,
                                                         const Context& context);
std::expected<Decision, v1::Refusal> decide_confirm_delegation(const State& state,
                                                               const v1::ConfirmDelegation& command,
                                                               const Context& context);
std::expected<Decision, v1::Refusal> decide_mute_person(const State& state,
                                                        const v1::MutePerson& command,
                                                        const Context& context);
std::expected<Decision, v1::Refusal> decide_remove_person(const State& state,
                                                          const v1::RemovePerson& command,
                                                          const Context& context);
std::expected<Decision, v1::Refusal> decide_offer_return(const State& state,
                                                         const v1::OfferReturn& command,
                                                         const Context& context);
std::expected<Decision, v1::Refusal> decide_merge_people(const State& state,
                                                         const v1::MergePeople& command,
                                                         const Context& context);
std::expected<Decision, v1::Refusal> decide_grant_role(const State& state,
                                                       const v1::GrantRole& command,
                                                       const Context& context);
std::expected<Decision, v1::Refusal> decide_revoke_role(const State& state,
                                                        const v1::RevokeRole& command,
                                                        const Context& context);
std::expected<Decision, v1::Refusal> decide_create_invitation(const State& state,
                                                              const v1::CreateInvitation& command,
                                                              const Context& context);
std::expected<Decision, v1::Refusal> decide_revoke_invitation(const State& state,
                                                              const v1::RevokeInvitation& command,
                                                              const Context& context);
std::expected<Decision, v1::Refusal> decide_enter_room(const State& state,
                                                       const v1::EnterRoom& command,
                                                       const Context& context);
std::expected<Decision, v1::Refusal> decide_note_seen(const State& state,
                                                      const v1::NoteSeen& command,
                                                      const Context& context);

}  // namespace plenary::core
