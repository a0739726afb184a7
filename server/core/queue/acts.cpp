// remember_act(): what can be undone, bounded, the later act before the earlier (Q15).
#include "core/queue/acts.hpp"

#include <algorithm>
#include <vector>

#include "core/limits.hpp"
#include "core/queue/order.hpp"

namespace plenary::core {
namespace {

bool is_withdrawal(const v1::Act& act) {
  return act.kind() == v1::ACT_KIND_WITHDRAW;
}

bool is_over(const v1::Act& act, std::int64_t now_ms) {
  return act.expires_at_ms() != 0 && act.expires_at_ms() <= now_ms;
}

// A move of an entry that waits no more can't be taken back.
bool is_void(const Draft& draft, const v1::Act& act) {
  return act.kind() == v1::ACT_KIND_MOVE &&
         draft.get<v1::Request>(act.requests_before(0).id()) == nullptr;
}

bool share_a_thing(const v1::Act& one, const v1::Act& other) {
  return std::any_of(one.touches().begin(), one.touches().end(), [&](const auto& thing) {
    return std::find(other.touches().begin(), other.touches().end(), thing) !=
           other.touches().end();
  });
}

}  // namespace

void remember_act(Draft& draft, const State& state, v1::Act act) {
  if (act.id().empty()) act.set_id(draft.fresh_id());
  const bool withdrawal = is_withdrawal(act);
  std::vector<std::string> of_its_sort;  // that stay, the oldest first
  for (const auto& [at_ms, id] : state.acts_of_room(act.room_id())) {
    const v1::Act* other = draft.get<v1::Act>(id);
    if (other == nullptr) continue;  // went in this draft already
    if (is_over(*other, draft.now_ms()) || is_void(draft, *other) || share_a_thing(act, *other)) {
      draft.remove<v1::Act>(id);
    } else if (is_withdrawal(*other) == withdrawal) {
      of_its_sort.push_back(id);
    }
  }
  const std::size_t bound = withdrawal ? kMaxWithdrawalsOfRoom : kMaxActsOfRoom;
  for (std::size_t at = 0; at + bound <= of_its_sort.size(); ++at) {
    draft.remove<v1::Act>(of_its_sort[at]);
  }
  draft.put(std::move(act));
}

}  // namespace plenary::core
