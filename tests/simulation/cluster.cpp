#include "simulation/cluster.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "support/given.hpp"

namespace plenary::simulation {

Instance::Instance(std::shared_ptr<adapters::MemoryStore> store, adapters::FaultPlan plan,
                   test::ManualTime& time, ports::IdSource& ids, std::int64_t skew_ms)
    : memory(std::move(store)), log(memory, plan), clock(time, skew_ms), cores(1) {
  directory.emplace(cores, host::Ports{log, clock, ids, nullptr, &time, "simulation"});
}

Instance::~Instance() {
  // What is on its way to the log when a process dies either arrives or does not: cut off, both
  // happen.
  log.set_reachable(false);
  host.reset();
  directory.reset();
}

Cluster::Cluster(std::uint64_t seed, std::size_t count)
    : random(seed), ids(seed * 7919 + 1), store(adapters::make_memory_store()), truth(store) {
  max_skew_ms_ = random.chance(50) ? 3'000 : 0;
  for (std::size_t n = 0; n < count; ++n)
    instances.push_back(make_instance());
}

adapters::FaultPlan Cluster::plan() {
  adapters::FaultPlan plan;
  plan.seed = random.next();
  if (!faulty_) return plan;
  const unsigned level = static_cast<unsigned>(random.below(4));  // some instances are well
  plan.unknown_lost = 40 * level;
  plan.unknown_kept = 40 * level;
  plan.unknown_late = 40 * level;
  plan.append_unavailable = 30 * level;
  plan.read_unavailable = 30 * level;
  plan.hint_lost = 300;
  plan.hint_doubled = 200;
  plan.max_delay_turns = static_cast<unsigned>(random.below(6));
  return plan;
}

std::unique_ptr<Instance> Cluster::make_instance() {
  const auto skew_ms =
      static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(max_skew_ms_ + 1)));
  return std::make_unique<Instance>(store, plan(), time, ids, skew_ms);
}

void Cluster::turn(std::size_t turns) {
  for (std::size_t n = 0; n < turns; ++n) {
    instances[random.below(instances.size())]->cores.at(0).poll_one();
  }
}

void Cluster::settle() {
  for (std::size_t idle = 0; idle < instances.size();) {
    const std::size_t first = random.below(instances.size());
    idle = 0;
    for (std::size_t n = 0; n < instances.size(); ++n) {
      const std::size_t at = (first + n) % instances.size();
      if (instances[at]->cores.at(0).poll_one() == 0) ++idle;
    }
  }
}

void Cluster::advance(std::int64_t ms) {
  time.advance(ms, [this] { settle(); });
}

void Totals::add(const host::HostMetrics& metrics) {
  accepted += metrics.commands_accepted;
  refused += metrics.commands_refused;
  repeated += metrics.commands_repeated;
  conflicts += metrics.conflicts;
  unknown += metrics.unknown;
  unavailable += metrics.unavailable;
  joined += metrics.joined;
  resumed += metrics.resumed;
  fell_behind += metrics.fell_behind;
  lost += metrics.sessions_lost;
}

void Cluster::count() {
  for (auto& instance : instances)
    totals.add(instance->directory->metrics());
}

void Cluster::crash(std::size_t at) {
  totals.add(instances[at]->directory->metrics());
  ++totals.crashes;
  instances[at].reset();
  instances[at] = make_instance();
}

void Cluster::find(std::size_t at) {
  Instance& instance = *instances[at];
  if (instance.host || instance.finding) return;
  instance.finding = true;
  boost::asio::co_spawn(
      instance.cores.at(0),
      [this, at, &instance]() -> boost::asio::awaitable<void> {
        if (instances[at].get() != &instance) co_return;  // crashed before it began
        auto found = co_await instance.directory->find(session_id);
        if (instances[at].get() != &instance) co_return;
        instance.finding = false;
        if (found) instance.host = *found;
      },
      boost::asio::detached);
}

void Cluster::create() {
  Instance& instance = *instances[0];
  auto agenda = test::make<v1::Agenda>(
      "title { text: 'S' } date: '2027-05-12' planned_start: '09:00' zone: 'Europe/Brussels' "
      "languages: 'en' entry: ENTRY_POLICY_OPEN "
      "rooms { id: 'plenary' name { text: 'Plenary' } settings { preset: PRESET_FORMAL } } "
      "rooms { id: 'lab' name { text: 'Lab' } settings { preset: PRESET_WORKSHOP } } "
      "items { room_id: 'plenary' kind: ITEM_KIND_REMARKS title { text: 'One' } planned_ms: 60000 "
      "} "
      "items { room_id: 'plenary' kind: ITEM_KIND_REMARKS title { text: 'Two' } planned_ms: 60000 "
      "}");
  boost::asio::co_spawn(
      instance.cores.at(0),
      [&instance, agenda, key = ids.next()]() -> boost::asio::awaitable<void> {
        instance.host = *co_await instance.directory->create(agenda, 0, key);
      },
      boost::asio::detached);
  settle();
  session_id = instance.host->session_id();
}

void Cluster::begin_faults() {
  faulty_ = true;
  for (std::size_t at = 0; at < instances.size(); ++at)
    crash(at);
}

void Cluster::heal() {
  faulty_ = false;
  for (auto& instance : instances)
    instance->log.heal();
}

}  // namespace plenary::simulation
