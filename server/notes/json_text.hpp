// JSON as text: checked on the way in, kept as it came (parsing and printing again could change a
// number or the order of keys, and with it the bytes of the document), and written on the way out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plenary::notes {

// Whether it is one JSON value (RFC 8259, as JSON.parse takes it) of depth at most kMaxValueDepth.
bool is_json(std::string_view text);

// Appends a JSON string literal, escaped as JSON.stringify does.
void append_json_string(std::string& out, std::string_view text);

// Appends a number as JavaScript prints it.
void append_js_number(std::string& out, double value);

// Appends one Any value (bytes that Reader::any has passed) as JSON. What JSON lacks: undefined is
// null, bytes are base64 in a string, a big integer is a number.
void append_any_as_json(std::string& out, std::string_view any);

// The text of a JSON string literal, unescaped; nothing if the JSON is no string.
std::optional<std::string> json_string(std::string_view json);

// The members of a JSON object, in their order, values as their JSON; empty if it is no object.
std::vector<std::pair<std::string, std::string_view>> json_members(std::string_view json);

}  // namespace plenary::notes
