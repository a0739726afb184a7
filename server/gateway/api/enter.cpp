// Coming in (P1, P5): what the form needs to know, and the exchange of a code or a link for a
// person's token.
#include <algorithm>
#include <boost/json/serialize.hpp>

#include "gateway/address_limits.hpp"
#include "gateway/api/access.hpp"
#include "gateway/api/person_id.hpp"
#include "gateway/json_reader.hpp"
#include "gateway/limits.hpp"
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

json::object text_to_json(const v1::Text& text) {
  json::object names;
  for (const v1::Translation& form : text.translations())
    names[form.language()] = form.text();
  return names;
}

// What anybody may know who has the code or a link: enough to fill in the form, and nobody's name.
// Empty if the session has just been deleted.
json::object lobby_of(const core::State& state) {
  if (!state.exists()) return {};
  const v1::Session& session = *state.session();
  json::array languages;
  for (const std::string& language : session.languages()) {
    languages.push_back(json::value(json::string(language)));
  }
  json::array delegations;
  for (const auto& [id, delegation] : state.delegations()) {
    json::object entry{{"id", id}, {"name", delegation->name().text()}};
    if (!delegation->name().translations().empty())
      entry["names"] = text_to_json(delegation->name());
    delegations.push_back(std::move(entry));
  }
  json::object lobby{{"session", session.id()},
                     {"title", session.title().text()},
                     {"phase", enum_word(v1::SessionPhase_Name(session.phase()), "SESSION_PHASE_")},
                     {"date", session.date()},
                     {"start", session.planned_start()},
                     {"zone", session.zone()},
                     {"languages", std::move(languages)},
                     {"entry", enum_word(v1::EntryPolicy_Name(session.entry()), "ENTRY_POLICY_")},
                     {"admission_required", session.admission_required()},
                     {"delegations", std::move(delegations)},
                     {"free_delegation", state.delegations().empty()}};
  if (!session.title().translations().empty()) lobby["titles"] = text_to_json(session.title());
  return lobby;
}

v1::Role highest_role(const v1::Person& person) {
  v1::Role highest = v1::ROLE_PARTICIPANT;
  for (const v1::Grant& grant : person.grants())
    highest = std::max(highest, grant.role());
  return highest;
}

// Who would come back with the pass (P7); false if it is used up, replaced or over.
bool add_returning(const core::State& state, const std::string& return_id, std::int64_t now_ms,
                   json::object& lobby) {
  for (const auto& [id, person] : state.people()) {
    const v1::ReturnPass& pass = person->return_pass();
    if (pass.id() != return_id || person->removed() || pass.expires_at_ms() <= now_ms) continue;
    lobby["returning"] = true;
    lobby["name"] = person->name();
    lobby["delegation"] =
        person->delegation_id().empty() ? person->delegation_text() : person->delegation_id();
    lobby["role"] = enum_word(v1::Role_Name(highest_role(*person)), "ROLE_");
    return true;
  }
  return false;
}

bool is_code(std::string_view code) {
  return code.size() == 8 && code.find_first_not_of("0123456789") == std::string_view::npos;
}

v1::Refusal refusal(v1::RefusalCode code) {
  v1::Refusal result;
  result.set_code(code);
  return result;
}

struct Form {
  std::string code;
  std::string token;
  std::string name;
  std::string delegation;
  std::string key;  // 16 bytes
};

std::expected<Form, v1::Refusal> form_of(const std::string& body) {
  const auto object = parse_object(body);
  if (!object) return std::unexpected(object.error());
  JsonFault fault;
  Form form;
  {
    JsonReader reader(*object, "", fault);
    form.code = without_blanks(reader.string("code"));
    form.token = reader.string("token");
    form.name = reader.string("name");
    form.delegation = reader.string("delegation");
    if (form.code.empty() == form.token.empty()) fault.set("code", "either a code or a token");
    if (!decode_key(reader.string("key", true), form.key)) {
      fault.set("key", "16 random bytes in base64url, without padding", 22);
    }
  }
  if (fault.refusal()) return std::unexpected(*fault.refusal());
  return form;
}

// The session that a code leads to. Wrong codes are counted by address, and too many end the
// guessing: RATE_LIMITED. A venue is one address, so people there still find the session that
// others of them are in.
awaitable<std::expected<std::shared_ptr<host::SessionHost>, v1::Refusal>> find_by_code(
    const Services& services, const Request& request, const std::string& code) {
  const std::int64_t now_ms = services.clock.steady_ms();
  AddressLimits& limits = services.limits;
  const bool guessing = !limits.allows(AddressLimits::What::failure, request.address, now_ms);
  if (guessing && !limits.has_entered(request.address)) {
    co_return std::unexpected(refusal(v1::REFUSAL_CODE_RATE_LIMITED));
  }
  if (is_code(code)) {
    auto found = co_await services.directory.find_by_code(code);
    if (found) {
      if (!guessing || limits.has_entered(request.address, (*found)->session_id())) {
        co_return std::move(*found);
      }
    } else if (found.error().code() != v1::REFUSAL_CODE_NOT_FOUND &&
               found.error().code() != v1::REFUSAL_CODE_UNKNOWN_CODE) {
      co_return std::unexpected(found.error());
    }
  }
  if (guessing) co_return std::unexpected(refusal(v1::REFUSAL_CODE_RATE_LIMITED));
  limits.take(AddressLimits::What::failure, request.address, now_ms);
  co_return std::unexpected(refusal(v1::REFUSAL_CODE_UNKNOWN_CODE));
}

// Which session, and by what right.
struct Door {
  std::shared_ptr<host::SessionHost> host;
  ports::Claims claims;  // empty if by the code
};

awaitable<std::expected<Door, v1::Refusal>> find_door(const Services& services,
                                                      const Request& request, const Form& form) {
  Door door;
  if (!form.code.empty()) {
    auto found = co_await find_by_code(services, request, form.code);
    if (!found) co_return std::unexpected(found.error());
    door.host = std::move(*found);
    co_return door;
  }
  auto claims = services.authenticator.verify(form.token, services.clock.server_now_ms());
  const bool opens =
      claims && (claims->outside || !claims->invitation_id.empty() || !claims->return_id.empty()) &&
      claims->role != v1::ROLE_DISPLAY;
  if (!opens) co_return std::unexpected(refusal(v1::REFUSAL_CODE_UNKNOWN_TOKEN));
  auto found = co_await services.directory.find(claims->session_id);
  if (!found) co_return std::unexpected(found.error());
  door.host = std::move(*found);
  door.claims = std::move(*claims);
  co_return door;
}

// By id, or by name as an outside issuer knows it; what is neither, core refuses. Free text where
// the session has no list.
void choose_delegation(const std::string& given, const core::State& state, std::string& id,
                       std::string& text) {
  if (state.delegations().empty()) {
    text = given;
    return;
  }
  id = given;
  if (state.delegation(given) != nullptr) return;
  for (const auto& [listed_id, listed] : state.delegations()) {
    if (listed->name().text() == given) id = listed_id;
  }
}

v1::Command enter_command(const Services& services, const Form& form, const Door& door,
                          const core::State& state) {
  v1::Command command;
  v1::EnterSession& enter = *command.mutable_enter_session();
  const ports::Claims& claims = door.claims;
  // Whom an outside issuer names is one person on every device; else the browser's key is.
  const bool named = claims.outside && !claims.subject.empty();
  enter.set_person_id(person_id_of(services.sha256, door.host->session_id(),
                                   named ? Origin::outside : Origin::browser,
                                   named ? claims.subject : form.key));
  enter.set_name(form.name);
  enter.set_invitation_id(claims.invitation_id);
  enter.set_return_id(claims.return_id);
  if (!claims.return_id.empty()) return command;  // who comes back has name and delegation already
  choose_delegation(form.delegation, state, *enter.mutable_delegation_id(),
                    *enter.mutable_delegation_text());
  if (!claims.outside) return command;
  if (claims.role != v1::ROLE_UNSPECIFIED) {
    enter.mutable_vouched()->set_role(claims.role);
    enter.mutable_vouched()->set_room_id(claims.room_id);
  }
  enter.set_vouched_name(claims.name);
  choose_delegation(claims.delegation, state, *enter.mutable_vouched_delegation_id(),
                    *enter.mutable_vouched_delegation_text());
  return command;
}

}  // namespace

awaitable<Response> look_up_code(const Services& services, const Request& request,
                                 Parameters parameters) {
  auto found = co_await find_by_code(services, request, without_blanks(parameters[0]));
  if (!found) co_return problem(found.error());
  json::object lobby;
  const auto read = [&](const core::State& state) { lobby = lobby_of(state); };
  co_await (*found)->look(read);
  if (lobby.empty()) co_return problem(refusal(v1::REFUSAL_CODE_UNKNOWN_CODE));
  co_return json_response(200, json::serialize(lobby));
}

awaitable<Response> show_lobby(const Services& services, const Request& request,
                               Parameters parameters) {
  auto claims = services.authenticator.verify(request.bearer(), services.clock.server_now_ms());
  if (!claims || claims->session_id != parameters[0]) {
    co_return problem(refusal(v1::REFUSAL_CODE_UNKNOWN_TOKEN));
  }
  auto found = co_await services.directory.find(parameters[0]);
  if (!found) co_return problem(found.error());
  json::object lobby;
  bool good = claims->outside || !claims->person_id.empty();
  const std::int64_t now_ms = services.clock.server_now_ms();
  co_await (*found)->look([&](const core::State& state) {
    lobby = lobby_of(state);
    if (!claims->return_id.empty()) {
      good = !lobby.empty() && add_returning(state, claims->return_id, now_ms, lobby);
      return;
    }
    good = good && !lobby.empty();
    std::string name = claims->name;
    std::string delegation = claims->delegation;
    v1::Role role = claims->role;
    if (const v1::Invitation* invitation = state.invitation(claims->invitation_id)) {
      good = !invitation->revoked() && !lobby.empty();
      name = invitation->name();
      delegation = invitation->delegation_id();
      role = invitation->role();
      lobby["room"] = invitation->room_id();
      lobby["personal"] = invitation->personal();
    }
    lobby["name"] = name;
    lobby["delegation"] = delegation;
    if (role != v1::ROLE_UNSPECIFIED) lobby["role"] = enum_word(v1::Role_Name(role), "ROLE_");
  });
  if (!good) co_return problem(refusal(v1::REFUSAL_CODE_UNKNOWN_TOKEN));
  co_return json_response(200, json::serialize(lobby));
}

awaitable<Response> enter(const Services& services, const Request& request, Parameters) {
  const std::int64_t steady_ms = services.clock.steady_ms();
  if (!services.limits.take(AddressLimits::What::enter, request.address, steady_ms)) {
    co_return problem(429, "rate_limited");
  }
  auto form = form_of(request.body);
  if (!form) co_return problem(form.error());
  auto door = co_await find_door(services, request, *form);
  if (!door) co_return problem(door.error());
  v1::Command command;
  co_await door->host->look(
      [&](const core::State& state) { command = enter_command(services, *form, *door, state); });
  const std::string person_id = command.enter_session().person_id();
  v1::Actor edge;
  edge.set_kind(v1::ACTOR_KIND_EDGE);
  const v1::Reply reply =
      co_await door->host->execute(edge, random_command_id(services), std::move(command));
  if (reply.has_refusal()) co_return problem(reply.refusal());
  services.limits.note_entered(request.address, door->host->session_id(), steady_ms);
  ports::Claims claims;
  claims.session_id = door->host->session_id();
  // A personal invitation leads to its person, whatever the browser's key.
  claims.person_id = reply.created_id().empty() ? person_id : reply.created_id();
  claims.expires_at_ms = services.clock.server_now_ms() + kPersonTokenMs;
  co_await door->host->look([&](const core::State& state) {
    if (const v1::Person* person = state.person(claims.person_id)) {
      claims.token_generation = person->token_generation();
    }
  });
  co_return json_response(
      200, json::serialize(json::object{{"session", claims.session_id},
                                        {"person", claims.person_id},
                                        {"token", services.authenticator.sign(claims)}}));
}

}  // namespace plenary::gateway::api
