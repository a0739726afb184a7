// How far a zone's clocks are from UTC at an instant, from the machine's tzdata (TZif, RFC 8536).
// For the demonstration, which begins when it is made; sessions leave zones to the browsers
// (decisions/0003).
// Errors: nothing, if there is no such file or it cannot be read. Threading: any.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace plenary::adapters {

std::optional<std::int64_t> zone_offset_ms(
    const std::string& zone, std::int64_t at_ms,
    const std::filesystem::path& folder = "/usr/share/zoneinfo");

}  // namespace plenary::adapters
