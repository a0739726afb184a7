// A server program run as a child: started on loopback with a port of the system's choosing,
// measured through /proc, and ended with this object. Linux only. Not thread-safe.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace load {

class Child {
 public:
  // `arguments` has the program first. Exits with a sentence if it cannot be started or does not
  // write its port to `port_file` in `timeout_s`.
  Child(std::vector<std::string> arguments, const std::string& port_file, int timeout_s);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  std::uint16_t port() const { return port_; }
  double cpu_seconds() const;                  // user and system time so far
  std::uint64_t private_memory_bytes() const;  // what is its own and no other's

 private:
  pid_t pid_;
  std::uint16_t port_ = 0;
};

[[noreturn]] void fail(const std::string& sentence);

}  // namespace load
