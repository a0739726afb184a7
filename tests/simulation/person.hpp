// One person's page in the simulation: sends commands, loses connections, comes back elsewhere,
// sends again what was not answered, and applies what it is sent like the browser.
#pragma once

#include <map>
#include <string>

#include "simulation/cluster.hpp"
#include "support/fake_page.hpp"

namespace plenary::simulation {

// A command and all that became of it.
struct Sent {
  std::string person_id;
  v1::Submit submit;
  int attempts = 0;
  bool always_changes = false;  // whatever the state, once accepted it is a record
  std::vector<v1::Reply> replies;
  bool settled() const;  // answered for good
};

class PersonPage {
 public:
  PersonPage(Cluster& cluster, std::string person_id, bool staff);

  void act();  // one random step
  void crashed(std::size_t instance);
  // At the end: a connection that reads, and everything answered. True once so.
  bool come_to_rest();

  const std::map<std::string, Sent>& sent() const { return sent_; }
  const test::ShownView& view() const { return view_; }
  const std::string& person_id() const { return person_id_; }
  bool connected() const { return page_ != nullptr; }

 private:
  void connect();
  void disconnect();
  void collect();  // what the page has got
  void send_new();
  void resend();
  void transmit(const std::string& id, Sent& sent);
  bool pick_command(v1::Command& command, bool& always_changes);
  bool pick_staff_command(v1::Command& command);
  std::string any(v1::ViewKind kind);
  const v1::RoomView* room(const std::string& id);

  Cluster& cluster_;
  const std::string person_id_;
  const bool staff_;
  std::shared_ptr<test::FakePage> page_;
  std::size_t at_ = 0;  // the instance
  HostPointer host_;
  test::ShownView view_;  // survives connections
  std::size_t replies_seen_ = 0;
  std::map<std::string, Sent> sent_;  // by command id
  v1::RoomView room_;
  int notes_ = 0;
};

}  // namespace plenary::simulation
