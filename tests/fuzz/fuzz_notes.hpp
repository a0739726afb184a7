// What the fuzzers of the notes share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "notes/document.hpp"

namespace plenary::fuzz {

// Ends the process, loudly and in every build: libFuzzer keeps the input.
void require(bool holds, const char* what);

// An input as several updates: each is a length in one byte (255: all that is left) and its bytes.
std::vector<std::string_view> pieces(std::string_view input);

// A document's invariants from the outside: what it encodes, what waits included, makes an equal
// document of those options, which encodes the same again; its snapshot can be decoded.
void check_document(const notes::Document& document, const notes::DocumentOptions& options);

}  // namespace plenary::fuzz
