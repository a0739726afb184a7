#include "fanout/frame.hpp"

#include <cassert>
#include <cstdint>

namespace plenary::fanout {

namespace {

constexpr char kFinalBinary = '\x82';  // FIN, opcode 2
constexpr std::size_t kShortLength = 125;
constexpr std::size_t kMediumLength = 0xFFFF;
constexpr char kMediumMark = 126;
constexpr char kLongMark = 127;

std::string header(std::size_t length) {
  std::string bytes(1, kFinalBinary);
  std::size_t length_bytes = 0;
  if (length <= kShortLength) {
    bytes.push_back(static_cast<char>(length));
  } else if (length <= kMediumLength) {
    bytes.push_back(kMediumMark);
    length_bytes = 2;
  } else {
    bytes.push_back(kLongMark);
    length_bytes = 8;
  }
  for (std::size_t i = length_bytes; i-- > 0;) {
    bytes.push_back(static_cast<char>((std::uint64_t{length} >> (8 * i)) & 0xFF));
  }
  return bytes;
}

}  // namespace

Frame make_frame(const plenary::v1::ServerBatch& batch) {
  const std::size_t length = batch.ByteSizeLong();
  auto bytes = std::make_shared<std::string>(header(length));
  bytes->reserve(bytes->size() + length);
  const bool appended = batch.AppendToString(bytes.get());
  assert(appended);  // proto3 has no required fields, and 2 GB are far beyond every limit
  (void)appended;
  return bytes;
}

Frame make_frame(const plenary::v1::ServerMessage& message) {
  plenary::v1::ServerBatch batch;
  *batch.add_messages() = message;
  return make_frame(batch);
}

}  // namespace plenary::fanout
