#include "fanout/outbox.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <random>

#include "plenary/v1/wire.pb.h"

namespace plenary::fanout {
namespace {

namespace v1 = ::plenary::v1;
namespace asio = boost::asio;

Frame text_frame(std::string text) {
  v1::ServerMessage message;
  message.mutable_bye()->set_reason(std::move(text));
  return make_frame(message);
}

// Writes up to `budget` bytes of what the outbox shows into `out`, as a socket would.
std::size_t write_some(Outbox& outbox, std::string& out, std::size_t budget,
                       std::size_t pieces = 16) {
  std::vector<asio::const_buffer> buffers(pieces);
  const std::size_t count = outbox.gather(buffers);
  std::size_t written = 0;
  for (std::size_t i = 0; i < count && written < budget; ++i) {
    const std::size_t take = std::min(buffers[i].size(), budget - written);
    out.append(static_cast<const char*>(buffers[i].data()), take);
    written += take;
  }
  outbox.consumed(written);
  return written;
}

void write_all(Outbox& outbox, std::string& out) {
  while (!outbox.empty())
    ASSERT_GT(write_some(outbox, out, 1 << 20), 0u);
}

// Cuts a byte stream into the payloads of whole frames; nullopt where it is no such stream.
std::optional<std::vector<std::string>> parse(const std::string& bytes) {
  std::vector<std::string> payloads;
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (bytes[at] != '\x82' || bytes.size() - at < 2) return std::nullopt;
    std::size_t length = static_cast<unsigned char>(bytes[at + 1]);
    std::size_t head = 2;
    if (length >= 126) {
      const std::size_t digits = length == 126 ? 2 : 8;
      length = 0;
      for (std::size_t i = 0; i < digits; ++i) {
        length = (length << 8) | static_cast<unsigned char>(bytes.at(at + 2 + i));
      }
      head += digits;
    }
    if (bytes.size() - at < head + length) return std::nullopt;
    payloads.push_back(bytes.substr(at + head, length));
    at += head + length;
  }
  return payloads;
}

std::vector<std::string> reasons(const std::string& bytes) {
  const auto payloads = parse(bytes);
  EXPECT_TRUE(payloads.has_value());
  std::vector<std::string> result;
  if (!payloads) return result;
  for (const std::string& payload : *payloads) {
    v1::ServerBatch batch;
    EXPECT_TRUE(batch.ParseFromString(payload));
    for (const auto& message : batch.messages())
      result.push_back(message.bye().reason());
  }
  return result;
}

using Texts = std::vector<std::string>;

TEST(Outbox, OwnFramesThenSlotsThenTheWindow) {
  Window window(10, 10000);
  window.append(text_frame("w0"));
  window.append(text_frame("w1"));
  Outbox outbox;
  EXPECT_TRUE(outbox.empty());
  outbox.attach(window, 1);
  outbox.set(Slot::heartbeat, text_frame("beat"));
  outbox.set(Slot::personal, text_frame("personal"));
  outbox.push(text_frame("reply"));
  std::string out;
  write_all(outbox, out);
  EXPECT_EQ(reasons(out), (Texts{"reply", "personal", "beat", "w1"}));
  EXPECT_TRUE(outbox.empty());
}

TEST(Outbox, C4_SlotHoldsTheNewestValueOnly) {
  Outbox outbox;
  outbox.set(Slot::presence, text_frame("1"));
  outbox.set(Slot::presence, text_frame("2"));
  std::string out;
  write_all(outbox, out);
  EXPECT_EQ(reasons(out), (Texts{"2"}));
}

TEST(Outbox, NewerValueFollowsTheOneThatIsBeingSent) {
  Outbox outbox;
  outbox.set(Slot::presence, text_frame("old"));
  std::string out;
  write_some(outbox, out, 1);
  EXPECT_TRUE(outbox.inside_frame());
  outbox.set(Slot::presence, text_frame("new"));
  write_all(outbox, out);
  EXPECT_EQ(reasons(out), (Texts{"old", "new"}));
}

TEST(Outbox, ValueSetBetweenShowingAndTakingIsNotLost) {
  Outbox outbox;
  outbox.set(Slot::personal, text_frame("old"));
  std::array<asio::const_buffer, 4> buffers;
  ASSERT_EQ(outbox.gather(buffers), 1u);
  std::string out(static_cast<const char*>(buffers[0].data()), buffers[0].size());
  outbox.set(Slot::personal, text_frame("new"));
  outbox.consumed(out.size());
  write_all(outbox, out);
  EXPECT_EQ(reasons(out), (Texts{"old", "new"}));
}

TEST(Outbox, WhatTheSocketDidNotTakeGoesBackToItsSource) {
  Outbox outbox;
  outbox.set(Slot::presence, text_frame("stale"));
  std::array<asio::const_buffer, 4> buffers;
  ASSERT_EQ(outbox.gather(buffers), 1u);
  outbox.consumed(0);
  outbox.set(Slot::presence, text_frame("fresh"));
  outbox.push(text_frame("reply"));
  std::string out;
  write_all(outbox, out);
  EXPECT_EQ(reasons(out), (Texts{"reply", "fresh"}));
}

TEST(Outbox, C4_FrameBegunIsFinishedAfterTheWindowHasMovedOnThenTheSnapshot) {
  Window window(2, 10000);
  Outbox outbox;
  outbox.attach(window, 0);
  window.append(text_frame("w0"));
  std::string out;
  write_some(outbox, out, 3);
  for (int i = 1; i < 6; ++i)
    window.append(text_frame("w" + std::to_string(i)));
  EXPECT_TRUE(outbox.fell_behind());
  EXPECT_TRUE(outbox.inside_frame());
  EXPECT_FALSE(outbox.empty());
  outbox.push(text_frame("snapshot"));
  outbox.attach(window, window.end());
  window.append(text_frame("w6"));
  write_all(outbox, out);
  EXPECT_EQ(reasons(out), (Texts{"w0", "snapshot", "w6"}));
}

TEST(Outbox, C4_WholeFrameTakenAfterTheWindowMovedOnStillCounts) {
  Window window(2, 10000);
  Outbox outbox;
  outbox.attach(window, 0);
  window.append(text_frame("w0"));
  window.append(text_frame("w1"));
  std::array<asio::const_buffer, 4> buffers;
  ASSERT_EQ(outbox.gather(buffers), 2u);
  for (int i = 2; i < 4; ++i)
    window.append(text_frame("w" + std::to_string(i)));
  EXPECT_TRUE(outbox.fell_behind());
  outbox.consumed(buffers[0].size() + buffers[1].size());
  EXPECT_FALSE(outbox.fell_behind());  // the cursor stands at w2, which is there
  std::string out;
  write_all(outbox, out);
  EXPECT_EQ(reasons(out), (Texts{"w2", "w3"}));
}

TEST(Outbox, DropUnsentLeavesTheFrameThatIsOutInPart) {
  Window window(10, 10000);
  window.append(text_frame("w0"));
  Outbox outbox;
  outbox.attach(window, 0);
  outbox.push(text_frame("a"));
  outbox.push(text_frame("b"));
  outbox.set(Slot::personal, text_frame("p"));
  std::string out;
  write_some(outbox, out, 1);
  outbox.drop_unsent();
  outbox.push(text_frame("bye"));
  write_all(outbox, out);
  EXPECT_EQ(reasons(out), (Texts{"a", "bye"}));
}

TEST(Outbox, HoldsAFrameUntilItIsOutWhole) {
  Outbox outbox;
  const Frame snapshot = text_frame("snapshot");
  outbox.push(snapshot);
  EXPECT_TRUE(outbox.holds(snapshot));
  std::string out;
  write_some(outbox, out, 2);
  EXPECT_TRUE(outbox.holds(snapshot));
  write_all(outbox, out);
  EXPECT_FALSE(outbox.holds(snapshot));
}

// A reader at random speed, whose sources change at random between (and inside) its writes.
// Whatever happens, the bytes are whole frames; own frames come in order; window frames come in
// order, without a hole but where a snapshot tells so; slots never go back to an older value.
class RandomReader {
 public:
  explicit RandomReader(std::uint32_t seed) : random_(seed), window_(1 + random_() % 8, 4000) {
    outbox_.attach(window_, 0);
  }

  void run() {
    for (int step = 0; step < 400; ++step) {
      act();
      if (random_() % 3 == 0) write();
    }
    rejoin_if_behind();
    std::vector<asio::const_buffer> buffers(16);
    while (!outbox_.empty()) {
      write();
      rejoin_if_behind();
    }
    check();
  }

 private:
  std::string padding() {
    return std::string(random_() % 5 == 0 ? random_() % 400 : random_() % 9, '.');
  }

  void act() {
    switch (random_() % 6) {
      case 0:
        outbox_.push(text_frame("q" + std::to_string(own_++) + padding()));
        break;
      case 1: {
        const std::size_t slot = random_() % 3;
        const std::string name(1, "xyz"[slot]);
        outbox_.set(static_cast<Slot>(slot),
                    text_frame(name + std::to_string(values_++) + padding()));
        break;
      }
      case 2:
        rejoin_if_behind();
        break;
      default:
        window_.append(text_frame("w" + std::to_string(window_.end()) + padding()));
    }
  }

  void rejoin_if_behind() {
    if (!outbox_.fell_behind()) return;
    outbox_.push(text_frame("s" + std::to_string(window_.end())));
    outbox_.attach(window_, window_.end());
  }

  void write() {
    std::vector<asio::const_buffer> buffers(1 + random_() % 5);
    const std::size_t count = outbox_.gather(buffers);
    if (random_() % 4 == 0) act();  // while a write is on its way
    std::size_t total = 0;
    for (std::size_t i = 0; i < count; ++i)
      total += buffers[i].size();
    const std::size_t taken = random_() % 3 == 0 ? total : random_() % (total + 1);
    std::size_t left = taken;
    for (std::size_t i = 0; i < count && left > 0; ++i) {
      const std::size_t size = std::min(left, buffers[i].size());
      bytes_.append(static_cast<const char*>(buffers[i].data()), size);
      left -= size;
    }
    outbox_.consumed(taken);
  }

  void check() {
    const Texts texts = reasons(bytes_);
    std::uint64_t next_own = 0;
    std::uint64_t next_window = 0;
    std::map<char, std::uint64_t> last_value;
    for (const std::string& text : texts) {
      const std::uint64_t number = std::stoull(text.substr(1));
      if (text[0] == 'q') {
        EXPECT_EQ(number, next_own++);
      } else if (text[0] == 'w') {
        EXPECT_EQ(number, next_window++);
      } else if (text[0] == 's') {
        EXPECT_GE(number, next_window);
        next_window = number;
      } else {
        const auto [entry, first] = last_value.try_emplace(text[0], number);
        EXPECT_TRUE(first || number > entry->second);
        entry->second = number;
      }
    }
    EXPECT_EQ(next_own, own_);
    EXPECT_EQ(next_window, window_.end());
  }

  std::mt19937 random_;
  Window window_;
  Outbox outbox_;
  std::string bytes_;
  std::uint64_t own_ = 0;
  std::uint64_t values_ = 0;
};

TEST(Outbox, C4_PropertyWholeFramesInOrderWhateverTheSocketTakes) {
  for (std::uint32_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(seed);
    RandomReader(seed).run();
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace plenary::fanout
