#include "http.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>

#include "child.hpp"

namespace load {

std::string address_of_group(std::size_t group) {
  return "127." + std::to_string(1 + group / 62'500) + "." + std::to_string(group / 250 % 250) +
         "." + std::to_string(1 + group % 250);
}

int connect_from(std::size_t group, std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in from{};
  from.sin_family = AF_INET;
  inet_pton(AF_INET, address_of_group(group).c_str(), &from.sin_addr);
  const int on = 1;
  setsockopt(socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in to = from;
  to.sin_port = htons(port);
  inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
  if (bind(socket, reinterpret_cast<sockaddr*>(&from), sizeof from) != 0 ||
      connect(socket, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
    fail("cannot connect from " + address_of_group(group) + ": " + std::strerror(errno));
  }
  return socket;
}

Http::Http(std::uint16_t port, std::size_t group) : socket_(connect_from(group, port)) {}
Http::~Http() {
  close(socket_);
}

boost::json::value Http::post(const std::string& path, const std::string& bearer,
                              const boost::json::value& body) {
  const std::string content = boost::json::serialize(body);
  std::string message =
      "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" +
      "Content-Type: application/json\r\nContent-Length: " + std::to_string(content.size()) +
      "\r\n";
  if (!bearer.empty()) message += "Authorization: Bearer " + bearer + "\r\n";
  message += "\r\n" + content;
  for (std::size_t sent = 0; sent < message.size();) {
    const auto n = send(socket_, message.data() + sent, message.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) fail("the server closed during POST " + path);
    sent += static_cast<std::size_t>(n);
  }
  read_.clear();
  std::size_t head_end = std::string::npos;
  std::size_t length = 0;
  char buffer[16'384];
  while (head_end == std::string::npos || read_.size() < head_end + 4 + length) {
    const auto n = recv(socket_, buffer, sizeof buffer, 0);
    if (n <= 0) fail("no answer to POST " + path);
    read_.append(buffer, static_cast<std::size_t>(n));
    if (head_end != std::string::npos) continue;
    head_end = read_.find("\r\n\r\n");
    if (head_end == std::string::npos) continue;
    std::string head = read_.substr(0, head_end);
    std::ranges::transform(head, head.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto field = head.find("content-length:");
    if (field != std::string::npos) length = std::strtoull(head.c_str() + field + 15, nullptr, 10);
  }
  if (read_.compare(9, 1, "2") != 0) fail("POST " + path + ": " + read_.substr(0, 600));
  return length == 0 ? boost::json::value()
                     : boost::json::parse(read_.substr(head_end + 4, length));
}

}  // namespace load
