#include "fanout/frame.hpp"

#include <gtest/gtest.h>

#include "fanout/window.hpp"

namespace plenary::fanout {
namespace {

namespace v1 = ::plenary::v1;

// A batch whose serialized size is exactly `size`.
v1::ServerBatch batch_of(std::size_t size) {
  v1::ServerBatch batch;
  std::string& reason = *batch.add_messages()->mutable_bye()->mutable_reason();
  reason = std::string(size > 20 ? size - 20 : 0, 'x');
  while (batch.ByteSizeLong() < size)
    reason.push_back('x');
  EXPECT_EQ(batch.ByteSizeLong(), size);
  return batch;
}

std::string payload_of(const v1::ServerBatch& batch) {
  return batch.SerializeAsString();
}

TEST(Frame, ShortLengthStandsInTheSecondByte) {
  const v1::ServerBatch batch = batch_of(125);
  const Frame frame = make_frame(batch);
  EXPECT_EQ(frame->substr(0, 2), std::string("\x82\x7d", 2));
  EXPECT_EQ(frame->substr(2), payload_of(batch));
}

TEST(Frame, From126OnTheLengthHasTwoBytes) {
  const v1::ServerBatch batch = batch_of(126);
  const Frame frame = make_frame(batch);
  EXPECT_EQ(frame->substr(0, 4), std::string("\x82\x7e\x00\x7e", 4));
  EXPECT_EQ(frame->substr(4), payload_of(batch));
  EXPECT_EQ(make_frame(batch_of(65535))->substr(0, 4), std::string("\x82\x7e\xff\xff", 4));
}

TEST(Frame, From65536OnTheLengthHasEightBytes) {
  const v1::ServerBatch batch = batch_of(65536);
  const Frame frame = make_frame(batch);
  EXPECT_EQ(frame->substr(0, 10), std::string("\x82\x7f\0\0\0\0\0\x01\0\0", 10));
  EXPECT_EQ(frame->substr(10), payload_of(batch));
}

TEST(Frame, MessageIsABatchOfOne) {
  v1::ServerMessage message;
  message.mutable_heartbeat()->set_server_time_ms(7);
  v1::ServerBatch batch;
  *batch.add_messages() = message;
  EXPECT_EQ(*make_frame(message), *make_frame(batch));
}

Frame frame_of(std::size_t size) {
  return std::make_shared<const std::string>(size, 'x');
}

TEST(Window, C4_HoldsAtMostItsFrames) {
  Window window(3, 1000);
  for (int i = 0; i < 5; ++i)
    window.append(frame_of(1));
  EXPECT_EQ(window.first(), 2u);
  EXPECT_EQ(window.end(), 5u);
}

TEST(Window, C4_HoldsAtMostItsBytesButAlwaysTheNewest) {
  Window window(100, 10);
  window.append(frame_of(6));
  window.append(frame_of(4));
  EXPECT_EQ(window.first(), 0u);
  window.append(frame_of(1));
  EXPECT_EQ(window.first(), 1u);
  window.append(frame_of(500));
  EXPECT_EQ(window.first(), 3u);
  EXPECT_EQ(window.end(), 4u);
  EXPECT_EQ(window.at(3)->size(), 500u);
}

}  // namespace
}  // namespace plenary::fanout
