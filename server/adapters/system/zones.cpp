#include "adapters/system/zones.hpp"

#include <fstream>
#include <sstream>
#include <string_view>

namespace plenary::adapters {

namespace {

// tzdata.zi: "Z <name> …" defines a zone, "L <target> <name>" another name for one.
ZoneNames read_source(std::istream& source) {
  ZoneNames names;
  for (std::string line; std::getline(source, line);) {
    if (!line.starts_with("Z ") && !line.starts_with("L ")) continue;
    std::istringstream words(line);
    std::string word;
    std::string name;
    words >> word >> name;
    if (word == "L") words >> name;
    if (!name.empty()) names.insert(name);
  }
  return names;
}

// zone1970.tab, zone.tab: country codes, coordinates, name, separated by tabs; # begins a comment.
void read_table(std::istream& table, ZoneNames& names) {
  for (std::string line; std::getline(table, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream words(line);
    std::string countries;
    std::string coordinates;
    std::string name;
    if (words >> countries >> coordinates >> name) names.insert(name);
  }
}

}  // namespace

std::expected<ZoneNames, std::string> zone_names(const std::filesystem::path& folder) {
  std::ifstream source(folder / "tzdata.zi");
  ZoneNames names = read_source(source);
  if (names.empty()) {
    for (const char* table : {"zone1970.tab", "zone.tab"}) {
      std::ifstream file(folder / table);
      read_table(file, names);
    }
  }
  if (names.empty()) {
    return std::unexpected("No time zones in " + folder.string() + ": install the package tzdata.");
  }
  names.insert("UTC");
  return names;
}

}  // namespace plenary::adapters
