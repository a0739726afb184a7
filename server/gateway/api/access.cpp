#include "gateway/api/access.hpp"

#include "gateway/text.hpp"
#include "host/directory.hpp"
#include "host/session_host.hpp"
#include "ports/authenticator.hpp"
#include "ports/clock.hpp"
#include "ports/id_source.hpp"

namespace plenary::gateway::api {

namespace v1 = ::plenary::v1;

std::expected<void, Response> need_organizer(const Services& services, const Request& request) {
  const std::string_view key = request.bearer();
  if (!key.empty() && services.authenticator.is_organizer_key(key)) return {};
  return std::unexpected(problem(401, "unknown_token", "the organizer's key is needed"));
}

boost::asio::awaitable<std::expected<Access, Response>> need_member(const Services& services,
                                                                    const Request& request,
                                                                    std::string session_id) {
  const std::string_view bearer = request.bearer();
  Access access;
  ports::Claims claims;
  if (!bearer.empty() && services.authenticator.is_organizer_key(bearer)) {
    access.actor.set_kind(v1::ACTOR_KIND_ORGANIZER);
  } else {
    auto verified = services.authenticator.verify(bearer, services.clock.server_now_ms());
    if (!verified || verified->person_id.empty() || verified->outside ||
        verified->session_id != session_id) {
      co_return std::unexpected(problem(401, "unknown_token"));
    }
    claims = std::move(*verified);
    access.actor.set_kind(v1::ACTOR_KIND_PERSON);
    access.actor.set_person_id(claims.person_id);
  }
  auto found = co_await services.directory.find(session_id);
  if (!found) co_return std::unexpected(problem(found.error()));
  access.host = std::move(*found);
  if (access.actor.kind() == v1::ACTOR_KIND_PERSON) {
    bool known = false;
    co_await access.host->look([&](const core::State& state) {
      // The token counts as what it was signed for; who acts is who that is today (P7).
      const v1::Person* signed_for = state.person(claims.person_id);
      const v1::Person* person = state.who_is(claims.person_id);
      known = person != nullptr && !person->removed() &&
              signed_for->token_generation() == claims.token_generation;
      if (known) access.actor.set_person_id(person->id());
    });
    if (!known) co_return std::unexpected(problem(401, "unknown_token"));
  }
  co_return access;
}

std::string random_hex(const Services& services) {
  return hex(services.ids.next());
}

std::string random_command_id(const Services& services) {
  const auto bytes = services.ids.next();
  return {bytes.begin(), bytes.end()};
}

std::expected<ports::Id, Response> key_of(const Services& services, const Request& request) {
  std::string_view text = trim(request.field("idempotency-key"));
  if (text.empty()) return services.ids.next();
  // A string of a structured field stands in quotes; the most common clients send it bare.
  if (text.size() > 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  if (const auto key = parse_uuid(text)) return *key;
  v1::Refusal refusal;
  refusal.set_code(v1::REFUSAL_CODE_BAD_FIELD);
  refusal.set_field("Idempotency-Key");
  refusal.set_accepted("a UUID");
  return std::unexpected(problem(refusal));
}

Response json_response(int status, std::string body) {
  Response response;
  response.status = status;
  response.type = "application/json";
  response.body = std::move(body);
  response.fields.emplace_back("Cache-Control", "no-store");
  return response;
}

}  // namespace plenary::gateway::api
