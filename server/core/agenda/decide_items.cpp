// Items of the agenda are added, changed, moved and removed, also while the session is live (S4).
// By moderators of the session, as the agenda is one list across rooms.
#include <algorithm>

#include "core/agenda/build.hpp"
#include "core/agenda/commands.hpp"
#include "core/agenda/removal.hpp"
#include "core/limits.hpp"
#include "core/rights.hpp"

namespace plenary::core {
namespace {

// The ids of all items in order, without one, which is then inserted before another ("": at the
// end).
std::vector<std::string> order_with(const Draft& draft, const std::string& id,
                                    const std::string& before_id) {
  std::vector<std::string> ids;
  for (const auto* item : items_in_order(draft)) {
    if (item->id() != id) ids.push_back(item->id());
  }
  const auto at = before_id.empty() ? ids.end() : std::find(ids.begin(), ids.end(), before_id);
  ids.insert(at, id);
  return ids;
}

}  // namespace

void remove_item(Draft& draft, std::string_view item_id) {
  const v1::AgendaItem* item = draft.get<v1::AgendaItem>(item_id);
  std::vector<std::string> inscribed;
  for (const auto* request : draft.queue(item->room_id(), item_id)) {
    inscribed.push_back(request->id());
  }
  for (const auto& id : inscribed)
    draft.remove<v1::Request>(id);
  draft.remove<v1::AgendaItem>(item_id);
}

std::expected<Decision, v1::Refusal> decide_add_item(const State& state, const v1::AddItem& command,
                                                     const Context& context) {
  if (auto allowed = need_moderator(state, context); !allowed) return Refused(allowed.error());
  const std::string& before_id = command.before_item_id();
  if (!before_id.empty() && state.item(before_id) == nullptr) {
    return refuse(v1::REFUSAL_CODE_NOT_FOUND, "before_item_id");
  }
  if (state.items().size() >= kMaxItems) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, "items", kMaxItems);
  }
  Draft draft(state, context);
  v1::AgendaItem item;
  const std::string id = draft.fresh_id();
  item.set_id(id);
  AgendaBuilder builder(draft, "");
  auto built = builder.build_item(std::move(item), command.item(), "item");
  if (!built) return Refused(built.error());
  draft.put(std::move(*built));
  renumber_items(draft, order_with(draft, id, before_id));
  return draft.finish(id);
}

std::expected<Decision, v1::Refusal> decide_change_item(const State& state,
                                                        const v1::ChangeItem& command,
                                                        const Context& context) {
  if (auto allowed = need_moderator(state, context); !allowed) return Refused(allowed.error());
  const v1::AgendaItem* before = state.item(command.item_id());
  if (before == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "item_id");
  Draft draft(state, context);
  AgendaBuilder builder(draft, "");
  auto built = builder.build_item(*before, command.item(), "item");
  if (!built) return Refused(built.error());
  if (built->room_id() != before->room_id()) {
    if (!before->runs().empty()) return refuse(v1::REFUSAL_CODE_HAS_RUN, "item.room_id");
    if (!state.queue(before->room_id(), before->id()).empty()) {
      return refuse(v1::REFUSAL_CODE_IN_USE, "item.room_id", "an item that nobody waits for");
    }
  }
  draft.put(std::move(*built));
  return draft.finish();
}

std::expected<Decision, v1::Refusal> decide_move_item(const State& state,
                                                      const v1::MoveItem& command,
                                                      const Context& context) {
  if (auto allowed = need_moderator(state, context); !allowed) return Refused(allowed.error());
  if (state.item(command.item_id()) == nullptr) {
    return refuse(v1::REFUSAL_CODE_NOT_FOUND, "item_id");
  }
  const std::string& before_id = command.before_item_id();
  if (!before_id.empty() && state.item(before_id) == nullptr) {
    return refuse(v1::REFUSAL_CODE_NOT_FOUND, "before_item_id");
  }
  Draft draft(state, context);
  if (before_id == command.item_id()) return draft.finish();
  renumber_items(draft, order_with(draft, command.item_id(), before_id));
  return draft.finish();
}

std::expected<Decision, v1::Refusal> decide_remove_item(const State& state,
                                                        const v1::RemoveItem& command,
                                                        const Context& context) {
  if (auto allowed = need_moderator(state, context); !allowed) return Refused(allowed.error());
  const v1::AgendaItem* item = state.item(command.item_id());
  if (item == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "item_id");
  if (!item->runs().empty()) return refuse(v1::REFUSAL_CODE_HAS_RUN, "item_id");
  Draft draft(state, context);
  remove_item(draft, item->id());
  return draft.finish();
}

}  // namespace plenary::core
