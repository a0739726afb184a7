#include "core/session/fields.hpp"

#include <algorithm>
#include <set>

#include "core/limits.hpp"
#include "core/text.hpp"

namespace plenary::core {
namespace {

std::string path(std::string_view field, std::string_view part) {
  return std::string(field) + "." + std::string(part);
}

Allowed check_kind_limits(const v1::RoomSettings& settings, std::string_view field) {
  std::set<int> seen;
  for (const auto& limit : settings.kind_limits()) {
    if (limit.kind() == v1::REQUEST_KIND_UNSPECIFIED || !v1::RequestKind_IsValid(limit.kind()) ||
        !seen.insert(limit.kind()).second) {
      return refuse_field(path(field, "kind_limits.kind"), "every kind at most once");
    }
    const auto allowed =
        check_range(limit.limit_ms(), kMaxLimitMs, path(field, "kind_limits.limit_ms"));
    if (!allowed) return allowed;
  }
  return {};
}

Allowed check_enumerations(const v1::RoomSettings& settings, std::string_view field) {
  if (!v1::Preset_IsValid(settings.preset())) {
    return refuse_field(path(field, "preset"), "simple, workshop or formal");
  }
  if (!v1::HolderKind_IsValid(settings.holder())) {
    return refuse_field(path(field, "holder"), "person or delegation");
  }
  if (!v1::Overrun_IsValid(settings.overrun())) {
    return refuse_field(path(field, "overrun"), "count up, hold at zero or hidden");
  }
  return {};
}

}  // namespace

Allowed check_range(std::int64_t value, std::int64_t most, std::string_view field) {
  if (value < 0) return refuse_field(field, "0 or more");
  if (value > most) return refuse_limit(v1::REFUSAL_CODE_BAD_FIELD, field, most);
  return {};
}

Allowed check_languages(const Strings& languages, std::string_view field) {
  if (static_cast<std::size_t>(languages.size()) > kMaxLanguages) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, field, kMaxLanguages);
  }
  std::set<std::string_view> seen;
  for (const auto& language : languages) {
    if (!is_language(language) || !seen.insert(language).second) {
      return refuse_field(field, "different BCP 47 language tags");
    }
  }
  return {};
}

Allowed check_zone(std::string_view zone, const Context& context, std::string_view field) {
  const bool known = context.zones == nullptr ? is_zone_name(zone) : context.zones->contains(zone);
  if (!known) return refuse_field(field, "an IANA time zone, such as Europe/Brussels");
  return {};
}

std::expected<std::int32_t, v1::Refusal> check_retention(std::int32_t days,
                                                         std::string_view field) {
  if (days == 0) return kDefaultRetentionDays;
  if (const auto allowed = check_range(days, kMaxRetentionDays, field); !allowed) {
    return Refused(allowed.error());
  }
  return days;
}

std::expected<v1::RoomSettings, v1::Refusal> check_settings(const v1::RoomSettings& raw,
                                                            std::string_view field) {
  v1::RoomSettings settings = raw;
  if (settings.preset() == v1::PRESET_UNSPECIFIED) settings.set_preset(v1::PRESET_SIMPLE);
  if (settings.holder() == v1::HOLDER_KIND_UNSPECIFIED) {
    settings.set_holder(v1::HOLDER_KIND_PERSON);
  }
  if (settings.overrun() == v1::OVERRUN_UNSPECIFIED) settings.set_overrun(v1::OVERRUN_COUNT_UP);
  Allowed allowed = check_enumerations(settings, field);
  if (allowed) {
    allowed = check_range(settings.speech_limit_ms(), kMaxLimitMs, path(field, "speech_limit_ms"));
  }
  if (allowed) allowed = check_range(settings.warning_ms(), kMaxLimitMs, path(field, "warning_ms"));
  if (allowed) allowed = check_range(settings.capacity(), kMaxPeople, path(field, "capacity"));
  if (allowed) allowed = check_kind_limits(settings, field);
  if (!allowed) return Refused(allowed.error());
  return settings;
}

}  // namespace plenary::core
