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

// Whether every unit names neighbours between which it could have been written. Where one lies
// about them, its place hangs on the order in which things came, in Yjs as well; content hashes are
// there to notice that.
bool is_honest(const notes::Document& document);

// A document's invariants from the outside: what it encodes, what waits included, is taken by
// another one of those options, which then knows as much; if the document is honest, shows the
// same, waits for the same and encodes the same again. Its snapshot can be decoded.
void check_document(const notes::Document& document, const notes::DocumentOptions& options);

}  // namespace plenary::fuzz
