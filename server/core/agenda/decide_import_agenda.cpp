// ImportAgenda (S4): items appended, or in place of those that were never run. Rooms and
// delegations that the session does not know are added; what it knows stays as it is, its title and
// times included.
#include "core/agenda/build.hpp"
#include "core/agenda/commands.hpp"
#include "core/agenda/removal.hpp"
#include "core/rights.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_import_agenda(const State& state,
                                                          const v1::ImportAgenda& command,
                                                          const Context& context) {
  if (auto allowed = need_moderator(state, context); !allowed) return Refused(allowed.error());
  const bool replace = command.mode() == v1::ImportAgenda::MODE_REPLACE;
  if (!replace && command.mode() != v1::ImportAgenda::MODE_APPEND) {
    return refuse_field("mode", "append or replace");
  }
  Draft draft(state, context);
  if (replace) {
    for (const auto& [id, item] : state.items()) {
      if (item->runs().empty()) remove_item(draft, id);
    }
  }
  AgendaBuilder builder(draft, "agenda");
  Allowed allowed = builder.add_rooms(command.agenda());
  if (allowed) allowed = builder.add_delegations(command.agenda(), false);
  if (allowed) allowed = builder.add_items(command.agenda());
  if (!allowed) return Refused(allowed.error());
  return draft.finish();
}

}  // namespace plenary::core
