#include "child.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

namespace load {

void fail(const std::string& sentence) {
  std::cerr << "load: " << sentence << '\n';
  std::exit(1);
}

Child::Child(std::vector<std::string> arguments, const std::string& port_file, int timeout_s) {
  pid_ = fork();
  if (pid_ < 0) fail("cannot start " + arguments.front());
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // never outlive the program that measures
    std::vector<char*> pointers;
    for (auto& argument : arguments)
      pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    execv(pointers.front(), pointers.data());
    _exit(127);
  }
  for (int waited_ms = 0; waited_ms < timeout_s * 1000; waited_ms += 20) {
    std::ifstream file(port_file);
    unsigned port = 0;
    if (file >> port) {
      port_ = static_cast<std::uint16_t>(port);
      return;
    }
    if (waitpid(pid_, nullptr, WNOHANG) == pid_) fail(arguments.front() + " ended at its start");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  fail(arguments.front() + " did not say its port in time");
}

Child::~Child() {
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

double Child::cpu_seconds() const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/stat");
  std::string line;
  std::getline(file, line);
  const auto after_name = line.rfind(')');
  if (after_name == std::string::npos) fail("the server has ended");
  std::istringstream fields(line.substr(after_name + 2));
  std::string skipped;
  for (int field = 3; field < 14; ++field)
    fields >> skipped;  // proc(5): utime is field 14
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

std::uint64_t Child::private_memory_bytes() const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/smaps_rollup");
  std::string line;
  std::uint64_t kib = 0;
  while (std::getline(file, line)) {
    if (line.starts_with("Private_"))
      kib += std::strtoull(line.c_str() + line.find(':') + 1, nullptr, 10);
  }
  return kib * 1024;
}

}  // namespace load
