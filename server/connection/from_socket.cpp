#include "connection/from_socket.hpp"

namespace plenary::connection {

bool may_come_from_a_socket(const plenary::v1::Command& command) {
  using plenary::v1::Command;
  switch (command.body_case()) {
    case Command::kCreateSession:
    case Command::kEnterSession:
    case Command::kFinishClosing:
    case Command::kNoteSeen:
    case Command::kCreateInvitation:  // its id is signed by the edge
      return false;
    default:
      return true;
  }
}

}  // namespace plenary::connection
