// What Plenary's fan-out is compared with, in the same run on the same machine: other programs that
// send as many messages of as many bytes to as many connections. Each returns microseconds of CPU
// per message that arrived.
#pragma once

#include <cstddef>

#include "meeting.hpp"

namespace load {

// settings.floor: one epoll, and one write for each message and connection; nothing less can be
// had.
double run_floor(const Settings& settings, std::size_t bytes, double per_s);

// settings.queue: Beast with a queue of async_write for each connection, as most servers have it.
double run_queue(const Settings& settings, std::size_t bytes, double per_s);

}  // namespace load
