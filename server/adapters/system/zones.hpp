// The names of the time zones that this machine knows (IANA), from its tzdata: what a session's
// zone may be. Errors: a sentence, if the machine has no tzdata. Threading: any; read once at the
// start.
#pragma once

#include <expected>
#include <filesystem>
#include <set>
#include <string>

namespace plenary::adapters {

using ZoneNames = std::set<std::string, std::less<>>;

std::expected<ZoneNames, std::string> zone_names(
    const std::filesystem::path& folder = "/usr/share/zoneinfo");

}  // namespace plenary::adapters
