#include "config/options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <utility>

#include "config/values.hpp"

namespace plenary::config {

namespace {

// What was given, before it is read: CLI11 finds the words, values.hpp says what they mean.
struct Given {
  std::string data, listen, public_url, web, demo, threads, log_level, max_connections;
  std::vector<std::string> trusted_proxies;
  std::string outside_issuer_key, outside_issuer, outside_audience, retention_days, port_file;
};

void declare(CLI::App& serve, Given& given) {
  const auto add = [&serve](const char* name, auto& target, const char* variable,
                            const char* placeholder, const char* help) {
    return serve.add_option(name, target, help)->envname(variable)->type_name(placeholder);
  };
  add("--data", given.data, "PLENARY_DATA", "DIR", "Folder of the store and the keys (required)");
  add("--listen", given.listen, "PLENARY_LISTEN", "ADDR:PORT",
      "Where to listen; port 0 lets the system choose (127.0.0.1:8080)");
  add("--public-url", given.public_url, "PLENARY_PUBLIC_URL", "URL",
      "Address that links and QR codes carry (http://ADDR:PORT)");
  add("--web", given.web, "PLENARY_WEB", "DIR", "Folder of the built pages (none are served)");
  add("--demo", given.demo, "PLENARY_DEMO", "FILE",
      "Make a demonstration session from this agenda and print its links");
  add("--threads", given.threads, "PLENARY_THREADS", "N", "Threads; 0 is one per core (0)");
  add("--log-level", given.log_level, "PLENARY_LOG_LEVEL", "LEVEL",
      "debug, info, warning, error or off (info)");
  add("--max-connections", given.max_connections, "PLENARY_MAX_CONNECTIONS", "N",
      "Connections at most (20000)");
  add("--trusted-proxy", given.trusted_proxies, "PLENARY_TRUSTED_PROXY", "RANGE,...",
      "Proxies whose X-Forwarded-For is believed (none)")
      ->delimiter(',');
  add("--outside-issuer-key", given.outside_issuer_key, "PLENARY_OUTSIDE_ISSUER_KEY", "FILE",
      "Public key (PEM; RSA or P-256) of an outside issuer of tokens (none)");
  add("--outside-issuer", given.outside_issuer, "PLENARY_OUTSIDE_ISSUER", "NAME",
      "The iss that an outside token must have");
  add("--outside-audience", given.outside_audience, "PLENARY_OUTSIDE_AUDIENCE", "NAME",
      "The aud that an outside token must have (any)");
  add("--retention-days", given.retention_days, "PLENARY_RETENTION_DAYS", "N",
      "Days until a closed session is deleted, unless it says otherwise (365)");
  add("--port-file", given.port_file, "PLENARY_PORT_FILE", "FILE",
      "Gets the bound port when listening (none)");
}

// Collects the first refusal; after it, reads nothing more.
class Reader {
 public:
  template <typename T>
  void read(const char* option, const std::string& text, const Value<T>& value,
            const std::function<void(const T&)>& take) {
    if (!refusal.empty()) return;
    if (value) {
      take(*value);
    } else {
      refuse(option, text, value.error());
    }
  }
  void refuse(const char* option, const std::string& text, const std::string& accepted) {
    if (refusal.empty()) {
      refusal = std::string(option) + " " + text + ": expected " + accepted + ".";
    }
  }
  void number(const char* option, const std::string& text, std::int64_t least, std::int64_t most,
              const std::function<void(std::int64_t)>& take) {
    if (!text.empty()) read<std::int64_t>(option, text, read_number(text, least, most), take);
  }
  void path(const char* option, const std::string& text, bool folder,
            std::filesystem::path& target) {
    if (text.empty()) return;
    std::error_code ignored;
    const bool there = folder ? std::filesystem::is_directory(text, ignored)
                              : std::filesystem::is_regular_file(text, ignored);
    if (!there) refuse(option, text, folder ? "a folder that exists" : "a file that exists");
    target = text;
  }

  std::string refusal;
};

void read_paths(const Given& given, Options& options, Reader& reader) {
  std::error_code ignored;
  if (given.data.empty()) {
    reader.refusal = "--data is missing: give the folder where the store and the keys are to be.";
  } else if (std::filesystem::exists(given.data, ignored) &&
             !std::filesystem::is_directory(given.data, ignored)) {
    reader.refuse("--data", given.data, "a folder (it is made if it does not exist)");
  }
  options.data = given.data;
  reader.path("--web", given.web, true, options.web);
  reader.path("--demo", given.demo, false, options.demo);
  reader.path("--outside-issuer-key", given.outside_issuer_key, false, options.outside_issuer_key);
  options.port_file = given.port_file;
}

void read_network_options(const Given& given, Options& options, Reader& reader) {
  if (!given.listen.empty()) {
    reader.read<Endpoint>("--listen", given.listen, read_endpoint(given.listen),
                          [&](const Endpoint& endpoint) {
                            options.listen_address = endpoint.address;
                            options.listen_port = endpoint.port;
                          });
  }
  if (!given.public_url.empty()) {
    reader.read<std::string>("--public-url", given.public_url, read_public_url(given.public_url),
                             [&](const std::string& url) { options.public_url = url; });
  }
  for (const std::string& proxy : given.trusted_proxies) {
    reader.read<Network>(
        "--trusted-proxy", proxy, read_network(proxy),
        [&](const Network& network) { options.trusted_proxies.push_back(network); });
  }
}

void read_numbers(const Given& given, Options& options, Reader& reader) {
  reader.number("--threads", given.threads, 0, 256,
                [&](std::int64_t number) { options.threads = static_cast<unsigned>(number); });
  reader.number("--max-connections", given.max_connections, 1, 1'000'000, [&](std::int64_t number) {
    options.max_connections = static_cast<std::uint32_t>(number);
  });
  reader.number(
      "--retention-days", given.retention_days, 1, core::kMaxRetentionDays,
      [&](std::int64_t number) { options.retention_days = static_cast<std::int32_t>(number); });
}

void read_words(const Given& given, Options& options, Reader& reader) {
  if (!given.log_level.empty()) {
    options.log_level = given.log_level;
    const auto levels = {"debug", "info", "warning", "error", "off"};
    if (std::ranges::find(levels, given.log_level) == levels.end()) {
      reader.refuse("--log-level", given.log_level, "debug, info, warning, error or off");
    }
  }
  options.outside_issuer = given.outside_issuer;
  options.outside_audience = given.outside_audience;
  const bool has_key = !given.outside_issuer_key.empty();
  if (reader.refusal.empty() && has_key == given.outside_issuer.empty()) {
    reader.refusal = has_key ? "--outside-issuer-key needs --outside-issuer: the name (iss) that "
                               "the tokens of that key must have."
                             : "--outside-issuer needs --outside-issuer-key: the file with the "
                               "issuer's public key.";
  }
  if (reader.refusal.empty() && !has_key && !given.outside_audience.empty()) {
    reader.refusal = "--outside-audience needs --outside-issuer-key and --outside-issuer.";
  }
}

void warn(Options& options) {
  const std::string& url = options.public_url;
  static const auto loopback = {std::string("127.0.0.1"), std::string("::1")};
  if (url.empty()) {
    if (std::ranges::find(loopback, options.listen_address) == loopback.end()) {
      options.warnings.push_back(
          "No --public-url: links and QR codes will name the address listened on, " +
          options.listen_address +
          ", which people may not reach; and without HTTPS what they send can be read on the "
          "way.");
    }
  } else if (!url.starts_with("https://") && !is_loopback_url(url)) {
    options.warnings.push_back(
        "The public URL " + url +
        " is not HTTPS: names and tokens can be read on the way, and browsers refuse wake lock "
        "and vibration. Put a TLS proxy in front and give its https:// address.");
  }
}

std::expected<Invocation, std::string> read(const Given& given) {
  Options options;
  Reader reader;
  read_paths(given, options, reader);
  read_network_options(given, options, reader);
  read_numbers(given, options, reader);
  read_words(given, options, reader);
  if (!reader.refusal.empty()) return std::unexpected(reader.refusal);
  warn(options);
  return options;
}

}  // namespace

std::expected<Invocation, std::string> parse(int argc, const char* const* argv) {
  CLI::App app("Plenary: a live session server for workshops and formal meetings", "plenary");
  app.require_subcommand(1);
  Given given;
  CLI::App* serve = app.add_subcommand("serve", "Run the server");
  CLI::App* version = app.add_subcommand("version", "Print the version");
  declare(*serve, given);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return ShowHelp{serve->parsed() ? serve->help() : app.help()};
  } catch (const CLI::ParseError& error) {
    return std::unexpected(std::string(error.what()) +
                           ". \"plenary --help\" and \"plenary serve --help\" say what there is.");
  }
  if (version->parsed()) return ShowVersion{};
  return read(given);
}

}  // namespace plenary::config
