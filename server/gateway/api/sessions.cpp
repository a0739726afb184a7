// Sessions, their agenda and their invitations, for the organizer and for moderators.
#include <boost/json/serialize.hpp>

#include "core/limits.hpp"
#include "gateway/agenda_fields.hpp"
#include "gateway/agenda_json.hpp"
#include "gateway/api/access.hpp"
#include "gateway/api/links.hpp"
#include "gateway/json_reader.hpp"
#include "gateway/limits.hpp"
#include "gateway/public_url.hpp"
#include "gateway/words.hpp"
#include "host/directory.hpp"
#include "host/session_host.hpp"
#include "ports/authenticator.hpp"
#include "ports/clock.hpp"

namespace plenary::gateway::api {

namespace v1 = ::plenary::v1;
namespace json = boost::json;
using boost::asio::awaitable;

namespace {

std::expected<v1::Agenda, v1::Refusal> agenda_of(const std::string& body) {
  const auto object = parse_object(body);
  if (!object) return std::unexpected(object.error());
  return parse_agenda(*object);
}

v1::Refusal bad_field(std::string field, std::string accepted) {
  JsonFault fault;
  fault.set(std::move(field), std::move(accepted));
  return *fault.refusal();
}

bool parse_role(const std::string& name, v1::Role* role) {
  return v1::Role_Parse(name, role);
}

std::expected<v1::CreateInvitation, v1::Refusal> invitation_of(const std::string& body,
                                                               std::int64_t now_ms) {
  const auto object = parse_object(body);
  if (!object) return std::unexpected(object.error());
  JsonFault fault;
  v1::CreateInvitation wanted;
  {
    JsonReader reader(*object, "", fault);
    v1::Role role{};
    if (!parse_word(reader.string("role", true), "ROLE_", parse_role, role)) {
      fault.set("role", "participant, note_taker, moderator or display");
    }
    wanted.set_role(role);
    wanted.set_room_id(reader.string("room"));
    wanted.set_name(reader.string("name"));
    wanted.set_delegation_id(reader.string("delegation"));
    wanted.set_personal(reader.boolean("personal"));
    wanted.set_label(reader.string("label"));
    const std::int64_t expires_in_ms = reader.duration_ms("expires_in_s", 1'000, kInvitationMs);
    wanted.set_expires_at_ms(now_ms + (expires_in_ms == 0 ? kInvitationMs : expires_in_ms));
  }
  if (fault.refusal()) return std::unexpected(*fault.refusal());
  return wanted;
}

}  // namespace

awaitable<Response> create_session(const Services& services, const Request& request, Parameters) {
  if (auto allowed = need_organizer(services, request); !allowed) co_return allowed.error();
  auto agenda = agenda_of(request.body);
  if (!agenda) co_return problem(agenda.error());
  const std::string days = request.query_value("retention_days");
  std::int32_t retention_days = days.empty() ? services.retention_days : 0;
  for (const char c : days) {
    if (c < '0' || c > '9' || retention_days > core::kMaxRetentionDays) {
      co_return problem(bad_field("retention_days", "a number of days"));
    }
    retention_days = retention_days * 10 + (c - '0');
  }
  const auto key = key_of(services, request);
  if (!key) co_return key.error();
  auto created = co_await services.directory.create(std::move(*agenda), retention_days, *key);
  if (!created) co_return problem(in_words_of_the_file(created.error()));
  std::string code;
  co_await (*created)->look([&](const core::State& state) {
    if (!state.exists()) return;
    code = state.session()->join_code();
    retention_days = state.session()->retention_days();
  });
  const std::string& id = (*created)->session_id();
  Response response = json_response(
      201, json::serialize(json::object{{"session", id},
                                        {"join_code", code},
                                        {"link", join_link(services.public_url, code)},
                                        {"retention_days", retention_days}}));
  response.fields.emplace_back("Location", "/api/v1/sessions/" + id);
  co_return response;
}

awaitable<Response> delete_session(const Services& services, const Request& request,
                                   Parameters parameters) {
  if (auto allowed = need_organizer(services, request); !allowed) co_return allowed.error();
  auto removed = co_await services.directory.remove(parameters[0]);
  if (!removed) co_return problem(removed.error());
  Response response;
  response.status = 204;
  response.has_body = false;
  co_return response;
}

awaitable<Response> export_agenda(const Services& services, const Request& request,
                                  Parameters parameters) {
  auto access = co_await need_member(services, request, parameters[0]);
  if (!access) co_return access.error();
  const v1::Agenda agenda = co_await access->host->export_agenda();
  Response response = json_response(200, json::serialize(agenda_to_json(agenda)));
  response.fields.emplace_back("Content-Disposition", "attachment; filename=\"agenda.json\"");
  co_return response;
}

awaitable<Response> import_agenda(const Services& services, const Request& request,
                                  Parameters parameters) {
  auto access = co_await need_member(services, request, parameters[0]);
  if (!access) co_return access.error();
  const std::string mode = request.query_value("mode");
  if (mode != "append" && mode != "replace") {
    co_return problem(bad_field("mode", "append or replace"));
  }
  auto agenda = agenda_of(request.body);
  if (!agenda) co_return problem(agenda.error());
  const auto key = key_of(services, request);
  if (!key) co_return key.error();
  v1::Command command;
  v1::ImportAgenda& import = *command.mutable_import_agenda();
  import.set_mode(mode == "append" ? v1::ImportAgenda::MODE_APPEND
                                   : v1::ImportAgenda::MODE_REPLACE);
  *import.mutable_agenda() = std::move(*agenda);
  const v1::Reply reply = co_await access->host->execute(
      access->actor, std::string(key->begin(), key->end()), std::move(command));
  if (reply.has_refusal()) co_return problem(in_words_of_the_file(reply.refusal()));
  Response response;
  response.status = 204;
  response.has_body = false;
  co_return response;
}

awaitable<Response> create_invitation(const Services& services, const Request& request,
                                      Parameters parameters) {
  auto access = co_await need_member(services, request, parameters[0]);
  if (!access) co_return access.error();
  auto wanted = invitation_of(request.body, services.clock.server_now_ms());
  if (!wanted) co_return problem(wanted.error());
  wanted->set_invitation_id(random_hex(services));
  ports::Claims claims;
  claims.session_id = parameters[0];
  claims.invitation_id = wanted->invitation_id();
  claims.role = wanted->role();
  claims.room_id = wanted->room_id();
  claims.expires_at_ms = wanted->expires_at_ms();
  v1::Command command;
  *command.mutable_create_invitation() = std::move(*wanted);
  const v1::Reply reply = co_await access->host->execute(access->actor, random_command_id(services),
                                                         std::move(command));
  if (reply.has_refusal()) co_return problem(reply.refusal());
  const std::string token = services.authenticator.sign(claims);
  co_return json_response(
      201, json::serialize(json::object{
               {"invitation", claims.invitation_id},
               {"token", token},
               {"link", role_link(services.public_url, claims.session_id, claims.role, token)}}));
}

}  // namespace plenary::gateway::api
