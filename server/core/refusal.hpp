// Refusals, made in one line. They are values: std::unexpected of a v1::Refusal.
#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

#include "plenary/v1/wire.pb.h"

namespace plenary::core {

namespace v1 = ::plenary::v1;

using Refused = std::unexpected<v1::Refusal>;

// `field` names the part of the command, in dots; `accepted` says in English what would have been
// taken.
Refused refuse(v1::RefusalCode code, std::string_view field = {}, std::string_view accepted = {});
Refused refuse_field(std::string_view field, std::string_view accepted);
Refused refuse_limit(v1::RefusalCode code, std::string_view field, std::int64_t limit);

// Something may be done, or not.
using Allowed = std::expected<void, v1::Refusal>;

}  // namespace plenary::core
