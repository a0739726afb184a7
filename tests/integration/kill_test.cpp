// SIGKILL under traffic, again and again: nothing acknowledged is lost, nothing is done twice, the
// clocks agree. KILL_ROUNDS says how often (default 5).
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "integration/server_process.hpp"

namespace plenary::test {
namespace {

namespace v1 = ::plenary::v1;
using std::chrono::milliseconds;

int rounds() {
  const char* text = std::getenv("KILL_ROUNDS");
  return text == nullptr ? 5 : std::max(1, std::atoi(text));
}

// What one person did, with its ids, so that all of it can be sent again.
struct Deed {
  v1::Command command;
  std::string id;
  std::optional<v1::Reply> reply;
};

// Adds people until the server goes away; each command makes one thing, so that doubling would
// show.
void traffic(ServerProcess& server, const Entered& chair, int round, int thread,
             std::vector<Deed>& deeds) {
  try {
    WsClient page(server.port());
    page.hello(chair.token);
    if (!page.wait_for_view()) return;
    for (int i = 0;; ++i) {
      Deed deed;
      deed.id = random_bytes(16);
      deed.command.mutable_add_person()->set_name("P" + std::to_string(round) + "-" +
                                                  std::to_string(thread) + "-" + std::to_string(i));
      deeds.push_back(deed);
      page.send_command(deed.command, deed.id);
      deeds.back().reply = page.reply_to(deed.id, milliseconds(2'000));
      if (!deeds.back().reply) return;
      std::this_thread::sleep_for(milliseconds(45));  // within the rate of a connection
    }
  } catch (const std::runtime_error&) {
    // The server was killed between the deeds.
  }
}

std::multiset<std::string> names(WsClient& page) {
  std::multiset<std::string> found;
  std::string after;
  do {
    v1::Question question;
    question.mutable_list_people()->set_limit(200);
    question.mutable_list_people()->set_after(after);
    const v1::Answer answer = page.ask(question);
    for (const v1::PersonRow& row : answer.people().people())
      found.insert(row.name());
    after = answer.people().next_after();
  } while (!after.empty());
  return found;
}

std::int64_t elapsed_ms(const WsClient& page, const v1::SpeechView& speech) {
  const std::int64_t now_ms = wall_ms() + page.server_offset_ms();
  std::int64_t sum = -speech.deducted_ms();
  for (const v1::Interval& interval : speech.intervals()) {
    sum += (interval.to_ms() == 0 ? now_ms : interval.to_ms()) - interval.from_ms();
  }
  return sum;
}

class Kill : public testing::Test {
 protected:
  // An open item, somebody who has the floor, four who wait.
  void open_meeting() {
    const std::string session = server_.create_session(kSmallAgenda);
    invitation_ = server_.invite(session, R"({"role": "moderator"})");
    chair_ = server_.enter_with_token(invitation_, "Chair");
    Seat seat = sit_down(server_, chair_);
    ASSERT_TRUE(seat.page->command(open_session()).has_position());
    ASSERT_TRUE(seat.page->command(start_item(first_item(*seat.page))).has_position());
    for (int i = 0; i < 5; ++i) {
      const Entered who = server_.enter(server_.join_code(session), "Hand " + std::to_string(i));
      Seat person = sit_down(server_, who);
      const v1::Reply reply = person.page->command(raise(v1::REQUEST_KIND_INTERVENTION));
      ASSERT_TRUE(reply.has_position());
      order_.push_back(reply.created_id());
    }
    ASSERT_TRUE(seat.page->command(next("", order_.front())).has_position());
    order_.erase(order_.begin());
  }

  void kill_under_traffic(int round) {
    Seat before = sit_down(server_, chair_);
    const std::string speech = before.page->room("plenary")->current_speech_id();
    ASSERT_NE(before.page->speech(speech), nullptr);
    // Somebody new each time: a person has at most 1,000 commands in ten minutes.
    const Entered busy = server_.enter_with_token(invitation_, "Busy");
    std::vector<std::vector<Deed>> deeds(4);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < deeds.size(); ++i) {
      threads.emplace_back(
          [&, i] { traffic(server_, busy, round, static_cast<int>(i), deeds[i]); });
    }
    std::this_thread::sleep_for(milliseconds(300 + (round * 37) % 400));
    const std::int64_t clock_before_ms = elapsed_ms(*before.page, *before.page->speech(speech));
    const std::int64_t wall_before_ms = wall_ms();
    server_.kill();
    for (std::thread& thread : threads)
      thread.join();
    server_.start();

    Seat after = sit_down(server_, chair_);
    ASSERT_NE(after.page->speech(speech), nullptr) << "the same person has the floor";
    const std::int64_t clock_after_ms = elapsed_ms(*after.page, *after.page->speech(speech));
    const std::int64_t off_ms =
        std::abs(clock_after_ms - clock_before_ms - (wall_ms() - wall_before_ms));
    worst_clock_ms_ = std::max(worst_clock_ms_, off_ms);
    const auto& entries = after.page->room("plenary")->entry_ids();
    ASSERT_EQ(std::vector<std::string>(entries.begin(), entries.end()), order_);
    Seat again = sit_down(server_, busy);
    compare(deeds, names(*after.page), *again.page);
  }

  // What was in doubt is sent again with its id, as a page does.
  void compare(std::vector<std::vector<Deed>>& deeds, const std::multiset<std::string>& found,
               WsClient& again) {
    for (std::vector<Deed>& list : deeds) {
      for (Deed& deed : list) {
        const std::size_t count = found.count(deed.command.add_person().name());
        EXPECT_LE(count, 1u) << "doubled";
        if (deed.reply) {
          ASSERT_TRUE(deed.reply->has_position()) << deed.reply->ShortDebugString();
          EXPECT_EQ(count, 1u) << "acknowledged and lost";
        } else {
          ++in_doubt_;
          const v1::Reply reply = again.command(deed.command, deed.id);
          EXPECT_TRUE(reply.has_position()) << reply.ShortDebugString();
        }
        all_.push_back(std::move(deed));
      }
    }
  }

  ServerProcess server_;
  std::string invitation_;
  Entered chair_;
  std::vector<std::string> order_;
  std::vector<Deed> all_;
  std::int64_t worst_clock_ms_ = 0;
  int in_doubt_ = 0;
};

TEST_F(Kill, C2_T1_NothingAcknowledgedIsLostNothingIsDoubledTheClocksAgree) {
  ASSERT_NO_FATAL_FAILURE(open_meeting());
  for (int round = 0; round < rounds(); ++round) {
    ASSERT_NO_FATAL_FAILURE(kill_under_traffic(round));
  }
  Seat last = sit_down(server_, chair_);
  const std::multiset<std::string> found = names(*last.page);
  std::size_t lost = 0;
  std::size_t doubled = 0;
  for (const Deed& deed : all_) {
    const std::size_t count = found.count(deed.command.add_person().name());
    lost += count == 0 ? 1 : 0;
    doubled += count > 1 ? 1 : 0;
  }
  std::printf("kills %d, commands %zu, in doubt %d, lost %zu, doubled %zu, worst clock %lld ms\n",
              rounds(), all_.size(), in_doubt_, lost, doubled,
              static_cast<long long>(worst_clock_ms_));
  EXPECT_EQ(lost, 0u);
  EXPECT_EQ(doubled, 0u);
  EXPECT_LE(worst_clock_ms_, 250);
  EXPECT_GT(all_.size(), static_cast<std::size_t>(rounds()) * 4);
}

}  // namespace
}  // namespace plenary::test
