#include "app/demo_times.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>

namespace plenary::app {

namespace {

constexpr int kDayMinutes = 24 * 60;

std::optional<int> minutes_of(const std::string& time) {
  if (time.size() != 5 || time[2] != ':') return std::nullopt;
  const auto digit = [&](std::size_t at) { return time[at] - '0'; };
  return (digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4);
}

std::string time_of(int minutes) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d", minutes / 60, minutes % 60);
  return text.data();
}

}  // namespace

void begin_at(plenary::v1::Agenda& agenda, std::int64_t local_ms) {
  const std::chrono::sys_time<std::chrono::milliseconds> local{std::chrono::milliseconds(local_ms)};
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date(day);
  const int now =
      static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(local - day).count());
  const auto planned = minutes_of(agenda.planned_start());
  for (auto& item : *agenda.mutable_items()) {
    const auto fixed = minutes_of(item.fixed_start());
    if (!fixed || !planned) continue;
    const int moved = *fixed - *planned + now;
    item.set_fixed_start(moved < kDayMinutes ? time_of(moved) : std::string());
  }
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  agenda.set_date(text.data());
  agenda.set_planned_start(time_of(now));
}

}  // namespace plenary::app
