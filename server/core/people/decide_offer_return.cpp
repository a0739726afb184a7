// OfferReturn (P7): a pass with which somebody comes back as the same person, once, on another
// device. The edge signs it; what it opens stands here, so that it can be used up and replaced.
#include "core/people/commands.hpp"
#include "core/people/members.hpp"
#include "core/rights.hpp"
#include "core/text.hpp"

namespace plenary::core {
namespace {

// Whoever holds the pass has the person's roles, so that only who could give these may offer it.
Allowed need_moderator_of(const State& state, const Context& context, const v1::Person& person) {
  if (auto allowed = need_moderator(state, context, person.room_id()); !allowed) return allowed;
  for (const v1::Grant& grant : person.grants()) {
    if (auto allowed = need_moderator(state, context, grant.room_id()); !allowed) return allowed;
  }
  return {};
}

}  // namespace

std::expected<Decision, v1::Refusal> decide_offer_return(const State& state,
                                                         const v1::OfferReturn& command,
                                                         const Context& context) {
  auto person = find_person(state, command.person_id());
  if (!person) return Refused(person.error());
  if (auto allowed = need_moderator_of(state, context, **person); !allowed) {
    return Refused(allowed.error());
  }
  if (auto allowed = check_id(command.return_id(), "return_id"); !allowed) {
    return Refused(allowed.error());
  }
  if (find_return(state, command.return_id()) != nullptr) {
    return refuse(v1::REFUSAL_CODE_ALREADY, "return_id");
  }
  if (command.expires_at_ms() <= context.now_ms) {
    return refuse_field("expires_at_ms", "a later time");
  }
  Draft draft(state, context);
  v1::ReturnPass pass;
  pass.set_id(command.return_id());
  pass.set_expires_at_ms(command.expires_at_ms());
  pass.set_revokes_devices(command.revokes_devices());
  *draft.edit<v1::Person>((*person)->id()).mutable_return_pass() = std::move(pass);
  return draft.finish((*person)->id());
}

}  // namespace plenary::core
