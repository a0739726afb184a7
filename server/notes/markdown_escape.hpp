// Text, code and addresses so that CommonMark reads them as what they are. All of it takes text
// that is `cleaned` (code_points.hpp). INTERNAL.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plenary::notes {

// A blank or punctuation of ASCII; anything of it is that for every reader.
bool is_ascii_mark(char letter);

// Text, in place: `out` is what stands before it in its block. Blanks at the beginning of a line
// are left out, they would mean something.
void append_escaped(std::string& out, std::string_view text, std::string_view line_break);

// A character as "&#233;", which is never markup.
void append_reference(std::string& out, std::uint32_t code);

// A code span, in one line. In a cell a bar is escaped, which only readers of tables take back.
void append_code(std::string& out, std::string_view text, bool in_cell);

// What stands between < and > of a link.
void append_address(std::string& out, std::string_view address);

// A heading that ends in # would lose it.
void escape_last_hash(std::string& heading);

std::size_t longest_run(std::string_view text, char of);

}  // namespace plenary::notes
