// The pass with which somebody comes back on another device (P7): made for a moderator, who shows
// it as a link or a QR code.
#include <boost/json/serialize.hpp>

#include "gateway/api/access.hpp"
#include "gateway/api/links.hpp"
#include "gateway/json_reader.hpp"
#include "gateway/limits.hpp"
#include "gateway/public_url.hpp"
#include "host/session_host.hpp"
#include "ports/authenticator.hpp"
#include "ports/clock.hpp"

namespace plenary::gateway::api {

namespace v1 = ::plenary::v1;
namespace json = boost::json;

namespace {

std::expected<bool, v1::Refusal> revokes_devices(const std::string& body) {
  const auto object = parse_object(body);
  if (!object) return std::unexpected(object.error());
  JsonFault fault;
  bool revokes = false;
  {
    JsonReader reader(*object, "", fault);
    revokes = reader.boolean("revoke_devices");
  }
  if (fault.refusal()) return std::unexpected(*fault.refusal());
  return revokes;
}

}  // namespace

boost::asio::awaitable<Response> offer_return(const Services& services, const Request& request,
                                              Parameters parameters) {
  auto access = co_await need_member(services, request, parameters[0]);
  if (!access) co_return access.error();
  const auto revokes = revokes_devices(request.body);
  if (!revokes) co_return problem(revokes.error());
  ports::Claims claims;
  claims.session_id = parameters[0];
  claims.return_id = random_hex(services);
  claims.expires_at_ms = services.clock.server_now_ms() + kReturnMs;
  v1::Command command;
  v1::OfferReturn& offer = *command.mutable_offer_return();
  offer.set_person_id(parameters[1]);
  offer.set_return_id(claims.return_id);
  offer.set_expires_at_ms(claims.expires_at_ms);
  offer.set_revokes_devices(*revokes);
  const v1::Reply reply = co_await access->host->execute(access->actor, random_command_id(services),
                                                         std::move(command));
  if (reply.has_refusal()) co_return problem(reply.refusal());
  const std::string token = services.authenticator.sign(claims);
  const std::string link =
      role_link(services.public_url, claims.session_id, v1::ROLE_PARTICIPANT, token);
  co_return json_response(
      201, json::serialize(json::object{
               {"token", token}, {"link", link}, {"expires_in_s", kReturnMs / 1'000}}));
}

}  // namespace plenary::gateway::api
