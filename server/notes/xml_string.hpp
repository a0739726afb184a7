// Yjs's toString of XML types. INTERNAL.
#pragma once

#include "notes/render.hpp"
#include "notes/store.hpp"

namespace plenary::notes {

Rendered xml_string(const Store& store, TypeIndex type, const RenderLimits& limits);

}  // namespace plenary::notes
