// given(state).when(command).by(person).at(ms).then…: how the rules of the core are tested.
//
//   Given given = sample_session().running("i1");
//   const auto hand = given.when(make<v1::RequestFloor>("room_id: 'plenary' kind:
//   REQUEST_KIND_INTERVENTION"))
//                         .by("ana").at(5'000).then_accepted();
//   given.when(make<v1::StartItem>("item_id:
//   'i2'")).by("ana").then_refused(v1::REFUSAL_CODE_FORBIDDEN);
//
// An accepted command is applied, so that the next `when` follows on it. Every acceptance also
// checks what holds always: no entity stands in the changes twice, the inverse gives the state
// before, the same decision comes again.
#pragma once

#include <google/protobuf/text_format.h>

#include <cstdint>
#include <expected>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/apply.hpp"
#include "core/decide.hpp"
#include "core/state.hpp"

namespace plenary::test {

namespace v1 = ::plenary::v1;

// The instant that at(0) means.
inline constexpr std::int64_t kStartMs = 1'800'000'000'000;

// A message from its text form; a mistake in it ends the test program.
void parse_into(google::protobuf::Message& message, std::string_view text);
template <typename T>
T make(std::string_view text = {}) {
  T message;
  parse_into(message, text);
  return message;
}

// A command from its body, whichever command that is.
v1::Command to_command(const google::protobuf::Message& body);

std::string snapshot_bytes(const core::State& state);

// What holds of every accepted decision, whatever the rule: no entity stands in it twice, and its
// inverse restores the state that it was made for.
void check_decision(const core::State& before, const core::Decision& decision);

class Given;

// A command that is about to be decided.
class When {
 public:
  When(Given& given, v1::Command command);
  When& by(std::string_view person_id);
  When& by_organizer();
  When& by_system();
  When& by_edge();
  When& at(std::int64_t since_start_ms);  // default: when the last command was

  // Applies it; returns the id of what was made ("" if nothing). Refused: fails the test, returns
  // "".
  std::string then_accepted();
  // Accepted, and nothing changes.
  void then_nothing();
  void then_refused(v1::RefusalCode code, std::string_view field = {});
  // The bare answer, for everything else; nothing is applied.
  std::expected<core::Decision, v1::Refusal> decision();

 private:
  Given& given_;
  v1::Command command_;
  v1::Actor actor_;
};

class Given {
 public:
  Given() = default;
  explicit Given(core::State state) : state_(std::move(state)) {}

  When when(const google::protobuf::Message& body) { return {*this, to_command(body)}; }

  const core::State& state() const { return state_; }
  std::int64_t now_ms() const { return now_ms_; }

  // --- building a state; each puts entities as they are, without a decision
  template <typename T>
  Given& put(const T& entity);
  Given& phase(v1::SessionPhase phase);
  // A participant, present in the plenary; `grants` like {"moderator:lab", "note_taker:"}.
  Given& person(std::string_view id, std::string_view delegation_id = {},
                std::initializer_list<std::string_view> grants = {});
  Given& settings(std::string_view room_id, std::string_view text);  // merged into the room's
  Given& item(std::string_view id, std::string_view room_id, std::string_view text = {});
  // Makes the item current, with a run "run-<item>" since at(since_ms).
  Given& running(std::string_view item_id, std::int64_t since_ms = 0);
  // A waiting request with its place at the end of band `band`; holder and speaker are the person.
  Given& waiting(std::string_view id, std::string_view person_id, std::string_view room_id,
                 v1::RequestKind kind, std::int32_t band = 0);

  // --- what the tests read; a missing one fails the test and ends it
  const v1::Session& session() const;
  const v1::Room& room(std::string_view id) const;
  const v1::AgendaItem& item(std::string_view id) const;
  const v1::Person& person_of(std::string_view id) const;
  const v1::Request& request(std::string_view id) const;
  const v1::Speech& speech(std::string_view id) const;
  // Ids of the present queue of a room (or of an item's inscriptions), in order.
  std::vector<std::string> queue(std::string_view room_id, std::string_view item_id = {}) const;

 private:
  friend class When;
  core::State state_;
  std::int64_t now_ms_ = kStartMs;
  std::uint64_t decided_ = 0;
};

// LIVE since at(0), nothing current. Rooms: plenary (formal), lab (workshop), hall (simple), all
// queues open. Items: i1, i2 (takes inscriptions ahead), i3 in the plenary; w1, w2 in the lab; h1
// in the hall. Delegations: fr, de, jp. People: chair (moderator of the session), notes (note-taker
// of the session), lead (moderator of the lab), ana and abe (fr), ben (de), joe (jp), zoe (none).
Given sample_session();

}  // namespace plenary::test
