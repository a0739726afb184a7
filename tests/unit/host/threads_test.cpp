// Cores run by threads, readers on both of them, the real timers: shows races to ThreadSanitizer,
// holes to everybody.
#include <gtest/gtest.h>

#include <boost/asio/use_future.hpp>
#include <chrono>
#include <future>

#include "support/host_world.hpp"

namespace plenary::test {
namespace {

using namespace std::chrono_literals;

class RealClock final : public ports::Clock {
 public:
  std::int64_t server_now_ms() const override { return ManualTime::kStartMs + steady_ms(); }
  std::int64_t steady_ms() const override {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
  }
};

// Ids for several threads.
class LockedIds final : public ports::IdSource {
 public:
  std::array<std::uint8_t, 16> next() override {
    const std::scoped_lock lock(mutex_);
    return ids_.next();
  }

 private:
  std::mutex mutex_;
  SeededIds ids_{5};
};

class Threads : public testing::Test {
 protected:
  Threads() : cores(2), directory(std::in_place, cores, host::Ports{log, clock, ids}) {
    cores.start();
  }

  template <typename T>
  T await(boost::asio::awaitable<T> operation) {
    auto future = boost::asio::co_spawn(cores.at(0), std::move(operation), boost::asio::use_future);
    if (future.wait_for(60s) != std::future_status::ready) ADD_FAILURE() << "no end";
    return future.get();
  }
  v1::Reply execute(host::SessionHost& host, const v1::Actor& actor,
                    const google::protobuf::Message& body) {
    const auto id = ids.next();
    return await(host.execute(actor, std::string(id.begin(), id.end()), to_command(body)));
  }

  adapters::MemoryLog log;
  RealClock clock;
  LockedIds ids;
  host::CoreSet cores;
  std::optional<host::Directory> directory;
};

TEST_F(Threads, C1_C2_TwoCoresManyReadersSeveralSessions) {
  constexpr int kSessions = 3;
  constexpr int kPeople = 40;
  std::vector<HostPointer> hosts;
  std::vector<std::vector<PagePointer>> pages(kSessions);
  for (int s = 0; s < kSessions; ++s) {
    hosts.push_back(await(directory->create(small_agenda(), 0, ids.next())).value());
    host::SessionHost& host = *hosts.back();
    v1::EnterSession chair =
        make<v1::EnterSession>("person_id: 'chair' name: 'chair' vouched { role: ROLE_MODERATOR }");
    execute(host, actor_of(v1::ACTOR_KIND_EDGE), chair);
    execute(host, actor_of(v1::ACTOR_KIND_PERSON, "chair"), v1::OpenSession());
    for (int n = 0; n < kPeople; ++n) {
      v1::EnterSession enter;
      enter.set_person_id("p" + std::to_string(n));
      enter.set_name(enter.person_id());
      execute(host, actor_of(v1::ACTOR_KIND_EDGE), enter);
      auto page = std::make_shared<FakePage>(static_cast<std::size_t>(n % 2));
      host.join({page, HostWorld::claims(host, n % 5 == 0 ? "chair" : enter.person_id()), {}});
      pages[static_cast<std::size_t>(s)].push_back(std::move(page));
    }
  }
  for (int round = 0; round < 20; ++round) {
    for (std::size_t s = 0; s < kSessions; ++s) {
      for (std::size_t n = 0; n < kPeople; ++n) {
        if (n % 5 == 0) continue;
        v1::Submit submit;
        submit.set_issued_at_ms(clock.server_now_ms());
        auto hand = make<v1::RequestFloor>("room_id: 'plenary' kind: REQUEST_KIND_INTERVENTION");
        hand.set_note(std::to_string(round));
        *submit.mutable_command() = to_command(hand);
        const auto id = ids.next();
        hosts[s]->submit(pages[s][n], std::string(id.begin(), id.end()), submit);
        if (round == 10 && n % 7 == 0) hosts[s]->leave(pages[s][n]);
      }
    }
    std::this_thread::sleep_for(2ms);
  }
  std::vector<core::State> states;
  for (const HostPointer& host : hosts) {
    execute(*host, actor_of(v1::ACTOR_KIND_PERSON, "chair"), make<v1::Announce>("text: 'end'"));
    states.push_back(await(host->state()));
  }
  std::this_thread::sleep_for(200ms);  // the last flush, paced
  cores.stop();
  for (std::size_t s = 0; s < kSessions; ++s) {
    EXPECT_EQ(states[s].queue("plenary").size(), static_cast<std::size_t>(kPeople - kPeople / 5));
    for (std::size_t n = 0; n < kPeople; ++n) {
      const FakePage& page = *pages[s][n];
      EXPECT_EQ(page.view.holes, 0);
      if (n % 5 != 0 && n % 7 == 0) continue;  // left
      EXPECT_EQ(page.view.entities == entities_of(core::project(page.view.audience, states[s])),
                true);
      if (n % 5 != 0) {
        EXPECT_EQ(page.replies.size(), 20u) << s << '/' << n;
      }
    }
  }
  hosts.clear();
  directory.reset();
}

}  // namespace
}  // namespace plenary::test
