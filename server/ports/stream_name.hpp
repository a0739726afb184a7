// Names of streams, and what every append must fulfil; shared by the adapters, so that they agree.
// "session/<id>" is the stream of a session, "notes/<id>/<room>" that of one document of it.
// Pure functions; any thread; no errors.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "ports/event_log.hpp"

namespace plenary::ports {

inline constexpr std::string_view kSessionPrefix = "session/";
inline constexpr std::string_view kNotesPrefix = "notes/";

inline std::string session_stream(std::string_view session_id) {
  return std::string(kSessionPrefix).append(session_id);
}

inline bool is_session_stream(std::string_view stream) {
  return stream.starts_with(kSessionPrefix);
}

// The session that a stream belongs to; "" if the name is neither of the two forms.
inline std::string_view session_of(std::string_view stream) {
  if (stream.starts_with(kSessionPrefix)) {
    stream.remove_prefix(kSessionPrefix.size());
    return stream.find('/') == std::string_view::npos ? stream : std::string_view{};
  }
  if (!stream.starts_with(kNotesPrefix)) return {};
  stream.remove_prefix(kNotesPrefix.size());
  const auto slash = stream.find('/');
  return slash == std::string_view::npos || slash + 1 == stream.size() ? std::string_view{}
                                                                       : stream.substr(0, slash);
}

// Whether records may be appended after `expected`: at least one, gapless, each naming the one
// before. Anything else is a mistake of the caller's, which adapters assert against.
inline bool continues(const Position& expected, const std::vector<v1::Record>& records) {
  if (records.empty() || (expected.seq == 0) != expected.id.empty()) return false;
  const std::string* previous_id = &expected.id;
  std::uint64_t seq = expected.seq;
  return std::ranges::all_of(records, [&](const v1::Record& record) {
    const bool follows =
        record.seq() == ++seq && !record.id().empty() && record.previous_id() == *previous_id;
    previous_id = &record.id();
    return follows;
  });
}

}  // namespace plenary::ports
