// The two secrets of an installation, in its data folder:
//   token.key       signs tokens
//   organizer.key   is given with the creation of sessions (architecture: Access)
// Each is one line of 64 hexadecimal digits, made at random on first start, readable by the owner
// alone.
//
// Threading: used once at the start. Errors: a sentence that names the file and what to do; an
// existing file is never overwritten.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace plenary::adapters {

struct Keys {
  std::string token_key;      // 32 bytes
  std::string organizer_key;  // as it is given: 64 hexadecimal digits
};

// Makes the folder (0700) and the files (0600) that are missing, durably.
std::expected<Keys, std::string> open_keys(const std::filesystem::path& folder);

}  // namespace plenary::adapters
