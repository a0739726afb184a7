// One line per event on standard error: time, level, event, then key=value.
//
//   2026-11-23T19:55:02.123Z info listening address=127.0.0.1 port=8080
//
// Privacy:   nothing personal: no names, addresses, tokens, texts, query strings or bodies. Ids of
//            sessions, codes of refusals, counts and times are what a line may hold.
// Threading: any thread; a line is written whole. Errors: none; a full standard error loses lines.
//
//   observe::log(observe::Level::info, "listening", {{"address", address}, {"port", port}});
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace plenary::observe {

enum class Level : std::uint8_t { debug, info, warning, error };

// Values are quoted if they hold anything but letters, digits and -_.:/+ ; control characters are
// escaped. Longer than 500 bytes are cut, with "…".
class Field {
 public:
  Field(std::string_view key, std::string_view value) : key_(key), value_(value) {}
  Field(std::string_view key, const char* value) : key_(key), value_(value) {}
  Field(std::string_view key, const std::string& value) : key_(key), value_(value) {}
  Field(std::string_view key, bool value) : key_(key), value_(value ? "true" : "false") {}
  Field(std::string_view key, std::integral auto value)
      : key_(key), value_(std::to_string(value)) {}
  Field(std::string_view key, double value);

  std::string_view key() const { return key_; }
  const std::string& value() const { return value_; }

 private:
  std::string_view key_;
  std::string value_;
};

// Until called, everything from info on is written. "debug", "info", "warning", "error" or "off".
void set_log_level(std::string_view name);

void log(Level level, std::string_view event, std::initializer_list<Field> fields = {});

// The text after the level; apart so that it can be tested.
std::string format_event(std::string_view event, std::initializer_list<Field> fields);

}  // namespace plenary::observe
