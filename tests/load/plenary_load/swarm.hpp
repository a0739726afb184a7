// Thousands of simulated pages in one thread: epoll, one WebSocket each, the protocol of
// PROTOCOL.md. A page checks what it gets (order, gaps, close codes) and keeps count; who commands
// what is the meeting's business.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "views.hpp"

namespace load {

std::int64_t now_us();  // steady

struct Page {
  int socket = -1;
  std::string token;
  bool upgraded = false;
  bool closed = false;
  std::string input;
  ViewPtr view;
  v1::PersonalView personal;
  std::string request_id;  // of the own hand, once it is durable
  bool busy = false;       // a command is under way
  std::int64_t sent_at_us = 0;
  // Of an observer: when it first knew the record with this number.
  bool observer = false;
  std::vector<std::pair<std::uint64_t, std::int64_t>> reached;
};

struct Totals {
  std::uint64_t frames = 0;      // WebSocket messages received
  std::uint64_t deliveries = 0;  // of them, with a view's change
  std::uint64_t bytes = 0;
  std::uint64_t views = 0;  // whole views
  std::uint64_t holes = 0;
  std::uint64_t closes = 0;  // by the server
  std::uint64_t refusals = 0;
  std::uint64_t bad = 0;  // messages that are not of the protocol
};

class Swarm {
 public:
  explicit Swarm(std::uint16_t port);
  ~Swarm();

  // Connects, says Hello and waits for the first view.
  std::size_t add(const std::string& token, std::size_t group);
  void wait_for_views(int timeout_s);

  void submit(std::size_t page, v1::Command command);
  // Reads and reacts for up to `timeout_ms`.
  void poll(int timeout_ms);

  std::vector<Page>& pages() { return pages_; }
  Totals& totals() { return totals_; }
  // Called with the page's number for every reply.
  std::function<void(std::size_t, const v1::Reply&)> on_reply;

 private:
  void read(std::size_t page);
  void frames(std::size_t page);
  void message(std::size_t page, std::string_view payload);
  void send_frame(Page& page, std::uint8_t opcode, std::string_view payload);

  std::uint16_t port_;
  int epoll_;
  std::vector<Page> pages_;
  Views views_;
  Totals totals_;
  std::int64_t server_offset_ms_ = 0;  // server time minus steady time
  std::uint64_t next_id_ = 1;
};

}  // namespace load
