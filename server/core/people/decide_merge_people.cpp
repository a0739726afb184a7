// MergePeople (P7): somebody came in twice, or was written down by staff and came in too. One
// remains, with the better place of both and all speeches. What led to the other, keys, tokens and
// connections, leads to the one that remains.
#include "core/limits.hpp"
#include "core/people/commands.hpp"
#include "core/people/members.hpp"
#include "core/people/merge.hpp"
#include "core/rights.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_merge_people(const State& state,
                                                         const v1::MergePeople& command,
                                                         const Context& context) {
  if (auto allowed = need_moderator(state, context); !allowed) return Refused(allowed.error());
  auto from = find_person(state, command.person_id());
  if (!from) return Refused(from.error());
  auto into = find_person(state, command.into_person_id());
  if (!into) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "into_person_id", "somebody who is here");
  if (*from == *into) return refuse_field("into_person_id", "somebody else");
  v1::Person merged = merged_person(**from, **into);
  if (static_cast<std::size_t>(merged.grants_size()) > kMaxGrantsOfPerson) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, "grants", kMaxGrantsOfPerson);
  }
  Draft draft(state, context);
  merge_requests(draft, (*from)->id(), merged);
  merge_traces(draft, (*from)->id(), merged.id());
  v1::Person alias = make_alias((*from)->id(), merged.id());
  alias.set_name((*from)->name());  // for what this person did before
  alias.set_token_generation((*from)->token_generation());
  alias.set_key_revoked((*from)->key_revoked());
  draft.put(std::move(alias));
  const std::string id = draft.put(std::move(merged)).id();
  return draft.finish(id);
}

}  // namespace plenary::core
