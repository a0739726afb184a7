// Kinds of characters, as far as renderings depend on them. INTERNAL.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace plenary::notes {

// The code point that begins at `at` of a valid text; moves `at` behind it.
std::uint32_t next_code_point(std::string_view text, std::size_t& at);
// Where the last code point of a text begins; 0 if there is none.
std::size_t last_code_point(std::string_view text);

// C0, DEL, C1 and the two separators U+2028 and U+2029: some of them end a line for some readers.
bool is_control(std::uint32_t code);
// A space of any width, line ends included.
bool is_blank(std::uint32_t code);
// A letter or digit in whatever version of Unicode and CommonMark. What isn't listed, other letters
// too, is not.
bool is_letter(std::uint32_t code);

// A text without control characters but line feeds and tabs. However its lines ended, now they end
// with one line feed; what else would mean nothing, or something else to each reader, is a blank,
// or U+FFFD.
std::string cleaned(std::string_view text);

}  // namespace plenary::notes
