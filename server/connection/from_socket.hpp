// Which commands a browser may send. The connection asks before it takes one up, and the host again
// before it decides, since whoever stands between might not have.
#pragma once

#include "plenary/v1/commands.pb.h"

namespace plenary::connection {

// False for what only the edge, the organizer or time itself may ask for: whatever the person's
// rights, that comes by HTTP or not at all.
bool may_come_from_a_socket(const plenary::v1::Command& command);

}  // namespace plenary::connection
