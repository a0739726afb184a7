#include "connection/from_socket.hpp"

namespace plenary::connection {

bool may_come_from_a_socket(const plenary::v1::Command& command) {
  using plenary::v1::Command;
  switch (command.body_case()) {
    case Command::kCreateSession:
    case Command::kEnterSession:
    case Command::kFinishClosing:
    case Command::kNoteSeen:
    case Command::kCreateInvitation:  // their ids are signed by the edge
    case Command::kOfferReturn:
      return false;
    default:
      return true;
  }
}

}  // namespace plenary::connection
