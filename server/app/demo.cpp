#include "app/demo.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <iterator>

#include "app/demo_times.hpp"
#include "gateway/agenda_json.hpp"
#include "gateway/api/links.hpp"
#include "gateway/json_reader.hpp"
#include "gateway/limits.hpp"
#include "gateway/text.hpp"
#include "host/session_host.hpp"
#include "ports/clock.hpp"
#include "ports/id_source.hpp"

namespace plenary::app {

namespace v1 = ::plenary::v1;
namespace json = boost::json;
using boost::asio::awaitable;

namespace {

struct RoleLink {
  const char* name;
  v1::Role role;
};
constexpr std::array kRoles{
    RoleLink{"moderator", v1::ROLE_MODERATOR}, RoleLink{"second moderator", v1::ROLE_MODERATOR},
    RoleLink{"note-taker", v1::ROLE_NOTE_TAKER}, RoleLink{"display", v1::ROLE_DISPLAY}};

std::string read_text(const std::filesystem::path& path) {
  std::ifstream input(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(input), {}};
}

bool write_private(const std::filesystem::path& path, const std::string& text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       fsync(file) == 0;
  return close(file) == 0 && written;
}

std::string sentence(const v1::Refusal& refusal) {
  std::string text = "refused: " + v1::RefusalCode_Name(refusal.code());
  if (!refusal.field().empty()) text += " in " + refusal.field();
  if (!refusal.accepted().empty()) text += "; accepted: " + refusal.accepted();
  return text;
}

awaitable<std::expected<std::string, std::string>> invite(const DemoParts& parts,
                                                          host::SessionHost& host,
                                                          const RoleLink& role) {
  ports::Claims claims;
  claims.session_id = host.session_id();
  claims.invitation_id = gateway::hex(parts.ids.next());
  claims.role = role.role;
  claims.expires_at_ms = parts.clock.server_now_ms() + gateway::kInvitationMs;
  v1::Command command;
  v1::CreateInvitation& invitation = *command.mutable_create_invitation();
  invitation.set_invitation_id(claims.invitation_id);
  invitation.set_role(role.role);
  invitation.set_label(role.name);
  invitation.set_expires_at_ms(claims.expires_at_ms);
  v1::Actor organizer;
  organizer.set_kind(v1::ACTOR_KIND_ORGANIZER);
  const auto id = parts.ids.next();
  const v1::Reply reply =
      co_await host.execute(organizer, std::string(id.begin(), id.end()), std::move(command));
  if (reply.has_refusal()) co_return std::unexpected(sentence(reply.refusal()));
  co_return parts.authenticator.sign(claims);
}

// What demo.json remembers: the session, its code, and a token for each role.
awaitable<std::expected<json::object, std::string>> make(const DemoParts& parts,
                                                         const std::filesystem::path& agenda_file,
                                                         std::int32_t retention_days) {
  const auto object = gateway::parse_object(read_text(agenda_file));
  if (!object) co_return std::unexpected(agenda_file.string() + " is no JSON object");
  auto agenda = gateway::parse_agenda(*object);
  if (!agenda) co_return std::unexpected(agenda_file.string() + " " + sentence(agenda.error()));
  const std::int64_t now_ms = parts.clock.server_now_ms();
  if (const auto offset_ms = parts.zone_offset_ms(agenda->zone(), now_ms)) {
    begin_at(*agenda, now_ms + *offset_ms);
  }
  auto created =
      co_await parts.directory.create(std::move(*agenda), retention_days, parts.ids.next());
  if (!created) co_return std::unexpected(agenda_file.string() + " " + sentence(created.error()));
  std::string code;
  co_await (*created)->look([&](const core::State& state) {
    if (state.exists()) code = state.session()->join_code();
  });
  json::object tokens;
  for (const RoleLink& role : kRoles) {
    const auto token = co_await invite(parts, **created, role);
    if (!token) co_return std::unexpected(token.error());
    tokens[role.name] = *token;
  }
  co_return json::object{
      {"session", (*created)->session_id()}, {"code", code}, {"tokens", std::move(tokens)}};
}

std::string text_of(const json::object& object, const char* key) {
  const json::value* value = object.if_contains(key);
  const json::string* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

}  // namespace

awaitable<std::expected<Links, std::string>> demonstration(DemoParts parts,
                                                           std::filesystem::path agenda,
                                                           std::filesystem::path data,
                                                           std::int32_t retention_days,
                                                           gateway::PublicUrl public_url) {
  const std::filesystem::path memory = data / "demo.json";
  json::object demo;
  if (const auto remembered = gateway::parse_object(read_text(memory))) {
    const auto found = co_await parts.directory.find(text_of(*remembered, "session"));
    if (found) demo = *remembered;
  }
  if (demo.empty()) {
    auto made = co_await make(parts, agenda, retention_days);
    if (!made) co_return std::unexpected(made.error());
    demo = std::move(*made);
    if (!write_private(memory, json::serialize(demo))) {
      co_return std::unexpected("cannot write " + memory.string());
    }
  }
  const std::string session = text_of(demo, "session");
  Links links{{"participant", gateway::join_link(public_url, text_of(demo, "code"))}};
  const json::value* tokens = demo.if_contains("tokens");
  for (const RoleLink& role : kRoles) {
    if (tokens == nullptr || !tokens->is_object()) break;
    links.emplace_back(role.name, gateway::role_link(public_url, session, role.role,
                                                     text_of(tokens->get_object(), role.name)));
  }
  co_return links;
}

}  // namespace plenary::app
