#include "swarm.hpp"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "child.hpp"
#include "http.hpp"

namespace load {

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

Swarm::Swarm(std::uint16_t port) : port_(port), epoll_(epoll_create1(EPOLL_CLOEXEC)) {}

Swarm::~Swarm() {
  for (const Page& page : pages_)
    close(page.socket);
  close(epoll_);
}

std::size_t Swarm::add(const std::string& token, std::size_t group) {
  Page page;
  page.token = token;
  page.socket = connect_from(group, port_);
  const std::string upgrade =
      "GET /api/v1/connect HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) +
      "\r\nOrigin: http://127.0.0.1:" + std::to_string(port_) +
      "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: plenary.v1\r\n\r\n";
  if (send(page.socket, upgrade.data(), upgrade.size(), MSG_NOSIGNAL) < 0) fail("cannot upgrade");
  fcntl(page.socket, F_SETFL, fcntl(page.socket, F_GETFL) | O_NONBLOCK);
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = pages_.size();
  epoll_ctl(epoll_, EPOLL_CTL_ADD, page.socket, &event);
  pages_.push_back(std::move(page));
  return pages_.size() - 1;
}

void Swarm::wait_for_views(int timeout_s) {
  const auto until = now_us() + timeout_s * 1'000'000LL;
  for (;;) {
    std::size_t missing = 0;
    for (const Page& page : pages_)
      missing += page.view ? 0 : 1;
    if (missing == 0) return;
    if (now_us() > until) fail(std::to_string(missing) + " pages got no view in time");
    poll(50);
  }
}

void Swarm::submit(std::size_t index, v1::Command command) {
  Page& page = pages_[index];
  v1::ClientMessage message;
  std::string id(16, '\0');
  const std::uint64_t number = next_id_++;
  std::memcpy(id.data(), &number, sizeof number);
  std::memcpy(id.data() + 8, &index, sizeof index);
  message.set_id(id);
  message.mutable_submit()->set_issued_at_ms(server_offset_ms_ + now_us() / 1000);
  *message.mutable_submit()->mutable_command() = std::move(command);
  page.busy = true;
  page.sent_at_us = now_us();
  send_frame(page, 2, message.SerializeAsString());
}

void Swarm::poll(int timeout_ms) {
  std::array<epoll_event, 512> events;
  const int count = epoll_wait(epoll_, events.data(), events.size(), timeout_ms);
  for (int i = 0; i < count; ++i)
    read(events[static_cast<std::size_t>(i)].data.u64);
}

void Swarm::read(std::size_t index) {
  Page& page = pages_[index];
  static std::array<char, 65'536> buffer;
  const auto n = recv(page.socket, buffer.data(), buffer.size(), 0);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n <= 0) {
    epoll_ctl(epoll_, EPOLL_CTL_DEL, page.socket, nullptr);
    if (!page.closed) ++totals_.closes;
    page.closed = true;
    return;
  }
  page.input.append(buffer.data(), static_cast<std::size_t>(n));
  if (!page.upgraded) {
    const auto end = page.input.find("\r\n\r\n");
    if (end == std::string::npos) return;
    if (!page.input.starts_with("HTTP/1.1 101")) fail("upgrade: " + page.input.substr(0, 300));
    page.input.erase(0, end + 4);
    page.upgraded = true;
    v1::ClientMessage hello;
    hello.mutable_hello()->set_token(page.token);
    hello.mutable_hello()->set_build("load");
    send_frame(page, 2, hello.SerializeAsString());
  }
  frames(index);
}

void Swarm::frames(std::size_t index) {
  std::size_t at = 0;
  for (;;) {
    Page& page = pages_[index];
    const auto* bytes = reinterpret_cast<const unsigned char*>(page.input.data()) + at;
    const std::size_t left = page.input.size() - at;
    if (left < 2) break;
    std::size_t header = 2;
    std::uint64_t length = bytes[1] & 0x7F;
    if (length >= 126) {
      const std::size_t wide = length == 126 ? 2 : 8;
      if (left < header + wide) break;
      length = 0;
      for (std::size_t i = 0; i < wide; ++i)
        length = length << 8 | bytes[2 + i];
      header += wide;
    }
    if (left < header + length) break;
    const int opcode = bytes[0] & 0x0F;
    const std::string_view payload(page.input.data() + at + header, length);
    at += header + length;
    totals_.bytes += header + length;
    if (bytes[0] == 0x82) {
      ++totals_.frames;
      message(index, payload);
    } else if (opcode == 9) {
      send_frame(page, 10, payload);
    } else if (opcode == 8) {
      if (!page.closed) ++totals_.closes;
      page.closed = true;
    } else if (opcode != 10) {
      ++totals_.bad;  // text, a fragment, or bytes inside a frame that are not one's own
    }
  }
  Page& page = pages_[index];
  page.input.erase(0, at);
  if (page.input.empty() && page.input.capacity() > 4096) page.input.shrink_to_fit();
}

void Swarm::message(std::size_t index, std::string_view payload) {
  const BatchPtr batch = views_.parse(payload);
  if (!batch) {
    ++totals_.bad;
    return;
  }
  bool changed = false;
  for (const auto& part : batch->messages()) {
    Page& page = pages_[index];
    switch (part.body_case()) {
      case v1::ServerMessage::kWelcome:
        server_offset_ms_ = part.welcome().server_time_ms() - now_us() / 1000;
        break;
      case v1::ServerMessage::kView:
        ++totals_.views;
        page.view = views_.take(part.view());
        changed = true;
        break;
      case v1::ServerMessage::kChange: {
        bool hole = false;
        page.view = views_.take(page.view, part.change(), hole);
        totals_.holes += hole ? 1 : 0;
        changed = true;
        break;
      }
      case v1::ServerMessage::kPersonal:
        page.personal = part.personal();
        break;
      case v1::ServerMessage::kReply:
        page.busy = false;
        totals_.refusals += part.reply().has_refusal() ? 1 : 0;
        if (on_reply) on_reply(index, part.reply());
        break;
      case v1::ServerMessage::kHeartbeat: {
        v1::ClientMessage echo;
        *echo.mutable_heartbeat() = part.heartbeat();
        send_frame(page, 2, echo.SerializeAsString());
        break;
      }
      default:
        break;
    }
  }
  totals_.deliveries += changed ? 1 : 0;
  Page& page = pages_[index];
  if (changed && page.observer && page.view) page.reached.emplace_back(page.view->seq, now_us());
}

void Swarm::send_frame(Page& page, std::uint8_t opcode, std::string_view payload) {
  if (page.closed) return;
  std::string frame;
  frame.push_back(static_cast<char>(0x80 | opcode));
  if (payload.size() < 126) {
    frame.push_back(static_cast<char>(0x80 | payload.size()));
  } else {
    frame.push_back(static_cast<char>(0x80 | 126));
    frame.push_back(static_cast<char>(payload.size() >> 8));
    frame.push_back(static_cast<char>(payload.size() & 0xFF));
  }
  frame.append(4, '\0');  // a mask of zeros is a mask; the server's work is the same
  frame.append(payload);
  if (send(page.socket, frame.data(), frame.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(frame.size())) {
    fail("the server takes nothing from a page");
  }
}

}  // namespace load
