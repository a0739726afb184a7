#include "core/people/come_back.hpp"

#include "core/limits.hpp"
#include "core/people/members.hpp"
#include "core/text.hpp"

namespace plenary::core {
namespace {

// Tokens and browser keys from before open nothing any more, but for the key that is used now.
void revoke_devices(Draft& draft, const std::string& person_id, const std::string& key_id) {
  for (const auto& [id, person] : draft.state().people()) {
    if (id != person_id && person->merged_into() != person_id) continue;
    auto& device = draft.edit<v1::Person>(id);
    device.set_token_generation(device.token_generation() + 1);
    device.set_key_revoked(id != key_id);
  }
}

// The key's own person id, which nobody has yet, means this person from now on.
Allowed bind_key(Draft& draft, const std::string& person_id, const std::string& key_id) {
  if (const v1::Person* owner = draft.get<v1::Person>(key_id)) {
    const bool same = key_id == person_id || owner->merged_into() == person_id;
    if (same) draft.edit<v1::Person>(key_id).set_key_revoked(false);
    return {};
  }
  if (auto allowed = check_id(key_id, "person_id"); !allowed) return allowed;
  if (draft.state().people().size() >= kMaxPeople) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, "people", kMaxPeople);
  }
  draft.put(make_alias(key_id, person_id));
  return {};
}

}  // namespace

std::expected<Decision, v1::Refusal> come_back(const State& state, const v1::EnterSession& command,
                                               const Context& context) {
  const v1::Person* before = find_return(state, command.return_id());
  if (before == nullptr || before->return_pass().expires_at_ms() <= context.now_ms) {
    return refuse(v1::REFUSAL_CODE_UNKNOWN_TOKEN, "return_id");
  }
  const std::string& used_by = before->return_pass().used_by_key();
  Draft draft(state, context);
  if (used_by == command.person_id()) return draft.finish(before->id());
  if (!used_by.empty()) {
    return refuse(v1::REFUSAL_CODE_IN_USE, "return_id", "a pass that nobody has used");
  }
  if (before->return_pass().revokes_devices()) {
    revoke_devices(draft, before->id(), command.person_id());
  }
  if (auto allowed = bind_key(draft, before->id(), command.person_id()); !allowed) {
    return Refused(allowed.error());
  }
  auto& person = draft.edit<v1::Person>(before->id());
  person.set_without_device(false);
  person.mutable_return_pass()->set_used_by_key(command.person_id());
  return draft.finish(before->id());
}

}  // namespace plenary::core
