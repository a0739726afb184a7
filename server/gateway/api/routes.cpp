#include "gateway/api/routes.hpp"

#include <algorithm>
#include <array>

#include "gateway/address_limits.hpp"
#include "gateway/limits.hpp"
#include "gateway/public_url.hpp"
#include "gateway/words.hpp"
#include "ports/authenticator.hpp"
#include "ports/clock.hpp"

namespace plenary::gateway::api {

namespace {

constexpr std::array kRoutes{
    Route{"POST", "/api/v1/sessions", create_session, true},
    Route{"DELETE", "/api/v1/sessions/{id}", delete_session},
    Route{"GET", "/api/v1/sessions/{id}/agenda", export_agenda},
    Route{"POST", "/api/v1/sessions/{id}/agenda", import_agenda, true},
    Route{"POST", "/api/v1/sessions/{id}/invitations", create_invitation},
    Route{"POST", "/api/v1/sessions/{id}/people/{person}/return", offer_return},
    Route{"GET", "/api/v1/sessions/{id}/lobby", show_lobby},
    Route{"GET", "/api/v1/sessions/by-code/{code}", look_up_code},
    Route{"POST", "/api/v1/enter", enter},
    Route{"GET", "/api/v1/connect", nullptr},
};

std::string_view next_part(std::string_view& path) {
  path.remove_prefix(1);  // the slash
  const std::size_t end = std::min(path.find('/'), path.size());
  const std::string_view part = path.substr(0, end);
  path.remove_prefix(end);
  return part;
}

const Route* find(const Request& request, Parameters& parameters, std::string& allowed) {
  std::string_view method = request.method;
  if (method == "HEAD") method = "GET";  // HEAD is answered as GET, without the body
  for (const Route& route : kRoutes) {
    if (!match(route.pattern, request.path, parameters)) continue;
    if (route.method == method) return &route;
    allowed.append(allowed.empty() ? "" : ", ").append(route.method);
  }
  return nullptr;
}

bool is_json(std::string_view type) {
  return lower_case(type.substr(0, std::min(type.find(';'), type.size()))) == "application/json";
}

}  // namespace

std::span<const Route> routes() {
  return kRoutes;
}

bool is_api_path(std::string_view path) {
  return path.substr(0, 5) == "/api/" || path == "/api";
}

bool match(std::string_view pattern, std::string_view path, Parameters& parameters) {
  parameters.clear();
  while (!pattern.empty() && !path.empty()) {
    const std::string_view expected = next_part(pattern);
    const std::string_view part = next_part(path);
    if (expected.substr(0, 1) == "{") {
      if (part.empty() || part.size() > 64) return false;
      parameters.emplace_back(part);
    } else if (part != expected) {
      return false;
    }
  }
  return pattern.empty() && path.empty();
}

boost::asio::awaitable<Response> respond(const Services& services, const Request& request) {
  Parameters parameters;
  std::string allowed;
  const Route* route = find(request, parameters, allowed);
  if (route == nullptr) {
    if (allowed.empty()) co_return problem(404, "not_found");
    Response refused = problem(405, "method_not_allowed");
    refused.fields.emplace_back("Allow", allowed);
    co_return refused;
  }
  // Browsers say where a page came from; another site's page may not act here. Programs say
  // nothing.
  const std::string_view origin = request.field("origin");
  if (!origin.empty() && !services.public_url.is_origin(origin)) {
    co_return problem(403, "wrong_origin");
  }
  if (route->handler == nullptr) {
    Response refused = problem(426, "upgrade_required");
    refused.fields.emplace_back("Upgrade", "websocket");
    co_return refused;
  }
  if (route->method == "POST" && !is_json(request.field("content-type"))) {
    co_return problem(415, "unsupported_media_type", "the body must be application/json");
  }
  co_return co_await route->handler(services, request, std::move(parameters));
}

std::size_t max_body_bytes(const Services& services, const Request& head) {
  Parameters parameters;
  std::string allowed;
  const Route* route = find(head, parameters, allowed);
  if (route == nullptr || !route->takes_agenda || head.bearer().empty()) return kMaxBodyBytes;
  const bool known = services.authenticator.is_organizer_key(head.bearer()) ||
                     services.authenticator.verify(head.bearer(), services.clock.server_now_ms());
  return known ? kMaxAgendaBytes : kMaxBodyBytes;
}

}  // namespace plenary::gateway::api
