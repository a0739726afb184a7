// The composition root: the only file that knows every part. It makes them in the order in which
// they need each other, waits for a signal, and lets them go in reverse.
//
// Exit codes: 0 after SIGTERM or SIGINT, 1 cannot start, 2 wrong options. A second signal ends it
// at once.
#include <fcntl.h>
#include <openssl/sha.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <optional>
#include <thread>

#include "adapters/jwt/jwt_authenticator.hpp"
#include "adapters/jwt/key_store.hpp"
#include "adapters/observed/observed_log.hpp"
#include "adapters/sqlite/sqlite_log.hpp"
#include "adapters/system/system_clock.hpp"
#include "adapters/system/system_ids.hpp"
#include "adapters/system/zone_offset.hpp"
#include "adapters/system/zones.hpp"
#include "app/demo.hpp"
#include "app/figures.hpp"
#include "config/options.hpp"
#include "gateway/gateway.hpp"
#include "host/directory.hpp"
#include "observe/log.hpp"

namespace {

using namespace plenary;  // NOLINT: the one place where all of it meets
using observe::Level;

constexpr const char* kVersion = "0.1.0";
// After a restart pages come back spread over this long.
constexpr std::chrono::milliseconds kReturnSpread{10'000};
constexpr std::chrono::milliseconds kByeWithin{5'000};

gateway::Digest sha256(std::string_view bytes) {
  gateway::Digest digest{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  return digest;
}

int fail(const std::string& why) {
  std::fprintf(stderr, "plenary: %s\n", why.c_str());
  return 1;
}

template <typename T>
T wait_for(host::CoreSet& cores, boost::asio::awaitable<T> work) {
  return boost::asio::co_spawn(cores.at(0), std::move(work), boost::asio::use_future).get();
}

std::expected<std::unique_ptr<adapters::JwtAuthenticator>, std::string> make_authenticator(
    const config::Options& options) {
  auto keys = adapters::open_keys(options.data);
  if (!keys) return std::unexpected(keys.error());
  if (options.outside_issuer_key.empty()) return adapters::JwtAuthenticator::make(std::move(*keys));
  std::ifstream input(options.outside_issuer_key);
  adapters::OutsideIssuer outside;
  outside.public_key_pem.assign(std::istreambuf_iterator<char>(input), {});
  outside.issuer = options.outside_issuer;
  outside.audience = options.outside_audience;
  return adapters::JwtAuthenticator::make(std::move(*keys), std::move(outside));
}

std::expected<gateway::StaticFiles, std::string> load_pages(const config::Options& options) {
  if (options.web.empty()) return gateway::StaticFiles();
  return gateway::StaticFiles::load(options.web, sha256);
}

std::string public_url_text(const config::Options& options, std::uint16_t port) {
  if (!options.public_url.empty()) return options.public_url;
  const bool v6 = options.listen_address.find(':') != std::string::npos;
  const std::string host = v6 ? "[" + options.listen_address + "]" : options.listen_address;
  return "http://" + host + ":" + std::to_string(port);
}

bool write_port(const std::filesystem::path& file, std::uint16_t port) {
  // Renamed into place, so that who waits for the file never reads half of it.
  const std::filesystem::path partial = file.string() + ".partial";
  std::error_code error;
  {
    std::ofstream output(partial);
    output << port << '\n';
    if (!output.flush()) return false;
  }
  std::filesystem::rename(partial, file, error);
  return !error;
}

// Signals are taken by main's thread alone.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

void wait_for_signal(const sigset_t& signals) {
  int number = 0;
  while (sigwait(&signals, &number) != 0) {
  }
  observe::log(Level::info, "stopping", {{"signal", number == SIGTERM ? "TERM" : "INT"}});
  // The next one ends the process, whatever is under way; the log on disk stands that.
  std::signal(SIGTERM, SIG_DFL);
  std::signal(SIGINT, SIG_DFL);
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

struct Server {
  host::CoreSet& cores;
  host::Directory& directory;
  gateway::Gateway& edge;
};

// What can only be done with the cores running and the port known; a sentence if it cannot.
std::expected<void, std::string> open_doors(const Server& server, const config::Options& options,
                                            const app::DemoParts& demo) {
  const auto port = server.edge.bind();
  if (!port) return std::unexpected(port.error());
  auto public_url = gateway::PublicUrl::parse(public_url_text(options, *port));
  if (!public_url) return std::unexpected(public_url.error());
  wait_for(server.cores, server.directory.start());
  server.edge.start(*public_url);
  if (!options.demo.empty()) {
    const auto links = wait_for(
        server.cores,
        app::demonstration(demo, options.demo, options.data, options.retention_days, *public_url));
    if (!links) return std::unexpected(links.error());
    for (const auto& [role, link] : *links)
      std::printf("%-17s %s\n", role.c_str(), link.c_str());
    std::printf("%-17s the key in %s creates more sessions\n", "organizer",
                (options.data / "organizer.key").c_str());
    std::fflush(stdout);
  }
  observe::log(
      Level::info, "listening",
      {{"address", options.listen_address}, {"port", *port}, {"public_url", public_url->text()}});
  if (!options.port_file.empty() && !write_port(options.port_file, *port)) {
    return std::unexpected("cannot write " + options.port_file.string());
  }
  return {};
}

void close_doors(const Server& server) {
  server.edge.stop_accepting();
  wait_for(server.cores, server.directory.drain(kReturnSpread));
  server.edge.wait_until_empty(kByeWithin);
  server.edge.stop();
}

// Each connection is a descriptor. A shell's soft limit is often 1024, far below the hard one.
void raise_descriptor_limit(std::uint32_t connections) {
  constexpr rlim_t kBeside = 2'100;  // HTTP, the log, listeners
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_cur == RLIM_INFINITY || files.rlim_cur >= connections + kBeside) return;
  observe::log(Level::warning, "few descriptors",
               {{"limit", static_cast<std::int64_t>(files.rlim_cur)},
                {"note", "fewer connections than --max-connections fit; raise ulimit -n"}});
}

int serve(const config::Options& options) {
  observe::set_log_level(options.log_level);
  raise_descriptor_limit(options.max_connections);
  for (const std::string& warning : options.warnings) {
    observe::log(Level::warning, "configuration", {{"note", warning}});
  }
  const sigset_t signals = block_signals();
  auto authenticator = make_authenticator(options);
  if (!authenticator) return fail(authenticator.error());
  auto stored = adapters::SqliteLog::open(options.data / "plenary.sqlite");
  if (!stored) return fail(stored.error());
  auto zones = adapters::zone_names();
  if (!zones) return fail(zones.error());
  auto pages = load_pages(options);
  if (!pages) return fail(pages.error());

  observe::Metrics metrics;
  adapters::ObservedLog log(**stored, [&metrics](const adapters::AppendReport& report) {
    app::report_append(metrics, report);
  });
  adapters::SystemClock clock;
  adapters::SystemIdSource ids;
  host::CoreSet cores(options.threads != 0 ? options.threads
                                           : std::max(1u, std::thread::hardware_concurrency()));
  host::Directory directory(
      cores, {.log = log, .clock = clock, .ids = ids, .zones = &*zones, .build = kVersion});
  std::optional<app::Figures> figures;
  gateway::Gateway edge(
      {cores, directory, log, **authenticator, clock, ids, sha256, &metrics},
      {.listen_address = options.listen_address,
       .port = options.listen_port,
       .max_connections = options.max_connections,
       .retention_days = options.retention_days,
       .build = kVersion,
       .is_trusted_proxy =
           [&options](std::string_view address) {
             return std::any_of(
                 options.trusted_proxies.begin(), options.trusted_proxies.end(),
                 [address](const config::Network& network) { return network.contains(address); });
           },
       .metrics_text = [&figures] { return figures ? figures->text() : std::string(); }},
      std::move(*pages));
  figures.emplace(metrics, directory, edge);

  const Server server{cores, directory, edge};
  cores.start();
  const auto opened = open_doors(
      server, options,
      {directory, **authenticator, clock, ids, [](const std::string& zone, std::int64_t at_ms) {
         return adapters::zone_offset_ms(zone, at_ms);
       }});
  if (opened) {
    wait_for_signal(signals);
    close_doors(server);
  } else {
    edge.stop();
  }
  cores.stop();
  observe::log(Level::info, "stopped");
  return opened ? 0 : fail(opened.error());
}

}  // namespace

int main(int argc, char** argv) {
  const auto invocation = config::parse(argc, argv);
  if (!invocation) {
    std::fprintf(stderr, "plenary: %s\n", invocation.error().c_str());
    return 2;
  }
  if (const auto* help = std::get_if<config::ShowHelp>(&*invocation)) {
    std::fputs(help->text.c_str(), stdout);
    return 0;
  }
  if (std::holds_alternative<config::ShowVersion>(*invocation)) {
    std::printf("plenary %s\n", kVersion);
    return 0;
  }
  return serve(std::get<config::Options>(*invocation));
}
