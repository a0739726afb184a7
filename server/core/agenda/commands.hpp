// Commands on the agenda and what is current (S2, S4, S8). decide() has checked already that
// the session exists, that the actor is there, admitted and not removed, and that the proceedings
// are not closed.
#pragma once

#include <expected>

#include "core/decide.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_import_agenda(const State& state,
                                                          const v1::ImportAgenda& command,
                                                          const Context& context);
std::expected<Decision, v1::Refusal> decide_add_item(const State& state, const v1::AddItem& command,
                                                     const Context& context);
std::expected<Decision, v1::Refusal> decide_change_item(const State& state,
                                                        const v1::ChangeItem& command,
                                                        const Context& context);
std::expected<Decision, v1::Refusal> decide_move_item(const State& state,
                                                      const v1::MoveItem& command,
                                                      const Context& context);
std::expected<Decision, v1::Refusal> decide_remove_item(const State& state,
                                                        const v1::RemoveItem& command,
                                                        const Context& context);
std::expected<Decision, v1::Refusal> decide_start_item(const State& state,
                                                       const v1::StartItem& command,
                                                       const Context& context);
std::expected<Decision, v1::Refusal> decide_end_item(const State& state, const v1::EndItem& command,
                                                     const Context& context);

}  // namespace plenary::core
