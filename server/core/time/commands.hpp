// Commands on who has the floor, and its clock (T, Q5, Q15). decide() has checked already that
// the session exists, that the actor is there, admitted and not removed, and that the proceedings
// are not closed.
#pragma once

#include <expected>

#include "core/decide.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_next_speaker(const State& state,
                                                         const v1::NextSpeaker& command,
                                                         const Context& context);
std::expected<Decision, v1::Refusal> decide_grant_floor(const State& state,
                                                        const v1::GrantFloor& command,
                                                        const Context& context);
std::expected<Decision, v1::Refusal> decide_start_speech(const State& state,
                                                         const v1::StartSpeech& command,
                                                         const Context& context);
std::expected<Decision, v1::Refusal> decide_pause_speech(const State& state,
                                                         const v1::PauseSpeech& command,
                                                         const Context& context);
std::expected<Decision, v1::Refusal> decide_resume_speech(const State& state,
                                                          const v1::ResumeSpeech& command,
                                                          const Context& context);
std::expected<Decision, v1::Refusal> decide_add_time(const State& state, const v1::AddTime& command,
                                                     const Context& context);
std::expected<Decision, v1::Refusal> decide_take_off_time(const State& state,
                                                          const v1::TakeOffTime& command,
                                                          const Context& context);
std::expected<Decision, v1::Refusal> decide_end_speech(const State& state,
                                                       const v1::EndSpeech& command,
                                                       const Context& context);
std::expected<Decision, v1::Refusal> decide_yield_floor(const State& state,
                                                        const v1::YieldFloor& command,
                                                        const Context& context);
std::expected<Decision, v1::Refusal> decide_undo(const State& state, const v1::Undo& command,
                                                 const Context& context);

}  // namespace plenary::core
