// plenary_load: a whole meeting over real sockets against a server of its own, with figures.
//
//   plenary_load --server build/release/server/plenary [--floor build/release/tests/bare_floor]
//                [--queue build/release/tests/write_queue] [--people 1000] [--hands 10]
//                [--seconds 10] [--rounds 1] [--seed 1] [--threads 0]
//
// Prints one line a figure. Ends with 1 if anybody's view differs, has a hole, or was closed.
#include <sys/resource.h>
#include <sys/utsname.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <thread>

#include "compare.hpp"
#include "meeting.hpp"

namespace {

load::Settings parse(int count, char** values) {
  load::Settings settings;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string name = values[i];
    const std::string value = values[i + 1];
    try {
      if (name == "--server")
        settings.server = value;
      else if (name == "--floor")
        settings.floor = value;
      else if (name == "--queue")
        settings.queue = value;
      else if (name == "--people")
        settings.people = std::stoul(value);
      else if (name == "--hands")
        settings.hands_per_s = std::stod(value);
      else if (name == "--seconds")
        settings.seconds = std::stoi(value);
      else if (name == "--rounds")
        settings.rounds = std::stoi(value);
      else if (name == "--seed")
        settings.seed = std::stoull(value);
      else if (name == "--threads")
        settings.threads = std::stoi(value);
      else
        load::fail("unknown option " + name);
    } catch (const std::exception&) {
      load::fail(name + " takes a number, not " + value);
    }
  }
  if (settings.server.empty() || count % 2 == 0)
    load::fail("give --server PATH; the rest is in main.cpp");
  if (settings.people == 0 || settings.hands_per_s <= 0)
    load::fail("--people and --hands are above 0");
  return settings;
}

void print(const load::Figures& f) {
  const double deliveries = static_cast<double>(f.totals.deliveries);
  std::printf("people                         %zu\n", f.people);
  std::printf("enter, durable                 %.0f a second\n", f.enter_per_s);
  std::printf("memory per connection          %.1f KiB (private, of the whole server)\n",
              f.memory_kib_per_connection);
  std::printf("commands                       %llu, %llu refused\n",
              static_cast<unsigned long long>(f.commands),
              static_cast<unsigned long long>(f.totals.refusals));
  std::printf("deliveries                     %.0f, %.0f a second, %.0f bytes each\n", deliveries,
              deliveries / f.seconds,
              f.totals.frames == 0
                  ? 0
                  : static_cast<double>(f.totals.bytes) / static_cast<double>(f.totals.frames));
  std::printf("server CPU per delivery        %.2f us\n", f.cpu_us_per_delivery);
  std::printf(
      "server CPU per frame           %.2f us (deliveries, own values, replies, heartbeats)\n",
      f.cpu_us_per_frame);
  std::printf("server CPU per command         %.2f us for each of the people told of it\n",
              f.cpu_us_per_message);
  std::printf("sent to replied, durable       %.1f ms median, %.1f ms p99\n",
              load::at(f.reply_ms, 0.5), load::at(f.reply_ms, 0.99));
  std::printf("sent to seen by another        %.1f ms median, %.1f ms p99\n",
              load::at(f.seen_ms, 0.5), load::at(f.seen_ms, 0.99));
  std::printf("holes %llu, closed by server %llu, bad messages %llu, all views equal: %s\n",
              static_cast<unsigned long long>(f.totals.holes),
              static_cast<unsigned long long>(f.totals.closes),
              static_cast<unsigned long long>(f.totals.bad), f.views_equal ? "yes" : "NO");
}

using Ratios = std::vector<double>;

double beside_floor(const load::Settings& settings, const load::Figures& f) {
  const auto bytes = static_cast<std::size_t>(f.totals.bytes / f.totals.frames);
  const double per_s =
      static_cast<double>(f.totals.frames) / f.seconds / static_cast<double>(f.people);
  const double floor_us = load::run_floor(settings, bytes, per_s);
  const double ratio = f.cpu_us_per_frame / floor_us;
  std::printf("floor: one write each          %.2f us per message of %zu bytes; ratio %.2f\n",
              floor_us, bytes, ratio);
  return ratio;
}

// A queue of writes sends every message on its own; here what comes together goes out as one
// change. So what is compared is what it costs that somebody learns of one command.
double beside_queue(const load::Settings& settings, const load::Figures& f) {
  const double commands = static_cast<double>(f.commands - f.totals.refusals);
  const double messages = commands * static_cast<double>(f.people);
  const auto bytes = static_cast<std::size_t>(static_cast<double>(f.totals.bytes) / messages);
  const double queue_us = load::run_queue(settings, bytes, commands / f.seconds);
  const double ratio = f.cpu_us_per_message / queue_us;
  std::printf(
      "queue of async_write           %.2f us per message of %zu bytes, here %.2f; ratio %.2f\n",
      queue_us, bytes, f.cpu_us_per_message, ratio);
  return ratio;
}

void print_median(const char* what, Ratios ratios) {
  if (ratios.empty()) return;
  std::ranges::sort(ratios);
  std::printf("ratio to the %s, median     %.2f of %zu rounds\n", what, ratios[ratios.size() / 2],
              ratios.size());
}

}  // namespace

int main(int count, char** values) {
  const load::Settings settings = parse(count, values);
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);  // the server inherits it
  utsname machine{};
  uname(&machine);
  std::printf(
      "machine                        %s %s, %u cores, loopback, clients on the same cores\n",
      machine.sysname, machine.machine, std::thread::hardware_concurrency());
  std::printf("seed                           %llu\n",
              static_cast<unsigned long long>(settings.seed));
  bool good = true;
  Ratios to_floor;
  Ratios to_queue;
  for (int round = 0; round < settings.rounds; ++round) {
    const load::Figures f = load::run_meeting(settings);
    print(f);
    good = good && f.views_equal && f.totals.holes + f.totals.closes + f.totals.bad == 0;
    if (!settings.floor.empty() && f.totals.frames > 0)
      to_floor.push_back(beside_floor(settings, f));
    if (!settings.queue.empty() && f.commands > 0) to_queue.push_back(beside_queue(settings, f));
    std::fflush(stdout);
  }
  print_median("floor", to_floor);
  print_median("queue", to_queue);
  return good ? 0 : 1;
}
