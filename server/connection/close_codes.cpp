#include "connection/close_codes.hpp"

#include <string>

namespace plenary::connection {

const char* name_of(CloseCode code) {
  switch (code) {
    case CloseCode::resync:
      return "resync";
    case CloseCode::restarting:
      return "restarting";
    case CloseCode::slow:
      return "slow";
    case CloseCode::silent:
      return "silent";
    case CloseCode::unavailable:
      return "unavailable";
    case CloseCode::rate_limited:
      return "rate_limited";
    case CloseCode::hello_late:
      return "hello_late";
    case CloseCode::full:
      return "full";
    case CloseCode::moved:
      return "moved";
    case CloseCode::bad_message:
      return "bad_message";
    case CloseCode::too_big:
      return "too_big";
    case CloseCode::unknown_token:
      return "unknown_token";
    case CloseCode::removed:
      return "removed";
    case CloseCode::revoked:
      return "revoked";
    case CloseCode::session_gone:
      return "session_gone";
    case CloseCode::replaced:
      return "replaced";
  }
  return "";
}

plenary::v1::Bye make_bye(CloseCode code, const char* detail, std::int64_t retry_after_ms) {
  plenary::v1::Bye bye;
  bye.set_code(static_cast<std::int32_t>(code));
  std::string reason = name_of(code);
  if (*detail != '\0') reason.append(": ").append(detail);
  bye.set_reason(reason);
  bye.set_retry(static_cast<std::int32_t>(code) < 4500);
  bye.set_retry_after_ms(retry_after_ms);
  return bye;
}

}  // namespace plenary::connection
