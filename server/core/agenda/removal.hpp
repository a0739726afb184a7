// An item that was never run goes, and the hands that were raised for it with it.
#pragma once

#include <string_view>

#include "core/changes.hpp"

namespace plenary::core {

void remove_item(Draft& draft, std::string_view item_id);

}  // namespace plenary::core
