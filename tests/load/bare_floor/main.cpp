// bare_floor PORT_FILE SUBSCRIBERS BYTES PER_SECOND SECONDS: what fan-out costs at the least. One
// epoll, and one write to each subscriber for each message; nothing else. plenary_load measures its
// CPU beside the server's.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

int main(int count, char** values) {
  if (count != 6) {
    std::fputs("bare_floor PORT_FILE SUBSCRIBERS BYTES PER_SECOND SECONDS\n", stderr);
    return 2;
  }
  const std::size_t subscribers = std::strtoull(values[2], nullptr, 10);
  const std::string message(std::strtoull(values[3], nullptr, 10), 'x');
  const double per_second = std::strtod(values[4], nullptr);
  const double seconds = std::strtod(values[5], nullptr);

  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      listen(listener, 4096) != 0) {
    std::perror("bare_floor");
    return 1;
  }
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  const std::string port_file = values[1];
  std::ofstream(port_file + ".new") << ntohs(address.sin_port) << '\n';
  std::rename((port_file + ".new").c_str(), port_file.c_str());

  const int epoll = epoll_create1(EPOLL_CLOEXEC);
  std::vector<int> sockets;
  while (sockets.size() < subscribers) {
    const int socket = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket < 0) return 1;
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = socket;
    epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
    sockets.push_back(socket);
  }
  const auto began = std::chrono::steady_clock::now();
  const auto messages = static_cast<long>(per_second * seconds);
  for (long sent = 0; sent < messages; ++sent) {
    std::this_thread::sleep_until(
        began + std::chrono::duration_cast<std::chrono::nanoseconds>(
                    std::chrono::duration<double>(static_cast<double>(sent) / per_second)));
    for (const int socket : sockets) {
      // A full socket loses the message here; the floor owes nobody anything.
      if (write(socket, message.data(), message.size()) < 0) continue;
    }
  }
  std::this_thread::sleep_for(std::chrono::seconds(60));  // plenary_load ends it
  return 0;
}
