// A refusal of an imported agenda names a field of the command; who wrote the file knows its keys.
#pragma once

#include <string>
#include <string_view>

#include "plenary/v1/wire.pb.h"

namespace plenary::gateway {

// "agenda.items[3].room_id" is "agenda[3].room" in the file. What is no field of an agenda stays.
std::string field_in_file(std::string_view field);
// The same refusal with that field.
plenary::v1::Refusal in_words_of_the_file(plenary::v1::Refusal refusal);

}  // namespace plenary::gateway
