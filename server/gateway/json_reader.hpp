// Reads JSON objects strictly: wrong types, numbers out of range and keys that nobody asked for are
// refused, with the field's path. Only the first fault is kept; reading goes on with defaults, so
// that callers need no branches. Pure; bounded by the text's length and kMaxJsonDepth.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <expected>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "plenary/v1/wire.pb.h"

namespace plenary::gateway {

class JsonFault {
 public:
  void set(std::string field, std::string accepted, std::int64_t limit = 0);
  const std::optional<plenary::v1::Refusal>& refusal() const { return refusal_; }

 private:
  std::optional<plenary::v1::Refusal> refusal_;
};

// BAD_MESSAGE for what isn't JSON, is too deep, or is no object. Of a key that stands twice the
// last counts.
std::expected<boost::json::object, plenary::v1::Refusal> parse_object(std::string_view text);

// One object. finish() (or the end of its life) refuses the keys that were not read.
class JsonReader {
 public:
  JsonReader(const boost::json::object& object, std::string path, JsonFault& fault);
  JsonReader(const JsonReader&) = delete;
  JsonReader& operator=(const JsonReader&) = delete;
  ~JsonReader() { finish(); }

  bool has(std::string_view key) const;
  std::string path(std::string_view key) const;

  std::string string(std::string_view key, bool required = false);
  bool boolean(std::string_view key);
  std::int64_t integer(std::string_view key, std::int64_t low, std::int64_t high);
  // A number of `unit_ms`, with decimals; as milliseconds. Must lie in 0 … high_ms.
  std::int64_t duration_ms(std::string_view key, std::int64_t unit_ms, std::int64_t high_ms);
  const boost::json::array* array(std::string_view key, std::size_t most);
  const boost::json::object* object(std::string_view key);
  const boost::json::value* any(std::string_view key);

  JsonFault& fault() { return fault_; }
  void finish();

 private:
  const boost::json::object& object_;
  std::string path_;
  JsonFault& fault_;
  std::set<std::string, std::less<>> known_;
  bool finished_ = false;
};

}  // namespace plenary::gateway
