// Seeded simulation: several instances on one log with conflicts, unknown outcomes, lost replies,
// repeats and crashes; pages that resend to whichever instance they reach. In the end nothing
// acknowledged is lost, nothing was done twice, and everybody sees the same.
//
//   SIMULATION_SEEDS   how many seeds (default 300)
//   SIMULATION_FIRST   the first of them (default 1)
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <cstdio>
#include <cstdlib>
#include <set>

#include "core/apply.hpp"
#include "host/repeats.hpp"
#include "simulation/person.hpp"
#include "support/given.hpp"

namespace plenary::simulation {
namespace {

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

class Simulation {
 public:
  explicit Simulation(std::uint64_t seed) : cluster_(seed, 2 + seed % 3) {}

  void run() {
    cluster_.create();
    enter_people();
    cluster_.begin_faults();
    const std::size_t steps = 60 + cluster_.random.below(100);
    for (std::size_t step = 0; step < steps; ++step)
      act();
    ASSERT_TRUE(come_to_rest()) << "somebody never got an answer or a view";
    records_ = cluster_.truth.stored("session/" + cluster_.session_id);
    check_log();
    check_commands();
    check_hosts_and_views();
    cluster_.count();
  }

  std::size_t records() const { return records_.size(); }
  const Totals& totals() const { return cluster_.totals; }

 private:
  void execute(v1::ActorKind kind, const std::string& person_id,
               const google::protobuf::Message& body);
  void enter_people();
  void act();
  bool come_to_rest();
  bool watch_all();
  void check_log();
  void check_commands();
  void check_command(const std::string& id, const Sent& sent);
  void check_hosts_and_views();

  Cluster cluster_;
  std::vector<std::unique_ptr<PersonPage>> people_;
  std::vector<std::shared_ptr<test::FakePage>> watchers_;  // one at each instance
  std::vector<v1::Record> records_;
  core::State replayed_;
};

// By instance 0, before anything goes wrong.
void Simulation::execute(v1::ActorKind kind, const std::string& person_id,
                         const google::protobuf::Message& body) {
  v1::Actor actor;
  actor.set_kind(kind);
  actor.set_person_id(person_id);
  const auto bytes = cluster_.ids.next();
  std::optional<v1::Reply> answer;
  boost::asio::co_spawn(cluster_.instances[0]->cores.at(0),
                        cluster_.instances[0]->host->execute(
                            actor, std::string(bytes.begin(), bytes.end()), test::to_command(body)),
                        [&](const std::exception_ptr&, const v1::Reply& reply) { answer = reply; });
  cluster_.settle();
  ASSERT_TRUE(answer && answer->has_position()) << body.ShortDebugString();
}

void Simulation::enter_people() {
  const auto enter = [&](const std::string& person_id, bool staff) {
    v1::EnterSession body;
    body.set_person_id(person_id);
    body.set_name(person_id);
    if (staff) body.mutable_vouched()->set_role(v1::ROLE_MODERATOR);
    execute(v1::ACTOR_KIND_EDGE, {}, body);
    people_.push_back(std::make_unique<PersonPage>(cluster_, person_id, staff));
  };
  enter("chair", true);
  enter("deputy", true);
  for (int n = 0; n < 4; ++n)
    enter("p" + std::to_string(n), false);
  execute(v1::ACTOR_KIND_PERSON, "chair", v1::OpenSession());
}

void Simulation::act() {
  people_[cluster_.random.below(people_.size())]->act();
  const std::uint64_t dice = cluster_.random.below(100);
  if (dice < 70) {
    cluster_.turn(cluster_.random.below(20));
  } else if (dice < 92) {
    cluster_.advance(static_cast<std::int64_t>(cluster_.random.below(400)));
  } else if (dice < 95) {
    cluster_.advance(static_cast<std::int64_t>(cluster_.random.below(8'000)));
  } else if (dice < 97) {
    const std::size_t at = cluster_.random.below(cluster_.instances.size());
    for (auto& person : people_)
      person->crashed(at);
    cluster_.crash(at);
  } else {
    const std::size_t at = cluster_.random.below(cluster_.instances.size());
    cluster_.instances[at]->log.set_reachable(cluster_.random.chance(50));
  }
}

bool Simulation::come_to_rest() {
  cluster_.heal();
  for (int round = 0; round < 60; ++round) {
    bool rest = true;
    for (auto& person : people_)
      rest = person->come_to_rest() && rest;
    cluster_.advance(round < 50 ? 300 : 6'000);
    if (!rest) continue;
    // Hints may have been lost: the comparison of heads, once a second, finds what is missing.
    cluster_.advance(3'000);
    for (auto& person : people_)
      rest = person->come_to_rest() && rest;
    if (rest) return watch_all();
  }
  return false;
}

// A session without readers may lag behind, which is nobody's loss. So everyone gets one.
bool Simulation::watch_all() {
  for (std::size_t at = 0; at < cluster_.instances.size(); ++at) {
    Instance& instance = *cluster_.instances[at];
    for (int attempt = 0; attempt < 3; ++attempt) {
      cluster_.find(at);
      cluster_.settle();
      if (!instance.host) return false;
      auto watcher = std::make_shared<test::FakePage>();
      ports::Claims claims;
      claims.session_id = cluster_.session_id;
      claims.person_id = "chair";
      instance.host->join({watcher, claims, {}});
      cluster_.advance(3'000);
      if (!watcher->closed) {
        watchers_.push_back(std::move(watcher));
        break;
      }
      instance.host = nullptr;  // it had ended, and is to be found anew
    }
  }
  return watchers_.size() == cluster_.instances.size();
}

void Simulation::check_log() {
  ports::Position head;
  std::int64_t at_ms = 0;
  std::int64_t sequence = 0;
  std::set<std::string> done;
  for (const v1::Record& record : records_) {
    ASSERT_EQ(record.seq(), head.seq + 1);
    ASSERT_EQ(record.previous_id(), head.id);
    ASSERT_GE(record.at_ms(), at_ms) << "time of records went back";
    EXPECT_TRUE(done.insert(record.command_id() + host::actor_key(record.actor())).second)
        << "a command twice, seq " << record.seq();
    for (const v1::Entity& entity : record.changes().put()) {
      if (!entity.has_request() || replayed_.request(entity.request().id()) != nullptr) continue;
      if (record.command_kind() != v1::Command::kRequestFloor) continue;  // an undo puts back
      EXPECT_GT(entity.request().sequence(), sequence) << "sequences not in the order of the log";
      sequence = entity.request().sequence();
    }
    core::apply(replayed_, record.changes());
    head = {record.seq(), record.id()};
    at_ms = record.at_ms();
  }
}

void Simulation::check_commands() {
  for (const auto& person : people_) {
    for (const auto& [id, sent] : person->sent())
      check_command(id, sent);
  }
}

void Simulation::check_command(const std::string& id, const Sent& sent) {
  std::size_t stored = 0;
  for (const v1::Record& record : records_) {
    if (record.command_id() == id && record.actor().person_id() == sent.person_id) ++stored;
  }
  bool acknowledged = false;
  for (const v1::Reply& reply : sent.replies) {
    if (!reply.has_position()) continue;
    acknowledged = true;
    const std::uint64_t seq = reply.position().seq();
    ASSERT_GE(seq, 1u);
    ASSERT_LE(seq, records_.size()) << "acknowledged and lost";
    EXPECT_EQ(records_[seq - 1].id(), reply.position().id()) << "acknowledged at no position";
  }
  if (acknowledged && sent.always_changes) {
    EXPECT_EQ(stored, 1u) << "acknowledged and not there";
  }
  // Sent once and refused: nothing was done.
  const bool refused_for_good = sent.replies.size() == 1 && sent.replies[0].has_refusal() &&
                                sent.settled() && sent.attempts == 1;
  if (refused_for_good) {
    EXPECT_EQ(stored, 0u) << sent.replies[0].ShortDebugString();
  }
}

void Simulation::check_hosts_and_views() {
  const std::string truth = test::snapshot_bytes(replayed_);
  for (auto& instance : cluster_.instances) {
    std::string held;
    boost::asio::co_spawn(instance->cores.at(0), instance->host->state(),
                          [&](const std::exception_ptr&, const core::State& state) {
                            held = test::snapshot_bytes(state);
                          });
    cluster_.settle();
    EXPECT_EQ(held == truth, true) << "an instance holds another state than the log";
  }
  for (const auto& watcher : watchers_) {
    const auto expected = test::entities_of(core::project(watcher->view.audience, replayed_));
    EXPECT_EQ(watcher->view.entities == expected, true) << "a watcher sees something else";
    EXPECT_EQ(watcher->view.holes, 0);
  }
  for (const auto& person : people_) {
    const v1::Audience audience = core::audience_of(replayed_, person->person_id());
    EXPECT_EQ(person->view().audience, audience) << person->person_id();
    const auto expected = test::entities_of(core::project(audience, replayed_));
    EXPECT_EQ(person->view().entities == expected, true)
        << person->person_id() << " sees something else";
  }
}

// Over all seeds, for whoever reads the output.
struct Sum {
  std::uint64_t records = 0;
  Totals totals;

  void add(const Simulation& simulation) {
    records += simulation.records();
    const Totals& more = simulation.totals();
    totals.accepted += more.accepted;
    totals.refused += more.refused;
    totals.repeated += more.repeated;
    totals.conflicts += more.conflicts;
    totals.unknown += more.unknown;
    totals.unavailable += more.unavailable;
    totals.joined += more.joined;
    totals.resumed += more.resumed;
    totals.fell_behind += more.fell_behind;
    totals.crashes += more.crashes;
    totals.lost += more.lost;
  }

  void print() const {
    const auto show = [](const char* what, std::uint64_t number) {
      std::printf("%s %llu  ", what, static_cast<unsigned long long>(number));
    };
    show("records", records);
    show("accepted", totals.accepted);
    show("refused", totals.refused);
    show("repeated", totals.repeated);
    show("conflicts", totals.conflicts);
    show("unknown", totals.unknown);
    show("unavailable", totals.unavailable);
    show("joined", totals.joined);
    show("resumed", totals.resumed);
    show("fell behind", totals.fell_behind);
    show("crashes", totals.crashes);
    show("lost", totals.lost);
    std::printf("\n");
  }
};

void run_seed(std::uint64_t seed, Sum& sum) {
  SCOPED_TRACE("seed " + std::to_string(seed) + " (SIMULATION_FIRST=" + std::to_string(seed) +
               " SIMULATION_SEEDS=1)");
  Simulation simulation(seed);
  simulation.run();
  sum.add(simulation);
}

TEST(Simulation, C1_C2_Q1_H8_H9_SeedsOfSeveralHostsOnOneLog) {
  const std::uint64_t first = number_from_environment("SIMULATION_FIRST", 1);
  const std::uint64_t count = number_from_environment("SIMULATION_SEEDS", 300);
  Sum sum;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    run_seed(seed, sum);
    if (testing::Test::HasFailure()) {
      std::printf("seed %llu fails\n", static_cast<unsigned long long>(seed));
      return;
    }
  }
  sum.print();
  if (count < 100) return;
  // What is simulated does happen.
  EXPECT_GT(sum.totals.accepted, count);
  EXPECT_GT(sum.totals.repeated, count / 10);
  EXPECT_GT(sum.totals.conflicts, count / 10);
  EXPECT_GT(sum.totals.unknown, count / 10);
  EXPECT_GT(sum.totals.resumed, count / 10);
}

}  // namespace
}  // namespace plenary::simulation
