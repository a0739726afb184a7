// Yjs's toString of XML types. INTERNAL.
#pragma once

#include <string>

#include "notes/store.hpp"

namespace plenary::notes {

std::string xml_string(const Store& store, TypeIndex type);

}  // namespace plenary::notes
