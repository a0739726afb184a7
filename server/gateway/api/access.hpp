// Who asks, over HTTP. A token says who; what that person may do, core decides from the state.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/api/routes.hpp"
#include "plenary/v1/records.pb.h"
#include "ports/id_source.hpp"

namespace plenary::host {
class SessionHost;
}

namespace plenary::gateway::api {

struct Access {
  std::shared_ptr<host::SessionHost> host;
  plenary::v1::Actor actor;
};

// The organizer by the key; nothing else will do. A Response is the refusal.
std::expected<void, Response> need_organizer(const Services& services, const Request& request);

// The organizer, or a person of the session whose token is still good. The session must exist.
boost::asio::awaitable<std::expected<Access, Response>> need_member(const Services& services,
                                                                    const Request& request,
                                                                    std::string session_id);

std::string random_hex(const Services& services);         // 32 characters
std::string random_command_id(const Services& services);  // 16 bytes

// What the request's Idempotency-Key says, so that a request whose answer was lost can be sent
// again and acts once (draft-ietf-httpapi-idempotency-key-header); random without one. BAD_FIELD
// for what is no UUID.
std::expected<ports::Id, Response> key_of(const Services& services, const Request& request);

Response json_response(int status, std::string body);

}  // namespace plenary::gateway::api
