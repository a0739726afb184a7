// Is this request head exactly what RFC 9112 allows, with no room for two readings of where it
// ends? Pure.
//
// Why beside Beast's parser: Beast, like most, takes some shapes that another server in the chain
// may read differently (folded lines, both lengths). Here each of them is refused before anything
// is parsed (smuggling).
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string_view>

namespace plenary::gateway {

// The length of the head with its empty line, or nothing if it isn't whole yet. A head that ends
// with bare line feeds is found too, so that it is refused instead of waited for.
std::optional<std::size_t> head_length(std::string_view bytes);

// Why it is refused (for the log and the body of the 400); nothing if it may be parsed.
std::optional<std::string_view> head_fault(std::string_view head);

}  // namespace plenary::gateway
