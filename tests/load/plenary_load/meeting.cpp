#include "meeting.hpp"

#include <algorithm>
#include <fstream>
#include <random>
#include <thread>

#include "folder.hpp"
#include "http.hpp"

namespace load {
namespace {

namespace json = boost::json;

constexpr std::size_t kGroup = 100;     // people who share an address
constexpr std::size_t kObservers = 50;  // whose arrivals are timed
constexpr int kEnterThreads = 8;

struct Entered {
  std::string session;
  std::string moderator_token;
  std::vector<std::string> tokens;
  double per_s = 0;
};

std::string field(const json::value& value, const char* name) {
  return std::string(value.at(name).as_string());
}

std::string enter(Http& http, const json::object& by, std::size_t number) {
  json::object body = by;
  body["name"] = "Person " + std::to_string(number);
  std::string key = std::to_string(1'000'000 + number) + "AAAAAAAAAAAAAAA";  // 22 base64url digits
  key.back() = 'A';
  body["key"] = key;
  return field(http.post("/api/v1/enter", "", body), "token");
}

Entered people_enter(const Settings& settings, const Child& server, const Folder& folder) {
  std::ifstream key_file(folder.path / "organizer.key");
  std::string key;
  if (!(key_file >> key)) fail("the server made no organizer.key");
  Http http(server.port(), 0);
  const json::value agenda = {
      {"title", "Load"},
      {"date", "2027-05-12"},
      {"start", "09:00"},
      {"zone", "Europe/Brussels"},
      {"languages", json::array{"en"}},
      {"entry", "open"},
      {"rooms",
       json::array{json::object{{"id", "plenary"}, {"name", "Plenary"}, {"preset", "simple"}}}},
      {"agenda", json::array{json::object{{"room", "plenary"},
                                          {"kind", "other"},
                                          {"title", "Everything"},
                                          {"planned_minutes", 60}}}}};
  const json::value session = http.post("/api/v1/sessions", key, agenda);
  Entered entered;
  entered.session = field(session, "session");
  const json::value invitation = http.post("/api/v1/sessions/" + entered.session + "/invitations",
                                           key, json::object{{"role", "moderator"}});
  entered.moderator_token = enter(http, {{"token", invitation.at("token")}}, 999'999);

  const json::object by_code{{"code", session.at("join_code")}};
  entered.tokens.resize(settings.people);
  const auto began = now_us();
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kEnterThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (std::size_t group = static_cast<std::size_t>(thread); group * kGroup < settings.people;
           group += kEnterThreads) {
        Http own(server.port(), 1 + group);
        const std::size_t end = std::min((group + 1) * kGroup, settings.people);
        for (std::size_t i = group * kGroup; i < end; ++i)
          entered.tokens[i] = enter(own, by_code, i);
      }
    });
  }
  for (auto& thread : threads)
    thread.join();
  entered.per_s =
      static_cast<double>(settings.people) * 1e6 / static_cast<double>(now_us() - began);
  return entered;
}

// Who does what, at which time: the hands of the crowd, and a moderator who calls once a second.
class Crowd {
 public:
  Crowd(Swarm& swarm, const Settings& settings, std::size_t moderator, Figures& figures)
      : swarm_(swarm),
        settings_(settings),
        moderator_(moderator),
        figures_(figures),
        random_(settings.seed) {
    swarm_.on_reply = [this](std::size_t page, const v1::Reply& reply) { replied(page, reply); };
  }

  // Opens the session and its item, so that hands may go up.
  void open() {
    v1::Command open;
    open.mutable_open_session();
    act(moderator_, std::move(open));
    v1::Command start;
    start.mutable_start_item()->set_item_id(first_of(v1::ViewEntity::kItem).item().item().id());
    act(moderator_, std::move(start));
    v1::Command queue;
    queue.mutable_set_queue_open()->set_room_id("plenary");
    queue.mutable_set_queue_open()->set_open(true);
    act(moderator_, std::move(queue));
  }

  void run() {
    const auto began = now_us();
    const auto end = began + settings_.seconds * 1'000'000LL;
    double due = static_cast<double>(began);
    auto call_at = began + 1'000'000;
    while (now_us() < end) {
      const double step = 1e6 / settings_.hands_per_s;
      for (int burst = 0; due <= static_cast<double>(now_us()) && burst < 64; ++burst, due += step)
        hand();
      if (now_us() >= call_at) {
        call_next();
        call_at += 1'000'000;
      }
      const auto wait_ms = static_cast<int>((due - static_cast<double>(now_us())) / 1000);
      swarm_.poll(std::clamp(wait_ms, 0, 20));
    }
  }

  // Lets everything under way arrive.
  void settle() {
    for (auto quiet_since = now_us(); now_us() - quiet_since < 700'000;) {
      const auto before = swarm_.totals().deliveries;
      swarm_.poll(50);
      if (swarm_.totals().deliveries != before) quiet_since = now_us();
    }
  }

  // From sending until each observer's view had reached the record.
  void count_latencies() {
    for (const auto& [seq, sent_at_us] : sent_) {
      for (const Page& page : swarm_.pages()) {
        if (!page.observer) continue;
        const auto seen = std::ranges::lower_bound(page.reached, seq, {},
                                                   &std::pair<std::uint64_t, std::int64_t>::first);
        if (seen != page.reached.end()) {
          figures_.seen_ms.push_back(static_cast<double>(seen->second - sent_at_us) / 1000);
        }
      }
    }
    std::ranges::sort(figures_.seen_ms);
    std::ranges::sort(figures_.reply_ms);
  }

  void forget_latencies() {
    sent_.clear();
    figures_.reply_ms.clear();
    figures_.commands = 0;
    for (Page& page : swarm_.pages())
      page.reached.clear();
  }

 private:
  v1::ViewEntity first_of(v1::ViewEntity::KindCase kind) {
    v1::ViewEntity entity;
    for (const auto& [key, bytes] : swarm_.pages()[moderator_].view->entities) {
      if (key.first == kind && entity.ParseFromString(*bytes)) return entity;
    }
    return {};
  }

  void act(std::size_t page, v1::Command command) {
    const auto refused = swarm_.totals().refusals;
    swarm_.submit(page, std::move(command));
    const auto until = now_us() + 10'000'000;
    while (swarm_.pages()[page].busy && now_us() < until)
      swarm_.poll(20);
    if (swarm_.pages()[page].busy || swarm_.totals().refusals != refused) {
      fail("the moderator's opening was not carried out");
    }
  }

  void hand() {
    for (int tried = 0; tried < 8; ++tried) {
      const std::size_t index = random_() % settings_.people;
      Page& page = swarm_.pages()[index];
      if (page.busy || page.closed) continue;
      v1::Command command;
      if (page.request_id.empty()) {
        command.mutable_request_floor()->set_room_id("plenary");
        command.mutable_request_floor()->set_kind(v1::REQUEST_KIND_HAND);
      } else {
        command.mutable_withdraw_request()->set_request_id(page.request_id);
      }
      swarm_.submit(index, std::move(command));
      return;
    }
  }

  void call_next() {
    Page& moderator = swarm_.pages()[moderator_];
    const v1::RoomView room = first_of(v1::ViewEntity::kRoom).room();
    if (moderator.busy || room.entry_ids().empty()) return;
    v1::Command command;
    command.mutable_next_speaker()->set_room_id("plenary");
    command.mutable_next_speaker()->set_seen_speech_id(room.current_speech_id());
    command.mutable_next_speaker()->set_request_id(room.entry_ids(0));
    swarm_.submit(moderator_, std::move(command));
  }

  void replied(std::size_t index, const v1::Reply& reply) {
    Page& page = swarm_.pages()[index];
    ++figures_.commands;
    figures_.reply_ms.push_back(static_cast<double>(now_us() - page.sent_at_us) / 1000);
    if (reply.has_position()) sent_.emplace_back(reply.position().seq(), page.sent_at_us);
    if (index == moderator_) return;
    // A refused withdrawal means that the chair was faster: the hand is no longer there either way.
    page.request_id = reply.has_position() && page.request_id.empty() ? reply.created_id() : "";
  }

  Swarm& swarm_;
  const Settings& settings_;
  std::size_t moderator_;
  Figures& figures_;
  std::mt19937_64 random_;
  std::vector<std::pair<std::uint64_t, std::int64_t>> sent_;
};

// Reads whatever comes for so long; returns the bytes.

}  // namespace

double at(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return 0;
  return sorted[std::min(sorted.size() - 1,
                         static_cast<std::size_t>(share * static_cast<double>(sorted.size())))];
}

Figures run_meeting(const Settings& settings) {
  const Folder folder;
  const std::string port_file = (folder.path / "port").string();
  std::vector<std::string> arguments{
      settings.server, "serve",       "--data",  folder.path.string(), "--listen",
      "127.0.0.1:0",   "--port-file", port_file, "--log-level",        "warning"};
  if (settings.threads > 0) {
    arguments.insert(arguments.end(), {"--threads", std::to_string(settings.threads)});
  }
  const Child server(arguments, port_file, 30);
  Figures figures;
  figures.people = settings.people;
  const Entered entered = people_enter(settings, server, folder);
  figures.enter_per_s = entered.per_s;

  Swarm swarm(server.port());
  const auto memory_before = server.private_memory_bytes();
  for (std::size_t i = 0; i < settings.people; ++i) {
    swarm.add(entered.tokens[i], 1 + i / kGroup);
    if (i % kGroup == kGroup - 1) swarm.poll(1);
  }
  const std::size_t moderator = swarm.add(entered.moderator_token, 0);
  swarm.wait_for_views(60);
  Crowd crowd(swarm, settings, moderator, figures);
  crowd.settle();
  figures.memory_kib_per_connection =
      static_cast<double>(server.private_memory_bytes() - memory_before) / 1024.0 /
      static_cast<double>(settings.people);

  crowd.open();
  crowd.settle();
  crowd.forget_latencies();
  for (std::size_t i = 0; i < std::min(kObservers, settings.people); ++i) {
    swarm.pages()[i * settings.people / std::min(kObservers, settings.people)].observer = true;
  }
  const Totals before = swarm.totals();
  const double cpu_before = server.cpu_seconds();
  const auto began = now_us();
  crowd.run();
  crowd.settle();
  figures.seconds = static_cast<double>(now_us() - began) / 1e6;
  const double cpu_us = (server.cpu_seconds() - cpu_before) * 1e6;
  figures.totals = swarm.totals();
  const auto deliveries = figures.totals.deliveries - before.deliveries;
  const auto frames = figures.totals.frames - before.frames;
  figures.totals.bytes -= before.bytes;
  figures.totals.frames = frames;
  figures.totals.deliveries = deliveries;
  figures.cpu_us_per_delivery = deliveries == 0 ? 0 : cpu_us / static_cast<double>(deliveries);
  figures.cpu_us_per_frame = frames == 0 ? 0 : cpu_us / static_cast<double>(frames);
  const double told = static_cast<double>(figures.commands - figures.totals.refusals) *
                      static_cast<double>(settings.people);
  figures.cpu_us_per_message = told == 0 ? 0 : cpu_us / told;
  crowd.count_latencies();

  // Everyone's view must be that of a page that comes in now.
  const std::size_t fresh = swarm.add(entered.tokens.front(), 1);
  swarm.wait_for_views(20);
  const View& expected = *swarm.pages()[fresh].view;
  figures.views_equal = true;
  for (std::size_t i = 0; i < settings.people; ++i) {
    figures.views_equal = figures.views_equal && swarm.pages()[i].view->equals(expected);
  }
  return figures;
}

}  // namespace load
