// The things that an act touches (Q15), as v1::Act names them: of two acts on the same thing only
// the later can be undone.
#pragma once

#include <string>
#include <string_view>

namespace plenary::core {

inline std::string floor_of(std::string_view room_id) {
  return "floor:" + std::string(room_id);
}
inline std::string run_of(std::string_view room_id) {
  return "run:" + std::string(room_id);
}
inline std::string queue_of(std::string_view room_id) {
  return "queue:" + std::string(room_id);
}
inline std::string thing_of_request(std::string_view request_id) {
  return "request:" + std::string(request_id);
}

}  // namespace plenary::core
