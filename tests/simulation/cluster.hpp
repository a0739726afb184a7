// Several instances on one log that misbehaves, on one thread, in an order that follows from the
// seed.
#pragma once

#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "adapters/memory/faulty_log.hpp"
#include "adapters/memory/memory_log.hpp"
#include "host/directory.hpp"
#include "support/manual_time.hpp"
#include "support/seeded_ids.hpp"

namespace plenary::simulation {

namespace v1 = ::plenary::v1;
using HostPointer = std::shared_ptr<host::SessionHost>;

class Random {
 public:
  explicit Random(std::uint64_t seed) : generator_(seed) {}
  std::uint64_t below(std::uint64_t bound) { return generator_() % bound; }
  bool chance(unsigned in_a_hundred) { return below(100) < in_a_hundred; }
  std::uint64_t next() { return generator_(); }

 private:
  std::mt19937_64 generator_;
};

// The clocks of instances differ a little.
class SkewedClock final : public ports::Clock {
 public:
  SkewedClock(const ports::Clock& clock, std::int64_t skew_ms) : clock_(clock), skew_ms_(skew_ms) {}
  std::int64_t server_now_ms() const override { return clock_.server_now_ms() + skew_ms_; }
  std::int64_t steady_ms() const override { return clock_.steady_ms(); }

 private:
  const ports::Clock& clock_;
  std::int64_t skew_ms_;
};

// What happened, over all instances that lived: a simulation in which nothing goes wrong shows
// nothing.
struct Totals {
  std::uint64_t accepted = 0, refused = 0, repeated = 0;
  std::uint64_t conflicts = 0, unknown = 0, unavailable = 0;
  std::uint64_t joined = 0, resumed = 0, fell_behind = 0, crashes = 0, lost = 0;
  void add(const host::HostMetrics& metrics);
};

// One process: what dies with a crash.
struct Instance {
  Instance(std::shared_ptr<adapters::MemoryStore> store, adapters::FaultPlan plan,
           test::ManualTime& time, ports::IdSource& ids, std::int64_t skew_ms);
  ~Instance();

  adapters::MemoryLog memory;
  adapters::FaultyLog log;
  SkewedClock clock;
  host::CoreSet cores;
  std::optional<host::Directory> directory;
  HostPointer host;  // of the session, once found
  bool finding = false;
};

class Cluster {
 public:
  Cluster(std::uint64_t seed, std::size_t instances);

  // A few turns of the instances, in a random order.
  void turn(std::size_t turns);
  // Until nothing is ready.
  void settle();
  void advance(std::int64_t ms);

  // Dies in the middle of whatever it does, and starts again.
  void crash(std::size_t at);
  // Begins to look for the session where an instance does not have it.
  void find(std::size_t at);
  void create();  // the session, by instance 0, before anything misbehaves
  void begin_faults();
  void heal();

  Random random;
  test::ManualTime time;
  test::SeededIds ids;
  std::shared_ptr<adapters::MemoryStore> store;
  adapters::MemoryLog truth;
  std::vector<std::unique_ptr<Instance>> instances;
  std::string session_id;
  Totals totals;  // of those that crashed; count() adds the others
  void count();

 private:
  adapters::FaultPlan plan();
  std::unique_ptr<Instance> make_instance();
  bool faulty_ = false;
  std::int64_t max_skew_ms_ = 0;
};

}  // namespace plenary::simulation
