#include "core/phase.hpp"

namespace plenary::core {

v1::SessionPhase phase(const State& state) {
  return state.session()->phase();
}

Allowed need_not_closed(const State& state) {
  const auto now = phase(state);
  if (now == v1::SESSION_PHASE_CLOSING || now == v1::SESSION_PHASE_CLOSED) {
    return refuse(v1::REFUSAL_CODE_CLOSED);
  }
  return {};
}

Allowed need_open(const State& state) {
  if (phase(state) == v1::SESSION_PHASE_DRAFT) return refuse(v1::REFUSAL_CODE_NOT_LIVE);
  return need_not_closed(state);
}

bool is_live(const Draft& draft) {
  const auto* session = draft.get<v1::Session>(draft.state().session()->id());
  return session->phase() == v1::SESSION_PHASE_LIVE;
}

Allowed need_live(const State& state) {
  if (phase(state) == v1::SESSION_PHASE_PAUSED) return refuse(v1::REFUSAL_CODE_PAUSED);
  return need_open(state);
}

}  // namespace plenary::core
