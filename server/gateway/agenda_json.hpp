// The agenda's file format (S4) and the vocabulary's Agenda. The keys and words are those of the
// sample meeting, `deploy/sample` has one; what export writes, import reads. Pure.
//
// Read strictly: types, words, keys and numbers here; lengths, zones, times and references by core.
#pragma once

#include <boost/json/object.hpp>
#include <expected>
#include <string>

#include "plenary/v1/commands.pb.h"
#include "plenary/v1/wire.pb.h"

namespace plenary::gateway {

std::expected<plenary::v1::Agenda, plenary::v1::Refusal> parse_agenda(
    const boost::json::object& object);
boost::json::object agenda_to_json(const plenary::v1::Agenda& agenda);

}  // namespace plenary::gateway
