// The demonstration session (`--demo FILE`): made once per data folder, with one link per role. It
// begins when it is made.
// What was made is remembered in demo.json in the data folder (mode 0600, since links are rights).
// Threading: main's thread, while the cores run.
// Errors: a sentence.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/public_url.hpp"
#include "host/directory.hpp"
#include "ports/authenticator.hpp"

namespace plenary::app {

struct DemoParts {
  host::Directory& directory;
  const ports::Authenticator& authenticator;
  const ports::Clock& clock;
  ports::IdSource& ids;
  // Of a zone's clocks from UTC; nothing if the zone is not known here.
  std::function<std::optional<std::int64_t>(const std::string& zone, std::int64_t at_ms)>
      zone_offset_ms;
};

using Links = std::vector<std::pair<std::string, std::string>>;  // role → link

boost::asio::awaitable<std::expected<Links, std::string>> demonstration(
    DemoParts parts, std::filesystem::path agenda, std::filesystem::path data,
    std::int32_t retention_days, gateway::PublicUrl public_url);

}  // namespace plenary::app
