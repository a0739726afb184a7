#include "fanout/shard.hpp"

#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <thread>

#include "fanout/limits.hpp"
#include "support/fake_page.hpp"
#include "support/manual_time.hpp"

namespace plenary::fanout {
namespace {

namespace asio = boost::asio;
using test::FakePage;
using test::ManualTime;

// A change from the position n to n + 1; entities do not matter here.
Frame change_frame(std::uint64_t n) {
  v1::ServerMessage message;
  message.mutable_change()->mutable_from()->set_seq(n);
  message.mutable_change()->mutable_to()->set_seq(n + 1);
  return make_frame(message);
}

Frame view_frame(std::uint64_t n, std::size_t padding = 0) {
  v1::ServerMessage message;
  message.mutable_view()->mutable_position()->set_seq(n);
  message.mutable_view()->add_entities()->mutable_session()->set_id(std::string(padding, '.'));
  return make_frame(message);
}

Delivery changes(std::uint64_t from, std::uint64_t to) {
  Delivery delivery;
  for (std::uint64_t n = from; n < to; ++n)
    delivery.changes[0].push_back(change_frame(n));
  return delivery;
}

class ShardTest : public testing::Test {
 protected:
  std::shared_ptr<FakePage> attach(std::uint64_t index = 0, std::size_t padding = 0) {
    auto page = std::make_shared<FakePage>();
    shard->attach({page, Feed::everyone, index, nullptr, view_frame(index, padding)});
    return page;
  }
  void settle() {
    context.restart();
    while (context.poll() > 0) {
    }
  }

  asio::io_context context;
  ManualTime time;
  std::shared_ptr<Shard> shard = std::make_shared<Shard>(context, time);
};

TEST_F(ShardTest, BurstOfOneTurnIsOneWake) {
  const auto page = attach();
  const int before = page->wakes;
  for (std::uint64_t n = 0; n < 20; ++n)
    shard->deliver(changes(n, n + 1));
  settle();
  EXPECT_EQ(page->wakes, before + 1);
  EXPECT_EQ(page->changes, 20);
  EXPECT_EQ(page->view.holes, 0);
}

// A page whose wake takes 4 ms of the clock.
class SlowPage final : public Subscriber {
 public:
  explicit SlowPage(ManualTime& time) : Subscriber(0), time_(time) {}
  void wake() override {
    time_.spend_us(4'000);
    woken_us.push_back(time_.now_us());
    std::array<asio::const_buffer, 16> buffers;
    while (!outbox().empty()) {
      std::size_t bytes = 0;
      const std::size_t count = outbox().gather(buffers);
      for (std::size_t n = 0; n < count; ++n)
        bytes += buffers[n].size();
      outbox().consumed(bytes);
    }
  }
  void close(const v1::Bye&) override {}
  std::vector<std::int64_t> woken_us;

 private:
  ManualTime& time_;
};

TEST_F(ShardTest, FlushThatTookTIsFollowedByTheNextNoSoonerThanTLater) {
  const auto page = std::make_shared<SlowPage>(time);
  shard->attach({page, Feed::everyone, 0, nullptr, nullptr});
  page->woken_us.clear();
  shard->deliver(changes(0, 1));
  settle();
  ASSERT_EQ(page->woken_us.size(), 1u);
  for (std::uint64_t n = 1; n < 4; ++n)
    shard->deliver(changes(n, n + 1));
  settle();
  EXPECT_EQ(page->woken_us.size(), 1u);  // not yet
  time.advance(3, [this] { settle(); });
  EXPECT_EQ(page->woken_us.size(), 1u);
  time.advance(1, [this] { settle(); });
  EXPECT_EQ(page->woken_us.size(), 2u);  // all three in one
}

TEST_F(ShardTest, PauseIsAtMostTenMilliseconds) {
  Pacer pacer;
  pacer.worked(60'000, 100'000);
  EXPECT_EQ(pacer.delay_us(100'000), kMaxPauseUs);
  EXPECT_EQ(pacer.delay_us(100'000 + kMaxPauseUs), 0);
}

TEST_F(ShardTest, C4_ReaderOfTheThirdOldestSnapshotIsClosed) {
  const auto slow = attach(0, 1'000);
  const auto halfway = std::make_shared<FakePage>();
  halfway->reads = false;
  shard->attach({halfway, Feed::everyone, 0, nullptr, view_frame(0, 2'000)});
  halfway->take(10);
  shard->deliver(changes(0, 2));
  const auto second = attach(1);
  EXPECT_FALSE(halfway->closed);
  const auto third = attach(2);
  EXPECT_TRUE(halfway->closed);  // two newer exist
  EXPECT_EQ(halfway->bye.code(), 4002);
  EXPECT_TRUE(halfway->bye.retry());
  EXPECT_FALSE(slow->closed);  // it had read its own long since
  EXPECT_FALSE(second->closed);
  EXPECT_TRUE(halfway->outbox().inside_frame());  // that frame is finished before the Bye
}

// It asks for a view while it still holds one that is too old: closing it must not disturb the
// others.
TEST_F(ShardTest, C4_SlowReaderThatIsGivenAViewAgainIsClosedAndStaysSo) {
  const auto slow = std::make_shared<FakePage>();
  slow->reads = false;
  shard->attach({slow, Feed::everyone, 0, nullptr, view_frame(0, 2'000)});
  slow->take(10);
  const auto others = std::array{attach(0), attach(0)};  // their view is the second one alive
  shard->attach({slow, Feed::everyone, 0, nullptr, view_frame(0), true});
  EXPECT_TRUE(slow->closed);
  EXPECT_EQ(shard->subscribers(), 2u);
  shard->attach({slow, Feed::everyone, 0, nullptr, view_frame(0), true});
  EXPECT_EQ(shard->subscribers(), 2u);
  shard->deliver(changes(0, 1));
  settle();
  for (const auto& other : others)
    EXPECT_EQ(other->changes, 1);
}

TEST_F(ShardTest, ReplyWakesItsOwnerAlone) {
  const auto one = attach();
  const auto other = attach();
  const int before = other->wakes;
  v1::ServerMessage message;
  message.mutable_reply()->set_id("1");
  Delivery delivery;
  delivery.own.push_back({one, make_frame(message)});
  shard->deliver(std::move(delivery));
  settle();
  EXPECT_EQ(one->replies.size(), 1u);
  EXPECT_EQ(other->wakes, before);
}

TEST_F(ShardTest, WhoHasLeftGetsNothing) {
  const auto page = attach();
  shard->detach(page);
  shard->deliver(changes(0, 1));
  settle();
  EXPECT_EQ(page->changes, 0);
  EXPECT_EQ(shard->subscribers(), 0u);
}

// Leaves when it is woken, and takes others along: the flush goes on in several turns meanwhile.
TEST_F(ShardTest, NobodyIsPassedOverWhenOthersLeaveInTheMiddleOfAFlush) {
  std::vector<std::shared_ptr<FakePage>> pages;
  for (std::size_t n = 0; n < 2 * kWakesInTurn + 10; ++n)
    pages.push_back(attach());
  shard->deliver(changes(0, 1));
  context.restart();
  context.poll_one();  // the first turn of the flush
  for (std::size_t n = 0; n < kWakesInTurn; n += 3)
    shard->detach(pages[n]);
  for (std::size_t n = kWakesInTurn; n < pages.size(); n += 3)
    shard->detach(pages[n]);
  settle();
  for (std::size_t n = 0; n < pages.size(); ++n) {
    const bool left = n % 3 == (n < kWakesInTurn ? 0 : kWakesInTurn % 3);
    if (!left) {
      EXPECT_EQ(pages[n]->changes, 1) << n;
    }
  }
}

TEST_F(ShardTest, RestartedWindowGoesOnWithTheNumbersOfTheHome) {
  std::deque<Frame> frames{change_frame(7), change_frame(8)};
  shard->restart(Feed::everyone, 7, frames);
  auto page = std::make_shared<FakePage>();
  shard->attach({page, Feed::everyone, 8, nullptr, view_frame(8)});
  shard->deliver(changes(9, 10));
  settle();
  EXPECT_EQ(page->view.holes, 0);
  EXPECT_EQ(page->view.position.seq(), 10u);
}

// Two cores run by threads, readers of all speeds coming and going, frames shared between the
// cores. Shows races to ThreadSanitizer, and holes to everybody.
TEST(ShardThreads, C1_C4_TwoCoresManyReaders) {
  constexpr std::size_t kCores = 2;
  constexpr std::uint64_t kChanges = 2'000;
  AsioTimers timers;
  std::vector<std::unique_ptr<asio::io_context>> contexts;
  std::vector<std::shared_ptr<Shard>> shards;
  std::vector<std::vector<std::shared_ptr<FakePage>>> pages(kCores);
  for (std::size_t core = 0; core < kCores; ++core) {
    contexts.push_back(std::make_unique<asio::io_context>(1));
    shards.push_back(std::make_shared<Shard>(*contexts[core], timers));
    for (int n = 0; n < 200; ++n) {
      auto page = std::make_shared<FakePage>(core);
      page->reads = n % 4 != 0;
      shards[core]->attach({page, Feed::everyone, 0, nullptr, view_frame(0)});
      pages[core].push_back(std::move(page));
    }
  }
  std::vector<std::thread> threads;
  std::vector<asio::executor_work_guard<asio::io_context::executor_type>> work;
  for (auto& context : contexts)
    work.push_back(asio::make_work_guard(*context));
  for (auto& context : contexts)
    threads.emplace_back([&context] { context->run(); });

  for (std::uint64_t n = 0; n < kChanges; ++n) {
    const Frame shared = change_frame(n);
    for (std::size_t core = 0; core < kCores; ++core) {
      asio::post(*contexts[core], [&, core, shared, n] {
        Delivery delivery;
        delivery.changes[0].push_back(shared);
        shards[core]->deliver(std::move(delivery));
        // The slow ones read a little now and then; who fell behind gets a view, as a host would
        // give it.
        for (std::size_t at = n % 4; at < pages[core].size(); at += 4) {
          FakePage& page = *pages[core][at];
          if (page.reads || page.closed) continue;
          if (page.outbox().fell_behind()) {
            shards[core]->attach(
                {pages[core][at], Feed::everyone, n + 1, nullptr, view_frame(n + 1), true});
          }
          page.take(40);
        }
      });
    }
  }
  for (std::size_t core = 0; core < kCores; ++core) {
    asio::post(*contexts[core], [&, core] {
      for (const auto& page : pages[core]) {
        page->reads = true;
        if (!page->closed) page->read();
      }
    });
  }
  work.clear();
  for (std::thread& thread : threads)
    thread.join();
  std::size_t open = 0;
  for (const auto& of_core : pages) {
    for (const auto& page : of_core) {
      if (page->closed) continue;
      ++open;
      EXPECT_EQ(page->view.holes, 0);
      if (!page->outbox().fell_behind()) {
        EXPECT_EQ(page->view.position.seq(), kChanges);
      }
    }
  }
  EXPECT_GE(open, kCores * 150);
}

}  // namespace
}  // namespace plenary::fanout
