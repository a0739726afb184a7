// Opening and making the file, and refusing what is not ours or not whole. FORMAT.md says what is
// in it.
//
// Errors: a sentence that names the file, what is wrong and what to do. A refused file is left as
// it is, byte for byte; an existing one is never overwritten.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "adapters/sqlite/database.hpp"

namespace plenary::adapters {

inline constexpr std::int64_t kApplicationId = 0x504C4E59;  // "PLNY"
inline constexpr std::int64_t kFormatVersion = 1;

// A connection that holds the file's lock until it is closed, set up and checked.
std::expected<Database, std::string> open_store(const std::filesystem::path& file, const char* vfs);

}  // namespace plenary::adapters
