// The session's list of delegations (P5).
#include <algorithm>

#include "core/changes.hpp"
#include "core/limits.hpp"
#include "core/rights.hpp"
#include "core/session/commands.hpp"
#include "core/text.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_add_delegation(const State& state,
                                                           const v1::AddDelegation& command,
                                                           const Context& context) {
  if (auto allowed = need_moderator(state, context); !allowed) return Refused(allowed.error());
  auto name = check_names(command.name(), {.max_length = kMaxNameLength}, "name");
  if (!name) return Refused(name.error());
  if (state.delegations().size() >= kMaxDelegations) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, "delegations", kMaxDelegations);
  }
  std::int32_t position = 0;
  for (const auto& [id, delegation] : state.delegations()) {
    if (delegation->name().text() == name->text()) return refuse(v1::REFUSAL_CODE_ALREADY, "name");
    position = std::max(position, delegation->position() + 1);
  }
  Draft draft(state, context);
  v1::Delegation delegation;
  delegation.set_id(draft.fresh_id());
  *delegation.mutable_name() = std::move(*name);
  delegation.set_position(position);
  const std::string id = draft.put(std::move(delegation)).id();
  return draft.finish(id);
}

// Speeches keep the name that they were held under (T6).
std::expected<Decision, v1::Refusal> decide_change_delegation(const State& state,
                                                              const v1::ChangeDelegation& command,
                                                              const Context& context) {
  if (auto allowed = need_moderator(state, context); !allowed) return Refused(allowed.error());
  const std::string& id = command.delegation_id();
  if (state.delegation(id) == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "delegation_id");
  auto name = check_names(command.name(), {.max_length = kMaxNameLength}, "name");
  if (!name) return Refused(name.error());
  for (const auto& [other_id, other] : state.delegations()) {
    if (other_id != id && other->name().text() == name->text()) {
      return refuse(v1::REFUSAL_CODE_ALREADY, "name");
    }
  }
  Draft draft(state, context);
  *draft.edit<v1::Delegation>(id).mutable_name() = std::move(*name);
  return draft.finish();
}

std::expected<Decision, v1::Refusal> decide_remove_delegation(const State& state,
                                                              const v1::RemoveDelegation& command,
                                                              const Context& context) {
  if (auto allowed = need_moderator(state, context); !allowed) return Refused(allowed.error());
  const std::string& id = command.delegation_id();
  if (state.delegation(id) == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "delegation_id");
  const bool has_member = std::any_of(
      state.people().begin(), state.people().end(),
      [&](const auto& row) { return !row.second->removed() && row.second->delegation_id() == id; });
  const bool is_invited = std::any_of(
      state.invitations().begin(), state.invitations().end(),
      [&](const auto& row) { return !row.second->revoked() && row.second->delegation_id() == id; });
  if (has_member || is_invited || !state.requests_of_delegation(id).empty()) {
    return refuse(v1::REFUSAL_CODE_IN_USE, "delegation_id", "a delegation without people");
  }
  Draft draft(state, context);
  draft.remove<v1::Delegation>(id);
  return draft.finish();
}

}  // namespace plenary::core
