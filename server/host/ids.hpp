// Names of sessions: ids, and the codes that people type. Pure.
#pragma once

#include <string>
#include <string_view>

#include "ports/id_source.hpp"

namespace plenary::host {

// Ids come from links: what cannot be one never reaches the log as the name of a stream.
bool is_session_id(std::string_view id);

// Base 32 without letters that look alike; 26 characters for 128 bits.
std::string to_session_id(const ports::Id& bytes);

// Eight digits.
std::string to_join_code(const ports::Id& bytes);

}  // namespace plenary::host
