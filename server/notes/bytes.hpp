// Reading and writing the numbers and strings of Yjs's format, version 1 (lib0's encoding).
//
// A Reader never leaves its bytes. The first thing that doesn't fit makes it fail; from then on it
// answers zeros and empty views, so that callers may check once after several reads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "notes/limits.hpp"
#include "notes/refusal.hpp"

namespace plenary::notes {

class Reader {
 public:
  explicit Reader(std::string_view bytes) : at_(bytes.data()), end_(at_ + bytes.size()) {}

  bool failed() const { return failed_; }
  RefusalCode failure() const { return code_; }
  void fail(RefusalCode code) {
    if (!failed_) code_ = code;
    failed_ = true;
    at_ = end_;
  }

  std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
  const char* position() const { return at_; }

  std::uint8_t byte() {
    if (at_ == end_) {
      fail(RefusalCode::kTruncated);
      return 0;
    }
    return static_cast<std::uint8_t>(*at_++);
  }

  // Up to 53 bits, low seven first. Forms longer than needed are accepted, up to ten bytes.
  std::uint64_t number() {
    if (at_ != end_ && static_cast<std::uint8_t>(*at_) < 0x80) {
      return static_cast<std::uint8_t>(*at_++);
    }
    return long_number();
  }
  // A number of at most `most`; above is `code`.
  std::uint64_t number_up_to(std::uint64_t most, RefusalCode code) {
    const std::uint64_t value = number();
    if (value <= most) return value;
    fail(code);
    return 0;
  }
  // A number of things of which each takes at least `bytes_each`: never more than what is left can
  // hold, so that space may be reserved for it.
  std::size_t count(std::size_t bytes_each);

  // A number with a sign, as in Any.
  std::int64_t signed_number();
  std::string_view take(std::size_t length);
  // A length and as many bytes.
  std::string_view blob();
  // The same, being UTF-8; `units` becomes its length in UTF-16 units.
  std::string_view text(std::size_t* units = nullptr);
  // The same, being JSON (`undefined` too, if allowed). Depth at most kMaxValueDepth.
  std::string_view json(bool may_be_undefined);
  // Passes over one Any value, checking it, and answers its bytes.
  std::string_view any();

 private:
  std::uint64_t long_number();
  bool any_scalar(std::uint8_t tag);

  const char* at_;
  const char* end_;
  bool failed_ = false;
  RefusalCode code_ = RefusalCode::kTruncated;
};

// Appends to a string that the caller owns.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void byte(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  void number(std::uint64_t value) {
    while (value >= 0x80) {
      byte(static_cast<std::uint8_t>(value | 0x80));
      value >>= 7;
    }
    byte(static_cast<std::uint8_t>(value));
  }
  void raw(std::string_view bytes) { out_.append(bytes); }
  void blob(std::string_view bytes) {
    number(bytes.size());
    raw(bytes);
  }
  std::string& out() { return out_; }

 private:
  std::string& out_;
};

}  // namespace plenary::notes
