// RequestFloor: a hand goes up (Q1, Q3, Q4, Q6, Q7, Q8, Q16, Q17, P6).
#include "core/limits.hpp"
#include "core/queue/commands.hpp"
#include "core/queue/entry.hpp"
#include "core/queue/keys.hpp"
#include "core/queue/new_request.hpp"
#include "core/rights.hpp"

namespace plenary::core {
namespace {

using Refusal = v1::Refusal;

// Q6: a closed queue takes nothing new but points of order, and what staff add.
Allowed check_open(const State& state, const v1::RequestFloor& command, const v1::Room& room,
                   const std::string& item_id, const Context& context) {
  if (!item_id.empty() || room.queue_open()) return {};
  if (command.kind() == v1::REQUEST_KIND_POINT_OF_ORDER) return {};
  if (may_staff(state, context.actor, room.id())) return {};
  return refuse(v1::REFUSAL_CODE_QUEUE_CLOSED);
}

// Raising again keeps the place and brings note and topic up to date. Of a delegation's entry the
// speaker stays: to change that there is NameSpeaker.
Decision raise_again(Draft& draft, const v1::Request& waiting, const v1::Request& raised) {
  const std::string id = waiting.id();
  v1::Request& kept = draft.edit<v1::Request>(id);
  kept.set_note(raised.note());
  kept.set_topic_speech_id(raised.topic_speech_id());
  if (raised.limit_ms() > 0) kept.set_limit_ms(raised.limit_ms());
  return draft.finish(id);
}

std::expected<Decision, Refusal> raise(Draft& draft, v1::Request request) {
  const State& state = draft.state();
  if (state.queue(request.room_id(), request.item_id()).size() >= kMaxRequestsOfRoom) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, "requests of the room", kMaxRequestsOfRoom);
  }
  if (state.requests().size() >= kMaxRequests) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, "requests", kMaxRequests);
  }
  v1::Session& session = draft.edit_session();
  const std::int64_t sequence = session.next_sequence();
  session.set_next_sequence(sequence + 1);
  request.set_id(draft.fresh_id());
  request.set_sequence(sequence);
  request.set_order_key(first_key(sequence));
  request.set_raised_at_ms(draft.now_ms());
  const v1::Person* by = acting_person(state, draft.context());
  if (by != nullptr) {
    request.set_raised_by_person_id(by->id());
    request.set_raised_by_owner(by->id() == request.speaker_person_id() ||
                                is_holder(state, request, by->id()));
  }
  const std::string id = request.id();
  draft.put(std::move(request));
  return draft.finish(id);
}

}  // namespace

std::expected<Decision, Refusal> decide_request_floor(const State& state,
                                                      const v1::RequestFloor& command,
                                                      const Context& context) {
  auto request = new_request(state, command, context);
  if (!request) return Refused(request.error());
  Draft draft(state, context);
  const v1::Request* waiting = waiting_alike(draft, *request);
  if (waiting != nullptr) return raise_again(draft, *waiting, *request);
  const v1::Room& room = *state.room(request->room_id());
  if (auto open = check_open(state, command, room, request->item_id(), context); !open) {
    return Refused(open.error());
  }
  return raise(draft, *std::move(request));
}

}  // namespace plenary::core
