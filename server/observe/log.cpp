#include "observe/log.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "observe/limits.hpp"

namespace plenary::observe {

namespace {

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = std::make_shared<spdlog::logger>("plenary",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_formatter(std::make_unique<spdlog::pattern_formatter>(
        "%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc));
    made->set_level(spdlog::level::info);
    made->flush_on(spdlog::level::debug);
    return made;
  }();
  return *instance;
}

spdlog::level::level_enum level_of(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warning:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

bool is_plain(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) != 0 ||
         std::string_view("-_.:/+").find(character) != std::string_view::npos;
}

void append_quoted(std::string& text, std::string_view value) {
  text += '"';
  for (const char character : value) {
    const auto byte = static_cast<unsigned char>(character);
    if (character == '"' || character == '\\') {
      text += '\\';
      text += character;
    } else if (byte < 0x20 || byte == 0x7f) {
      text += fmt::format("\\x{:02x}", byte);
    } else {
      text += character;
    }
  }
  text += '"';
}

// Cut at the start of a UTF-8 character.
std::string_view cut(std::string_view value) {
  std::size_t end = kMaxValueBytes;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80)
    --end;
  return value.substr(0, end);
}

void append_value(std::string& text, std::string_view value) {
  if (value.size() > kMaxValueBytes) {
    append_quoted(text, std::string(cut(value)) + "…");
  } else if (!value.empty() && std::ranges::all_of(value, is_plain)) {
    text += value;
  } else {
    append_quoted(text, value);
  }
}

}  // namespace

Field::Field(std::string_view key, double value) : key_(key), value_(fmt::format("{:g}", value)) {}

void set_log_level(std::string_view name) {
  if (name == "warning") name = "warn";
  if (name == "error") name = "err";
  logger().set_level(spdlog::level::from_str(std::string(name)));
}

std::string format_event(std::string_view event, std::initializer_list<Field> fields) {
  std::string text(event);
  for (const Field& field : fields) {
    text += ' ';
    text += field.key();
    text += '=';
    append_value(text, field.value());
  }
  return text;
}

void log(Level level, std::string_view event, std::initializer_list<Field> fields) {
  const spdlog::level::level_enum wanted = level_of(level);
  if (!logger().should_log(wanted)) return;
  logger().log(wanted, spdlog::string_view_t(format_event(event, fields)));
}

}  // namespace plenary::observe
