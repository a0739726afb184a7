// Small things done to text, in more than one place. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace plenary::gateway {

std::string_view trim(std::string_view text);  // blanks and tabs at both ends
std::string hex(std::span<const std::uint8_t> bytes);
std::string base64(std::span<const std::uint8_t> bytes);  // RFC 4648, 4; padded

}  // namespace plenary::gateway
