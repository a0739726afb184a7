// The steps of a queue in one line each, for tests of who stands where and who has the floor. Each
// fails the test if it is refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/given.hpp"

namespace plenary::test {

// Short words that such tests are full of, for `using namespace words`.
namespace words {

using Ids = std::vector<std::string>;
inline constexpr auto kHand = v1::REQUEST_KIND_HAND;
inline constexpr auto kOrder = v1::REQUEST_KIND_POINT_OF_ORDER;
inline constexpr auto kQuestion = v1::REQUEST_KIND_CLARIFYING_QUESTION;
inline constexpr auto kReply = v1::REQUEST_KIND_REPLY;
inline constexpr auto kTopic = v1::REQUEST_KIND_NEW_TOPIC;
inline constexpr auto kIntervention = v1::REQUEST_KIND_INTERVENTION;
inline constexpr auto kRightOfReply = v1::REQUEST_KIND_RIGHT_OF_REPLY;

// The command on a request or, where it names none, on a speech: of<v1::EndSpeech>(id).
template <typename Command>
Command of(std::string_view id) {
  Command command;
  if constexpr (requires { command.set_request_id(std::string()); }) {
    command.set_request_id(std::string(id));
  } else {
    command.set_speech_id(std::string(id));
  }
  return command;
}

}  // namespace words

v1::RequestFloor hand(std::string_view room_id, v1::RequestKind kind, std::string_view note = {});
v1::NextSpeaker next_of(std::string_view room_id, std::string_view seen_speech_id,
                        std::string_view request_id);
v1::GrantFloor grant_of(std::string_view request_id, std::string_view seen_speech_id = {});
v1::MoveRequest move_of(std::string_view request_id, std::string_view before_request_id = {});

// Returns the id of the request.
std::string raise(Given& given, std::string_view person_id, std::string_view room_id,
                  v1::RequestKind kind);
// By the chair, who sees who has the floor; returns the id of the speech.
std::string grant(Given& given, std::string_view request_id);

// The one act of this kind in the state, "" if there is none.
std::string act_of(const Given& given, v1::ActKind kind);
// Undoes it, by the chair.
void undo(Given& given, v1::ActKind kind);

}  // namespace plenary::test
