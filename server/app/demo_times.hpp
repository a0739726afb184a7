// The demonstration begins now, whatever day its file names: so its clocks look as in a meeting.
#pragma once

#include <cstdint>

#include "plenary/v1/commands.pb.h"

namespace plenary::app {

// Date and start are those of `local_ms`, the wall clock of the agenda's zone as milliseconds since
// 1970; fixed starts move along, and go where they would fall on the next day. Lengths stay.
void begin_at(plenary::v1::Agenda& agenda, std::int64_t local_ms);

}  // namespace plenary::app
