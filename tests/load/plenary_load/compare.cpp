#include "compare.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string_view>
#include <vector>

#include "child.hpp"
#include "folder.hpp"
#include "http.hpp"
#include "swarm.hpp"

namespace load {
namespace {

constexpr std::size_t kGroup = 100;  // connections from one address
constexpr std::string_view kUpgrade =
    "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

std::size_t read_all(const std::vector<int>& sockets, int seconds) {
  const int epoll = epoll_create1(EPOLL_CLOEXEC);
  for (const int socket : sockets) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = socket;
    epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
  }
  std::size_t bytes = 0;
  std::array<char, 65'536> buffer;
  std::array<epoll_event, 512> events;
  for (const auto until = now_us() + seconds * 1'000'000LL; now_us() < until;) {
    const int count = epoll_wait(epoll, events.data(), events.size(), 50);
    for (int i = 0; i < count; ++i) {
      const auto n =
          recv(events[static_cast<std::size_t>(i)].data.fd, buffer.data(), buffer.size(), 0);
      if (n > 0) bytes += static_cast<std::size_t>(n);
    }
  }
  close(epoll);
  return bytes;
}

// `greeting` is what a connection says first; `frame_bytes` what a message is on the wire.
double run(const Settings& settings, const std::string& program, std::string_view greeting,
           std::size_t bytes, std::size_t frame_bytes, double per_s) {
  const Folder folder;
  const std::string port_file = (folder.path / "port").string();
  const Child server({program, port_file, std::to_string(settings.people), std::to_string(bytes),
                      std::to_string(per_s), std::to_string(settings.seconds)},
                     port_file, 10);
  std::vector<int> sockets;
  for (std::size_t i = 0; i < settings.people; ++i) {
    sockets.push_back(connect_from(1 + i / kGroup, server.port()));
    if (greeting.empty()) continue;
    if (send(sockets.back(), greeting.data(), greeting.size(), MSG_NOSIGNAL) < 0) {
      fail("cannot upgrade");
    }
  }
  const std::size_t received = read_all(sockets, settings.seconds + 3);
  const double cpu_us = server.cpu_seconds() * 1e6;
  for (const int socket : sockets)
    close(socket);
  return cpu_us * static_cast<double>(frame_bytes) / static_cast<double>(received);
}

}  // namespace

double run_floor(const Settings& settings, std::size_t bytes, double per_s) {
  return run(settings, settings.floor, "", bytes, bytes, per_s);
}

double run_queue(const Settings& settings, std::size_t bytes, double per_s) {
  const std::size_t head = bytes < 126 ? 2 : 4;
  return run(settings, settings.queue, kUpgrade, bytes, bytes + head, per_s);
}

}  // namespace load
