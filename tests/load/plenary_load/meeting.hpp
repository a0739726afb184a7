// A meeting of many: they come in, raise and lower hands, and are called; then everyone's view must
// be the same. The pace is given as hands a second for the whole session. Prints nothing; returns
// figures.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "child.hpp"
#include "swarm.hpp"

namespace load {

struct Settings {
  std::string server;  // path of the server program
  std::string floor;   // path of bare_floor; "": no comparison
  std::string queue;   // path of write_queue; "": no comparison
  std::size_t people = 1000;
  double hands_per_s = 10;
  int seconds = 10;
  int rounds = 1;
  std::uint64_t seed = 1;
  int threads = 0;  // of the server; 0: its own choice
};

struct Figures {
  std::size_t people = 0;
  double enter_per_s = 0;
  double memory_kib_per_connection = 0;
  Totals totals;
  double seconds = 0;
  double cpu_us_per_delivery = 0;
  double cpu_us_per_frame = 0;
  double cpu_us_per_message = 0;  // of what each of the people was told: an accepted command
  std::uint64_t commands = 0;
  std::vector<double> reply_ms;  // sorted
  std::vector<double> seen_ms;   // sorted: sent until an observer's view had it
  bool views_equal = false;
};

Figures run_meeting(const Settings& settings);

double at(const std::vector<double>& sorted, double share);  // 0.5: the median; 0 if empty

}  // namespace load
