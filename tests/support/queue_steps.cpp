#include "support/queue_steps.hpp"

namespace plenary::test {

v1::RequestFloor hand(std::string_view room_id, v1::RequestKind kind, std::string_view note) {
  v1::RequestFloor command;
  command.set_room_id(std::string(room_id));
  command.set_kind(kind);
  command.set_note(std::string(note));
  return command;
}

v1::NextSpeaker next_of(std::string_view room_id, std::string_view seen_speech_id,
                        std::string_view request_id) {
  v1::NextSpeaker command;
  command.set_room_id(std::string(room_id));
  command.set_seen_speech_id(std::string(seen_speech_id));
  command.set_request_id(std::string(request_id));
  return command;
}

v1::GrantFloor grant_of(std::string_view request_id, std::string_view seen_speech_id) {
  v1::GrantFloor command;
  command.set_request_id(std::string(request_id));
  command.set_seen_speech_id(std::string(seen_speech_id));
  return command;
}

v1::MoveRequest move_of(std::string_view request_id, std::string_view before_request_id) {
  v1::MoveRequest command;
  command.set_request_id(std::string(request_id));
  command.set_before_request_id(std::string(before_request_id));
  return command;
}

std::string raise(Given& given, std::string_view person_id, std::string_view room_id,
                  v1::RequestKind kind) {
  return given.when(hand(room_id, kind)).by(person_id).then_accepted();
}

std::string grant(Given& given, std::string_view request_id) {
  const std::string room_id = given.request(request_id).room_id();
  return given.when(grant_of(request_id, given.room(room_id).current_speech_id()))
      .by("chair")
      .then_accepted();
}

std::string act_of(const Given& given, v1::ActKind kind) {
  std::string found;
  for (const auto& [id, act] : given.state().acts()) {
    if (act->kind() == kind) found = id;
  }
  return found;
}

void undo(Given& given, v1::ActKind kind) {
  v1::Undo command;
  command.set_act_id(act_of(given, kind));
  given.when(command).by("chair").then_accepted();
}

}  // namespace plenary::test
