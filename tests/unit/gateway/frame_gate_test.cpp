// The gate over a real socket with the smallest buffers: whatever is written when, the reader finds
// whole frames.
#include "gateway/frame_gate.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/write.hpp>
#include <random>
#include <utility>
#include <vector>

#include "fanout/window.hpp"

namespace plenary::gateway {
namespace {

// A frame of the kind that the server sends: first byte, length, payload of one repeated letter.
std::string frame_of(unsigned char first, char letter, std::size_t size) {
  std::string frame(1, static_cast<char>(first));
  if (size < 126) {
    frame.push_back(static_cast<char>(size));
  } else {
    frame.push_back(126);
    frame.push_back(static_cast<char>(size >> 8));
    frame.push_back(static_cast<char>(size & 0xff));
  }
  return frame + std::string(size, letter);
}

constexpr unsigned char kBinary = 0x82;
constexpr unsigned char kPong = 0x8a;

class GateTest : public testing::Test, public GateOwner {
 protected:
  GateTest() {
    auto [socket, other] = connected();
    const int small = 4'608;
    setsockopt(socket.native_handle(), SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    reader_ = other;
    gate_ = std::make_unique<FrameGate>(std::move(socket), outbox_, *this, "");
    gate_->open();
  }
  ~GateTest() override {
    if (reader_ >= 0) ::close(reader_);
  }

  // A socket, and the descriptor of its other end.
  std::pair<Socket, int> connected() {
    int ends[2];
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    Socket socket(context_);
    socket.assign(asio::ip::tcp::v4(), ends[0]);
    return {std::move(socket), ends[1]};
  }

  std::shared_ptr<void> keep_alive() override { return alive_; }
  void on_gate_progress() override { ++progress_; }
  void on_gate_written(std::size_t, std::size_t frames) override {
    written_ += static_cast<int>(frames);
  }
  void on_gate_failed() override { ++failures_; }

  // Takes at most so many bytes; returns how many there were.
  std::size_t read_some(std::size_t most) {
    std::string bytes(most, '\0');
    const ssize_t got = recv(reader_, bytes.data(), most, MSG_DONTWAIT);
    if (got <= 0) return 0;
    received_.append(bytes, 0, static_cast<std::size_t>(got));
    return static_cast<std::size_t>(got);
  }

  void drain() {
    do {
      context_.restart();
      context_.poll();
    } while (read_some(100'000) > 0);
  }

  asio::io_context context_;
  fanout::Outbox outbox_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
  std::unique_ptr<FrameGate> gate_;
  int reader_ = -1;
  int progress_ = 0;
  int failures_ = 0;
  int written_ = 0;
  std::string received_;
};

struct Seen {
  int frames = 0;
  int pongs = 0;
  bool broken = false;
};

Seen parse(const std::string& bytes) {
  Seen seen;
  std::size_t at = 0;
  while (at + 2 <= bytes.size()) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    std::size_t size = static_cast<unsigned char>(bytes[at + 1]);
    std::size_t head = 2;
    if (size == 126) {
      size = static_cast<unsigned char>(bytes[at + 2]) * 256u +
             static_cast<unsigned char>(bytes[at + 3]);
      head = 4;
    }
    const std::string payload = bytes.substr(at + head, size);
    const bool whole =
        payload.size() == size &&
        payload.find_first_not_of(payload.empty() ? ' ' : payload[0]) == std::string::npos;
    if (!whole || (first != kBinary && first != kPong)) {
      seen.broken = true;
      return seen;
    }
    ++(first == kPong ? seen.pongs : seen.frames);
    at += head + size;
  }
  seen.broken = at != bytes.size();
  return seen;
}

TEST_F(GateTest, W1_APongNeverLandsInsideAFrame) {
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    std::mt19937 random(seed);
    fanout::Window window(1'000, 100'000'000);
    outbox_.attach(window, 0);
    received_.clear();
    written_ = 0;
    int frames = 0;
    int pongs = 0;
    bool pong_under_way = false;
    for (int step = 0; step < 400; ++step) {
      const std::size_t size = random() % 3 == 0 ? random() % 20'000 : random() % 200;
      const char letter = static_cast<char>('a' + random() % 26);
      switch (random() % 5) {
        case 0:
          outbox_.push(std::make_shared<std::string>(frame_of(kBinary, letter, size)));
          ++frames;
          gate_->pump();
          break;
        case 1:
          window.append(std::make_shared<std::string>(frame_of(kBinary, letter, size)));
          ++frames;
          gate_->pump();
          break;
        case 2:
          if (pong_under_way) break;  // Beast has one write at a time
          pong_under_way = true;
          ++pongs;
          asio::async_write(*gate_, asio::buffer(frame_of(kPong, letter, random() % 125)),
                            [&pong_under_way](error_code error, std::size_t) {
                              EXPECT_FALSE(error);
                              pong_under_way = false;
                            });
          break;
        case 3:
          read_some(random() % 8'000 + 1);
          break;
        default:
          context_.restart();
          context_.poll();
      }
    }
    drain();
    EXPECT_FALSE(pong_under_way);
    const Seen seen = parse(received_);
    EXPECT_FALSE(seen.broken) << "seed " << seed;
    EXPECT_EQ(seen.frames, frames) << "seed " << seed;
    EXPECT_EQ(written_, frames) << "seed " << seed;
    EXPECT_EQ(seen.pongs, pongs) << "seed " << seed;
    outbox_.detach();
  }
  EXPECT_GT(progress_, 0) << "the socket was never full, so nothing was tried";
}

TEST_F(GateTest, BeastsWriteCompletesWhenAllOfItIsOut) {
  const std::string big = frame_of(kBinary, 'x', 40'000);
  outbox_.push(std::make_shared<std::string>(big));
  gate_->pump();
  ASSERT_TRUE(outbox_.inside_frame());
  bool done = false;
  const std::string pong = frame_of(kPong, 'p', 5);
  gate_->async_write_some(asio::buffer(pong), [&](error_code error, std::size_t size) {
    EXPECT_FALSE(error);
    EXPECT_EQ(size, pong.size());
    done = true;
  });
  context_.poll();
  EXPECT_FALSE(done);
  drain();
  EXPECT_TRUE(done);
  EXPECT_EQ(received_, big + pong);
}

TEST_F(GateTest, W1_APongGoesBeforeWhatHasNotBegun) {
  const std::string first = frame_of(kBinary, 'a', 40'000);
  const std::string second = frame_of(kBinary, 'b', 10);
  outbox_.push(std::make_shared<std::string>(first));
  outbox_.push(std::make_shared<std::string>(second));
  gate_->pump();
  const std::string pong = frame_of(kPong, 'p', 5);
  gate_->async_write_some(asio::buffer(pong), [](error_code, std::size_t) {});
  drain();
  EXPECT_EQ(received_, first + pong + second);
}

TEST_F(GateTest, NothingOfTheOutboxBeforeItIsOpen) {
  auto [socket, other] = connected();
  fanout::Outbox outbox;
  FrameGate gate(std::move(socket), outbox, *this, "");
  outbox.push(std::make_shared<std::string>("frame"));
  gate.pump();
  gate.async_write_some(asio::buffer("101", 3), [](error_code, std::size_t) {});
  context_.poll();
  gate.open();
  gate.pump();
  char bytes[16] = {};
  EXPECT_EQ(recv(other, bytes, sizeof bytes, MSG_DONTWAIT), 8);
  EXPECT_STREQ(bytes, "101frame");
  ::close(other);
}

TEST_F(GateTest, AFailedSocketIsToldOnceAndCompletesTheWrite) {
  outbox_.push(std::make_shared<std::string>(frame_of(kBinary, 'x', 40'000)));
  gate_->pump();
  error_code outcome;
  gate_->async_write_some(asio::buffer("pong", 4),
                          [&](error_code error, std::size_t) { outcome = error; });
  ::close(reader_);
  reader_ = -1;
  context_.restart();
  context_.run_for(std::chrono::seconds(5));
  gate_->pump();
  EXPECT_TRUE(outcome);
  EXPECT_EQ(failures_, 1);
  EXPECT_TRUE(gate_->failed());
}

TEST_F(GateTest, WhatCameWithTheUpgradeIsReadFirst) {
  auto [socket, other] = connected();
  fanout::Outbox outbox;
  FrameGate gate(std::move(socket), outbox, *this, "early");
  ASSERT_EQ(send(other, "late", 4, 0), 4);
  std::string bytes(16, '\0');
  std::string all;
  std::function<void()> read = [&] {
    gate.async_read_some(asio::buffer(bytes.data(), 3), [&](error_code error, std::size_t size) {
      ASSERT_FALSE(error);
      all.append(bytes, 0, size);
      if (all.size() < 9) read();
    });
  };
  read();
  context_.restart();
  context_.run_for(std::chrono::seconds(5));
  EXPECT_EQ(all, "earlylate");
  ::close(other);
}

}  // namespace
}  // namespace plenary::gateway
