// Small things done to text, in more than one place. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace plenary::gateway {

std::string_view trim(std::string_view text);  // blanks and tabs at both ends
std::string hex(std::span<const std::uint8_t> bytes);
// RFC 9562, 4: five groups of hexadecimal digits, of either case; of any version.
std::optional<std::array<std::uint8_t, 16>> parse_uuid(std::string_view text);
std::string base64(std::span<const std::uint8_t> bytes);  // RFC 4648, 4; padded

}  // namespace plenary::gateway
