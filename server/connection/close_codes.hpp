// The close codes of PROTOCOL.md. 4000–4499: come back. 4500–4999: do not.
#pragma once

#include <cstdint>

#include "plenary/v1/wire.pb.h"

namespace plenary::connection {

enum class CloseCode : std::int32_t {
  resync = 4000,
  restarting = 4001,
  slow = 4002,
  silent = 4003,
  unavailable = 4004,
  rate_limited = 4005,
  hello_late = 4006,
  full = 4007,
  moved = 4008,
  bad_message = 4500,
  too_big = 4501,
  unknown_token = 4502,
  removed = 4503,
  revoked = 4504,
  session_gone = 4505,
  replaced = 4506,
};

// The name of the code in PROTOCOL.md, which is the start of a Bye's reason.
const char* name_of(CloseCode code);

// `detail` is in English, for developers and logs; it never holds what the client sent.
plenary::v1::Bye make_bye(CloseCode code, const char* detail = "", std::int64_t retry_after_ms = 0);

}  // namespace plenary::connection
