// explain_place(): why an entry stands where it stands, on request (Q10). Walks what stands before
// it; the counts of the reasons add up to the place.
#include <map>

#include "core/queue/order.hpp"

namespace plenary::core {
namespace {

struct Before {
  std::map<v1::RequestKind, int> higher;  // in the order of bands, as kinds are numbered by rank
  int moved_before = 0;
  int earlier = 0;
  int passed_by = 0;  // raised later, and before it because it was moved back
};

void count(const v1::Room& room, const v1::Request& request, const v1::Request& other,
           Before& before) {
  // A move may have put it into a band that is not its kind's.
  const bool own_band =
      !other.has_moved() || band_of(room.settings().preset(), other.kind()) == other.band();
  if (other.band() < request.band() && own_band) {
    ++before.higher[other.kind()];
  } else if (other.sequence() < request.sequence()) {
    ++before.earlier;
  } else if (other.has_moved()) {
    ++before.moved_before;
  } else {
    ++before.passed_by;
  }
}

v1::PlaceReason& add(v1::PlaceExplanation& explanation, v1::PlaceReason::Kind kind, int count) {
  v1::PlaceReason& reason = *explanation.add_reasons();
  reason.set_kind(kind);
  reason.set_count(count);
  return reason;
}

// Who stepped back is the one who moved the entry: a name that the room may hide from others (P8).
void add_move(const State& state, const v1::Room& room, const v1::Request& request, int passed_by,
              bool inside, v1::PlaceExplanation& explanation) {
  v1::PlaceReason& reason = add(explanation, v1::PlaceReason::KIND_MOVED, passed_by);
  const v1::Person* by = state.person(request.moved().by_person_id());
  if (by != nullptr && (inside || !room.settings().names_hidden())) {
    reason.set_person_name(by->name());
  }
  reason.set_at_ms(request.moved().at_ms());
  if (inside) reason.set_reason(request.moved().reason());
}

}  // namespace

v1::PlaceExplanation explain_place(const State& state, const v1::Request& request, bool inside) {
  v1::PlaceExplanation explanation;
  explanation.set_request_id(request.id());
  explanation.set_place(place_of(state, request));
  const v1::Room* room = state.room(request.room_id());
  if (room == nullptr) return explanation;
  Before before;
  const QueueKey own = queue_key(request);
  for (const QueueKey& key : state.queue(request.room_id(), request.item_id())) {
    if (!(key < own)) break;
    const v1::Request& other = *state.request(key.request_id);
    if (!other.held()) count(*room, request, other, before);
  }
  if (request.held()) {
    add(explanation, v1::PlaceReason::KIND_HELD, 0);
  } else if (explanation.place() == 1) {
    add(explanation, v1::PlaceReason::KIND_FIRST, 0);
  }
  for (const auto& [kind, number] : before.higher) {
    add(explanation, v1::PlaceReason::KIND_HIGHER_BAND, number).set_request_kind(kind);
  }
  if (before.earlier > 0) add(explanation, v1::PlaceReason::KIND_EARLIER, before.earlier);
  if (before.moved_before > 0) {
    add(explanation, v1::PlaceReason::KIND_MOVED_BEFORE, before.moved_before);
  }
  if (request.has_moved()) {
    add_move(state, *room, request, before.passed_by, inside, explanation);
  }
  return explanation;
}

}  // namespace plenary::core
