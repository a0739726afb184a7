#include "gateway/http_answer.hpp"

#include <chrono>
#include <string_view>

#include "gateway/address_limits.hpp"
#include "gateway/api/routes.hpp"
#include "gateway/public_url.hpp"
#include "gateway/static_files.hpp"
#include "ports/authenticator.hpp"
#include "ports/clock.hpp"
#include "ports/event_log.hpp"

namespace plenary::gateway {

namespace {

Response plain(int status, std::string text) {
  Response response;
  response.status = status;
  response.type = "text/plain; charset=utf-8";
  response.body = std::move(text);
  response.fields.emplace_back("Cache-Control", "no-store");
  return response;
}

// Ready: the log can be read, and the server isn't on its way out.
boost::asio::awaitable<Response> readiness(const Services& services) {
  if (services.draining.load(std::memory_order_relaxed)) co_return plain(503, "draining\n");
  auto outcome = co_await services.log.read("session/readiness", 0, 1);
  if (std::holds_alternative<ports::Unavailable>(outcome)) co_return plain(503, "no log\n");
  co_return plain(200, "ready\n");
}

Response metrics(const Services& services, const HttpHooks& hooks, const Request& request) {
  const bool organizer =
      !request.bearer().empty() && services.authenticator.is_organizer_key(request.bearer());
  if (!request.loopback && !organizer) return problem(403, "forbidden");
  Response response = plain(200, hooks.metrics_text ? hooks.metrics_text() : std::string());
  response.type = "text/plain; version=0.0.4; charset=utf-8";
  return response;
}

// As RFC 9110 wants it: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(std::int64_t now_ms) {
  namespace chrono = std::chrono;
  constexpr std::string_view kDays = "SunMonTueWedThuFriSat";
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const chrono::sys_seconds now{chrono::floor<chrono::seconds>(chrono::milliseconds(now_ms))};
  const auto day = chrono::floor<chrono::days>(now);
  const chrono::year_month_day date(day);
  const chrono::hh_mm_ss time(now - day);
  const auto two = [](auto number) {
    const auto value = static_cast<unsigned>(number);
    return (value < 10 ? "0" : "") + std::to_string(value);
  };
  std::string text(kDays.substr(chrono::weekday(day).c_encoding() * 3, 3));
  text += ", " + two(static_cast<unsigned>(date.day())) + " ";
  text += kMonths.substr((static_cast<unsigned>(date.month()) - 1) * 3, 3);
  text += " " + std::to_string(static_cast<int>(date.year())) + " " + two(time.hours().count());
  return text + ":" + two(time.minutes().count()) + ":" + two(time.seconds().count()) + " GMT";
}

}  // namespace

std::string content_security_policy(const PublicUrl& public_url, std::string_view own_scripts) {
  return "default-src 'none'; script-src 'self'" + std::string(own_scripts) +
         "; style-src 'self'; connect-src 'self' " + public_url.websocket_origin() +
         "; img-src 'self' data:; font-src 'self'; manifest-src 'self'; base-uri 'none'; "
         "form-action 'self'; frame-ancestors 'none'";
}

boost::asio::awaitable<Response> answer(const Services& services, const HttpHooks& hooks,
                                        const Request& request) {
  if (api::is_api_path(request.path)) co_return co_await api::respond(services, request);
  const bool own =
      request.path == "/healthz" || request.path == "/readyz" || request.path == "/metrics";
  if (!own) co_return services.files.respond(request);
  if (request.method != "GET" && request.method != "HEAD") {
    Response refused = problem(405, "method_not_allowed");
    refused.fields.emplace_back("Allow", "GET, HEAD");
    co_return refused;
  }
  if (request.path == "/healthz") co_return plain(200, "ok\n");
  if (request.path == "/readyz") co_return co_await readiness(services);
  co_return metrics(services, hooks, request);
}

std::string write_head(const Services& services, const Response& response, bool keep_alive) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  head.append(reason_phrase(response.status)).append("\r\n");
  const auto field = [&head](std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
  };
  field("Server", "plenary");
  field("Date", http_date(services.clock.server_now_ms()));
  for (const auto& [name, value] : response.fields)
    field(name, value);
  if (response.has_body) {
    field("Content-Type", response.type.empty() ? "text/plain; charset=utf-8" : response.type);
    field("Content-Length", std::to_string(response.content().size()));
  }
  field("X-Content-Type-Options", "nosniff");
  field("Cross-Origin-Resource-Policy", "same-origin");
  // On a slow line half a kilobyte on every script is felt (A3), and it would say nothing there.
  if (!response.is_part) {
    field("Content-Security-Policy",
          content_security_policy(services.public_url, services.files.own_scripts()));
    field("Referrer-Policy", "no-referrer");
    field("Permissions-Policy",
          "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), "
          "microphone=(), payment=(), usb=()");
    field("Cross-Origin-Opener-Policy", "same-origin");
    if (services.public_url.https()) field("Strict-Transport-Security", "max-age=31536000");
  }
  if (!keep_alive) field("Connection", "close");
  return head.append("\r\n");
}

}  // namespace plenary::gateway
