#include "gateway/agenda_fields.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace plenary::gateway {

namespace {

using Names = std::pair<std::string_view, std::string_view>;

// Parts of a path: as the command has them, as the file has them. "": passed over.
constexpr std::array kParts{Names{"items", "agenda"},
                            Names{"room_id", "room"},
                            Names{"planned_ms", "planned_minutes"},
                            Names{"fixed_start", "start"},
                            Names{"planned_start", "start"},
                            Names{"speech_limit_ms", "speech_limit_s"},
                            Names{"warning_ms", "warning_s"},
                            Names{"settings", ""}};

std::string_view part_in_file(std::string_view part) {
  const auto found = std::find_if(kParts.begin(), kParts.end(),
                                  [&](const Names& names) { return names.first == part; });
  return found == kParts.end() ? part : found->second;
}

}  // namespace

std::string field_in_file(std::string_view field) {
  constexpr std::string_view kAgenda = "agenda.";
  if (!field.starts_with(kAgenda)) return std::string(field);
  field.remove_prefix(kAgenda.size());
  std::string path;
  while (!field.empty()) {
    const std::string_view part = field.substr(0, field.find('.'));
    field.remove_prefix(std::min(field.size(), part.size() + 1));
    const std::string_view name = part.substr(0, part.find('['));
    // Forms per language stand beside the first form, and a kind's limit in an object by kind.
    if (name == "translations") {
      const bool of_delegation = path.ends_with(']');
      return path + (of_delegation ? ".names" : "s");
    }
    if (name == "kind_limits") return path + (path.empty() ? "" : ".") + "kind_limits_s";
    const std::string_view word = part_in_file(name);
    if (word.empty()) continue;
    if (!path.empty()) path.push_back('.');
    path.append(word).append(part.substr(name.size()));
  }
  return path;
}

plenary::v1::Refusal in_words_of_the_file(plenary::v1::Refusal refusal) {
  refusal.set_field(field_in_file(refusal.field()));
  return refusal;
}

}  // namespace plenary::gateway
