#include "integration/server_process.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace plenary::test {

namespace v1 = ::plenary::v1;
namespace json = boost::json;

const char* const kSmallAgenda = R"({"title": "Test", "date": "2027-05-12", "start": "09:00",
  "zone": "Europe/Brussels", "languages": ["en"], "entry": "open",
  "rooms": [{"id": "plenary", "name": "Plenary", "preset": "formal"}],
  "agenda": [{"room": "plenary", "kind": "statements", "title": "First", "planned_minutes": 10},
             {"room": "plenary", "kind": "closing", "title": "Second", "planned_minutes": 10}],
  "delegations": ["Finland", "Georgia"]})";

namespace {

std::string read_text(const std::filesystem::path& path) {
  std::ifstream input(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(input), {}};
}

}  // namespace

std::string field_of(const std::string& text, const std::string& name) {
  const json::value value = json::parse(text);
  const json::value* field = value.is_object() ? value.get_object().if_contains(name) : nullptr;
  if (field == nullptr) throw std::runtime_error("no " + name + " in " + text);
  return field->is_string() ? std::string(field->get_string().c_str()) : json::serialize(*field);
}

std::string random_key() {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string key;
  for (const char byte : random_bytes(21))
    key.push_back(kDigits[static_cast<unsigned char>(byte) & 63]);
  return key + "A";
}

ServerProcess::ServerProcess(std::vector<std::string> extra, std::uint16_t port)
    : extra_(std::move(extra)), port_(port) {
  std::string name = (std::filesystem::temp_directory_path() / "plenary-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
  folder_ = name;
  start();
}

ServerProcess::~ServerProcess() {
  if (process_ > 0) kill();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void ServerProcess::start() {
  const std::filesystem::path port_file = folder_ / "port";
  std::filesystem::remove(port_file);
  std::vector<std::string> words{PLENARY_BINARY, "serve",
                                 "--data",       (folder_ / "data").string(),
                                 "--listen",     "127.0.0.1:" + std::to_string(port_),
                                 "--port-file",  port_file.string(),
                                 "--threads",    "2"};
  words.insert(words.end(), extra_.begin(), extra_.end());
  std::vector<char*> arguments;
  for (std::string& word : words)
    arguments.push_back(word.data());
  arguments.push_back(nullptr);
  process_ = fork();
  if (process_ == 0) {
    const int out = open((folder_ / "out").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    const int err = open((folder_ / "err").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(out, 1);
    dup2(err, 2);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  for (int tries = 0; tries < 1'500; ++tries) {
    const std::string text = read_text(port_file);
    if (!text.empty()) {
      port_ = static_cast<std::uint16_t>(std::stoi(text));
      return;
    }
    if (waitpid(process_, nullptr, WNOHANG) == process_) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  throw std::runtime_error("the server did not start:\n" + log());
}

void ServerProcess::signal(int number) {
  ::kill(process_, number);
}

int ServerProcess::wait() {
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void ServerProcess::kill() {
  signal(SIGKILL);
  wait();
}

int ServerProcess::stop() {
  signal(SIGTERM);
  return wait();
}

std::string ServerProcess::organizer_key() const {
  std::string key = read_text(folder_ / "data" / "organizer.key");
  while (!key.empty() && key.back() == '\n')
    key.pop_back();
  return key;
}

std::string ServerProcess::output() const {
  return read_text(folder_ / "out");
}
std::string ServerProcess::log() const {
  return read_text(folder_ / "err");
}

std::size_t ServerProcess::resident_kib() const {
  std::ifstream input("/proc/" + std::to_string(process_) + "/status");
  for (std::string line; std::getline(input, line);) {
    if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
  }
  return 0;
}

HttpAnswer ServerProcess::post(const std::string& target, const std::string& body, bool organizer) {
  return http(port_, "POST", target, organizer ? bearer() : "", body);
}

std::string ServerProcess::create_session(const std::string& agenda) {
  const HttpAnswer answer = post("/api/v1/sessions", agenda, true);
  if (answer.status != 201) throw std::runtime_error("create: " + answer.body);
  const std::string session = field_of(answer.body, "session");
  codes_[session] = field_of(answer.body, "join_code");
  return session;
}

std::string ServerProcess::join_code(const std::string& session) const {
  return codes_.at(session);
}

Entered ServerProcess::enter(const std::string& code, const std::string& name,
                             const std::string& key, const std::string& delegation) {
  json::object body{{"code", code}, {"name", name}, {"key", key.empty() ? random_key() : key}};
  if (!delegation.empty()) body["delegation"] = delegation;
  const HttpAnswer answer = post("/api/v1/enter", json::serialize(body));
  if (answer.status != 200) throw std::runtime_error("enter: " + answer.body);
  return {field_of(answer.body, "session"), field_of(answer.body, "person"),
          field_of(answer.body, "token")};
}

Entered ServerProcess::enter_with_token(const std::string& token, const std::string& name) {
  const json::object body{{"token", token}, {"name", name}, {"key", random_key()}};
  const HttpAnswer answer = post("/api/v1/enter", json::serialize(body));
  if (answer.status != 200) throw std::runtime_error("enter: " + answer.body);
  return {field_of(answer.body, "session"), field_of(answer.body, "person"),
          field_of(answer.body, "token")};
}

std::string ServerProcess::invite(const std::string& session, const std::string& body) {
  const HttpAnswer answer = post("/api/v1/sessions/" + session + "/invitations", body, true);
  if (answer.status != 201) throw std::runtime_error("invite: " + answer.body);
  return field_of(answer.body, "token");
}

v1::Command open_session() {
  v1::Command command;
  command.mutable_open_session();
  return command;
}

v1::Command start_item(const std::string& item, const std::string& seen_run) {
  v1::Command command;
  command.mutable_start_item()->set_item_id(item);
  command.mutable_start_item()->set_seen_run_id(seen_run);
  return command;
}

v1::Command raise(v1::RequestKind kind, const std::string& note) {
  v1::Command command;
  command.mutable_request_floor()->set_room_id("plenary");
  command.mutable_request_floor()->set_kind(kind);
  command.mutable_request_floor()->set_note(note);
  return command;
}

v1::Command next(const std::string& seen_speech, const std::string& request) {
  v1::Command command;
  command.mutable_next_speaker()->set_room_id("plenary");
  command.mutable_next_speaker()->set_seen_speech_id(seen_speech);
  command.mutable_next_speaker()->set_request_id(request);
  return command;
}

Seat sit_down(ServerProcess& server, const Entered& who) {
  Seat seat{who, std::make_unique<WsClient>(server.port())};
  seat.page->hello(who.token);
  if (!seat.page->wait_for_view()) {
    throw std::runtime_error("no view; close code " + std::to_string(seat.page->close_code()));
  }
  return seat;
}

std::string first_item(const WsClient& page, const std::string& title) {
  for (const auto& [key, entity] : page.view()) {
    if (!entity.has_item()) continue;
    if (title.empty() || entity.item().item().title().text() == title)
      return entity.item().item().id();
  }
  throw std::runtime_error("no such item");
}

}  // namespace plenary::test
