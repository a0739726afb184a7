// The fields of sessions and rooms, checked: what CreateSession, ChangeSession, ChangeRoom and
// imports share. Each takes the path of the field in the command, for the refusal.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "core/decide.hpp"
#include "core/refusal.hpp"

namespace plenary::core {

using Strings = google::protobuf::RepeatedPtrField<std::string>;

// At most kMaxLanguages different tags.
Allowed check_languages(const Strings& languages, std::string_view field);
// One of Context.zones, or a well-formed name where these are not known.
Allowed check_zone(std::string_view zone, const Context& context, std::string_view field);
// 0 is the default.
std::expected<std::int32_t, v1::Refusal> check_retention(std::int32_t days, std::string_view field);
// 0 to the most.
Allowed check_range(std::int64_t value, std::int64_t most, std::string_view field);

// Unset enumerations get their defaults: simple, held by the person, counting up.
std::expected<v1::RoomSettings, v1::Refusal> check_settings(const v1::RoomSettings& raw,
                                                            std::string_view field);

}  // namespace plenary::core
