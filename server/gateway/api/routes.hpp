// The routes of /api/v1 and their common rules. openapi.yaml describes each of them; a test holds
// both together.
//
// Threading: handlers run on the connection's core and may be called on any.
// Errors: every refusal is a problem (http_message.hpp) with a stable code; nothing is thrown.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/http_message.hpp"
#include "gateway/services.hpp"

namespace plenary::gateway::api {

using Parameters = std::vector<std::string>;
using Handler = boost::asio::awaitable<Response> (*)(const Services&, const Request&, Parameters);

struct Route {
  std::string_view method;
  std::string_view pattern;  // "/api/v1/sessions/{id}/agenda"
  Handler handler;           // nullptr: the WebSocket's address, which the connection itself serves
  bool takes_agenda =
      false;  // a body of up to kMaxAgendaBytes, read only if the key or token is good
};

std::span<const Route> routes();

// Whether the path belongs here at all.
bool is_api_path(std::string_view path);
// 404, 405, wrong Origin, wrong media type, or what the handler says.
boost::asio::awaitable<Response> respond(const Services& services, const Request& request);
// How long the body may be; decided from the head alone.
std::size_t max_body_bytes(const Services& services, const Request& head);

// The parameters, if the path matches.
bool match(std::string_view pattern, std::string_view path, Parameters& parameters);

// --- the handlers
boost::asio::awaitable<Response> create_session(const Services&, const Request&, Parameters);
boost::asio::awaitable<Response> delete_session(const Services&, const Request&, Parameters);
boost::asio::awaitable<Response> export_agenda(const Services&, const Request&, Parameters);
boost::asio::awaitable<Response> import_agenda(const Services&, const Request&, Parameters);
boost::asio::awaitable<Response> create_invitation(const Services&, const Request&, Parameters);
boost::asio::awaitable<Response> offer_return(const Services&, const Request&, Parameters);
boost::asio::awaitable<Response> look_up_code(const Services&, const Request&, Parameters);
boost::asio::awaitable<Response> show_lobby(const Services&, const Request&, Parameters);
boost::asio::awaitable<Response> enter(const Services&, const Request&, Parameters);

}  // namespace plenary::gateway::api
