// MoveRequest: the chair puts one entry before another, or at the end of its band (Q1, Q8).
#include <iterator>
#include <limits>

#include "core/limits.hpp"
#include "core/queue/acts.hpp"
#include "core/queue/commands.hpp"
#include "core/queue/entry.hpp"
#include "core/queue/keys.hpp"
#include "core/queue/order.hpp"
#include "core/rights.hpp"
#include "core/text.hpp"

namespace plenary::core {
namespace {

// Whether the entry stands already where the move would put it.
bool is_there(const State& state, const v1::Request& request, const v1::Request* before) {
  const Queue& queue = state.queue(request.room_id(), request.item_id());
  const auto next = std::next(queue.find(queue_key(request)));
  if (before == nullptr) return next == queue.end() || next->band != request.band();
  return next != queue.end() && next->request_id == before->id() &&
         before->band() == request.band();
}

const v1::Request& last_of_band(const State& state, const v1::Request& request) {
  const Queue& queue = state.queue(request.room_id(), request.item_id());
  const auto beyond = queue.lower_bound(
      {request.band() + 1, std::numeric_limits<std::int64_t>::min(), 0, std::string()});
  return *state.request(std::prev(beyond)->request_id);
}

std::expected<const v1::Request*, v1::Refusal> find_target(const State& state,
                                                           const v1::MoveRequest& command,
                                                           const v1::Request& request) {
  if (command.before_request_id().empty()) return nullptr;
  const v1::Request* before = state.request(command.before_request_id());
  if (before == nullptr) {
    return refuse(v1::REFUSAL_CODE_STALE, "before_request_id", "an entry that still waits");
  }
  if (before == &request || before->room_id() != request.room_id() ||
      before->item_id() != request.item_id()) {
    return refuse_field("before_request_id", "another entry of the same queue");
  }
  return before;
}

}  // namespace

std::expected<Decision, v1::Refusal> decide_move_request(const State& state,
                                                         const v1::MoveRequest& command,
                                                         const Context& context) {
  const auto request = find_waiting(state, command.request_id());
  if (!request) return Refused(request.error());
  const std::string& room_id = (*request)->room_id();
  if (auto allowed = need_moderator(state, context, room_id); !allowed) {
    return Refused(allowed.error());
  }
  const auto before = find_target(state, command, **request);
  if (!before) return Refused(before.error());
  auto reason =
      check_text(command.reason(), {.max_length = kMaxNoteLength, .may_be_empty = true}, "reason");
  if (!reason) return Refused(reason.error());
  if (auto fits = check_note_bytes(state, room_id, *reason, "reason"); !fits) {
    return Refused(fits.error());
  }
  if (is_there(state, **request, *before)) return Decision();

  Draft draft(state, context);
  v1::Act act;
  act.set_room_id(room_id);
  act.set_kind(v1::ACT_KIND_MOVE);
  act.set_by_person_id(context.actor.person_id());
  act.set_at_ms(context.now_ms);
  act.add_touches(thing_of_request(command.request_id()));
  act.set_subject(speaker_name(state, **request));
  *act.add_requests_before() =
      *before != nullptr
          ? place_before(draft, command.request_id(), (*before)->id())
          : place_behind(draft, command.request_id(), last_of_band(state, **request).id());
  v1::Move& move = *draft.edit<v1::Request>(command.request_id()).mutable_moved();
  move.set_by_person_id(context.actor.person_id());
  move.set_at_ms(context.now_ms);
  move.set_reason(*std::move(reason));
  remember_act(draft, state, std::move(act));
  return draft.finish();
}

}  // namespace plenary::core
