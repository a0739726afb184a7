// The real binary on a port of the system's choosing, with a data folder of its own; ended and
// removed at the end.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "plenary/v1/commands.pb.h"
#include "support/ws_client.hpp"

namespace plenary::test {

struct Entered {
  std::string session;
  std::string person;
  std::string token;
};

class ServerProcess {
 public:
  // Port 0: the system chooses.
  explicit ServerProcess(std::vector<std::string> extra = {}, std::uint16_t port = 0);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  void start();  // on the same port as before, if it ran before
  void kill();   // SIGKILL
  int stop();    // SIGTERM; the exit code
  void signal(int number);
  int wait();
  bool running() const { return process_ > 0; }

  std::uint16_t port() const { return port_; }
  pid_t pid() const { return process_; }
  const std::filesystem::path& folder() const { return folder_; }
  std::string organizer_key() const;
  std::string bearer() const { return "Authorization: Bearer " + organizer_key() + "\r\n"; }
  std::string output() const;  // of standard output so far
  std::string log() const;     // of standard error
  std::size_t resident_kib() const;

  // --- what tests do again and again. They fail the test if it is refused.
  std::string create_session(const std::string& agenda);
  std::string join_code(const std::string& session) const;
  Entered enter(const std::string& code, const std::string& name, const std::string& key = "",
                const std::string& delegation = "");
  Entered enter_with_token(const std::string& token, const std::string& name);
  std::string invite(const std::string& session, const std::string& body);  // the token
  HttpAnswer post(const std::string& target, const std::string& body, bool organizer = false);

 private:
  std::vector<std::string> extra_;
  std::filesystem::path folder_;
  std::uint16_t port_ = 0;
  pid_t process_ = -1;
  std::map<std::string, std::string> codes_;
};

std::string field_of(const std::string& json, const std::string& name);
std::string random_key();  // 22 characters of base64url

// A plenary with one open item and a list of two delegations.
extern const char* const kSmallAgenda;

plenary::v1::Command open_session();
plenary::v1::Command start_item(const std::string& item, const std::string& seen_run = "");
plenary::v1::Command raise(plenary::v1::RequestKind kind, const std::string& note = "");
plenary::v1::Command next(const std::string& seen_speech, const std::string& request);

// Entered, connected and with a view.
struct Seat {
  Entered who;
  std::unique_ptr<WsClient> page;
};
Seat sit_down(ServerProcess& server, const Entered& who);
std::string first_item(const WsClient& page, const std::string& title = "");

}  // namespace plenary::test
