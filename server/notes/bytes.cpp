#include "notes/bytes.hpp"

#include <array>

#include "notes/json_text.hpp"
#include "notes/utf8.hpp"

namespace plenary::notes {

namespace {

// Tags of Any.
enum AnyTag : std::uint8_t {
  kAnyBytes = 116,
  kAnyArray = 117,
  kAnyObject = 118,
  kAnyText = 119,
  kAnyTrue = 120,
  kAnyFalse = 121,
  kAnyBigInt = 122,
  kAnyDouble = 123,
  kAnyFloat = 124,
  kAnyInteger = 125,
  kAnyNull = 126,
  kAnyUndefined = 127,
};

}  // namespace

std::uint64_t Reader::long_number() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 70; shift += 7) {
    const std::uint8_t next = byte();
    if (failed_) return 0;
    const std::uint64_t bits = next & 0x7F;
    if (shift >= 56 ? bits != 0 : (value | bits << shift) > kMaxNumber) break;
    if (shift < 56) value |= bits << shift;
    if (next < 0x80) return value;
  }
  fail(RefusalCode::kBadNumber);
  return 0;
}

std::size_t Reader::count(std::size_t bytes_each) {
  const std::uint64_t value = number();
  if (value <= left() / bytes_each) return static_cast<std::size_t>(value);
  fail(RefusalCode::kTooMany);
  return 0;
}

std::int64_t Reader::signed_number() {
  const std::uint8_t first = byte();
  std::uint64_t value = first & 0x3F;
  bool more = (first & 0x80) != 0;
  for (unsigned shift = 6; more; shift += 7) {
    const std::uint8_t next = byte();
    const std::uint64_t bits = next & 0x7F;
    if (shift >= 55 ? bits != 0 : (value | bits << shift) > kMaxNumber) {
      fail(RefusalCode::kBadNumber);
    }
    if (failed_ || shift > 69) {
      fail(RefusalCode::kBadNumber);
      return 0;
    }
    if (shift < 55) value |= bits << shift;
    more = (next & 0x80) != 0;
  }
  const auto magnitude = static_cast<std::int64_t>(value);
  return (first & 0x40) != 0 ? -magnitude : magnitude;
}

std::string_view Reader::take(std::size_t length) {
  if (length > left()) {
    fail(RefusalCode::kTruncated);
    return {};
  }
  const std::string_view taken(at_, length);
  at_ += length;
  return taken;
}

std::string_view Reader::blob() {
  const std::uint64_t length = number();
  if (length > left()) {
    fail(RefusalCode::kTruncated);
    return {};
  }
  return take(static_cast<std::size_t>(length));
}

std::string_view Reader::text(std::size_t* units) {
  const std::string_view bytes = blob();
  const std::size_t length = utf16_length(bytes);
  if (length == kNotUtf8) {
    fail(RefusalCode::kBadText);
    return {};
  }
  if (units) *units = length;
  return bytes;
}

std::string_view Reader::json(bool may_be_undefined) {
  const std::string_view bytes = text();
  if (failed_ || (may_be_undefined && bytes == "undefined")) return bytes;
  if (is_json(bytes)) return bytes;
  fail(RefusalCode::kBadJson);
  return {};
}

bool Reader::any_scalar(std::uint8_t tag) {
  switch (tag) {
    case kAnyUndefined:
    case kAnyNull:
    case kAnyTrue:
    case kAnyFalse:
      return true;
    case kAnyInteger:
      signed_number();
      return true;
    case kAnyFloat:
      take(4);
      return true;
    case kAnyDouble:
    case kAnyBigInt:
      take(8);
      return true;
    case kAnyText:
      text();
      return true;
    case kAnyBytes:
      blob();
      return true;
    default:
      return false;
  }
}

std::string_view Reader::any() {
  struct Open {
    std::size_t left;
    bool object;
  };
  const char* const start = at_;
  std::array<Open, kMaxValueDepth> open;
  std::size_t depth = 0;
  while (!failed_) {
    const std::uint8_t tag = byte();
    if (failed_) break;
    if (tag == kAnyArray || tag == kAnyObject) {
      if (depth == open.size()) {
        fail(RefusalCode::kTooDeep);
        break;
      }
      const bool object = tag == kAnyObject;
      open[depth++] = {count(object ? 2 : 1), object};
    } else if (!any_scalar(tag)) {
      fail(RefusalCode::kBadContent);
      break;
    }
    while (depth > 0 && open[depth - 1].left == 0)
      --depth;
    if (depth == 0) return {start, static_cast<std::size_t>(at_ - start)};
    --open[depth - 1].left;
    if (open[depth - 1].object) text();
  }
  return {};
}

}  // namespace plenary::notes
