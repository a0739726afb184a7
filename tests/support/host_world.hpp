// A process without threads and sockets: cores that the test polls, a clock that it moves, a log in
// memory, a directory, and pages that read.
//
//   HostWorld world;
//   auto host = world.create();
//   auto page = world.page(*host, world.enter(*host, "ana"));
//   const auto reply = world.submit(*host, page, make<v1::RequestFloor>("room_id: 'plenary' kind:
//   …"));
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <memory>
#include <optional>
#include <string>

#include "adapters/memory/memory_log.hpp"
#include "host/directory.hpp"
#include "support/fake_page.hpp"
#include "support/given.hpp"
#include "support/manual_time.hpp"
#include "support/seeded_ids.hpp"

namespace plenary::test {

using HostPointer = std::shared_ptr<host::SessionHost>;
using PagePointer = std::shared_ptr<FakePage>;

inline v1::Agenda small_agenda() {
  return make<v1::Agenda>(
      "title { text: 'Sample' } date: '2027-05-12' planned_start: '09:00' zone: 'Europe/Brussels' "
      "languages: 'en' entry: ENTRY_POLICY_OPEN "
      "rooms { id: 'plenary' name { text: 'Plenary' } settings { preset: PRESET_FORMAL } } "
      "items { room_id: 'plenary' kind: ITEM_KIND_REMARKS title { text: 'One' } planned_ms: 60000 "
      "} "
      "items { room_id: 'plenary' kind: ITEM_KIND_REMARKS title { text: 'Two' } planned_ms: 60000 "
      "}");
}

inline v1::Actor actor_of(v1::ActorKind kind, std::string person_id = {}) {
  v1::Actor actor;
  actor.set_kind(kind);
  actor.set_person_id(std::move(person_id));
  return actor;
}

class HostWorld {
 public:
  explicit HostWorld(std::size_t core_count = 1, std::uint64_t seed = 1)
      : cores(core_count), ids(seed), log(std::make_unique<adapters::MemoryLog>(store)) {
    start(*log);
  }
  // On a log of the test's own, which outlives the world.
  HostWorld(ports::EventLog& own_log, std::uint64_t seed) : cores(1), ids(seed) { start(own_log); }
  ~HostWorld() {
    directory.reset();
    cores.settle();
  }

  void start(ports::EventLog& on) {
    directory.emplace(cores, host::Ports{on, time, ids, nullptr, &time, "test"});
  }

  // The process dies and starts again: what was not in the log is gone.
  void restart() {
    directory.reset();
    start(*log);
  }

  // Awaits, moving time on by up to `patience_ms` if need be.
  template <typename T>
  T await(boost::asio::awaitable<T> operation, std::int64_t patience_ms = 20'000) {
    auto result = std::make_shared<std::optional<T>>();
    boost::asio::co_spawn(
        cores.at(0),
        [result, operation = std::move(operation)]() mutable -> boost::asio::awaitable<void> {
          result->emplace(co_await std::move(operation));
        },
        boost::asio::detached);
    cores.settle();
    for (; !*result && patience_ms > 0; patience_ms -= 10)
      advance(10);
    EXPECT_TRUE(result->has_value());
    return std::move(**result);
  }
  void run(boost::asio::awaitable<void> operation) {
    await([](boost::asio::awaitable<void> inner) -> boost::asio::awaitable<bool> {
      co_await std::move(inner);
      co_return true;
    }(std::move(operation)));
  }

  HostPointer create() { return await(directory->create(small_agenda(), 0, ids.next())).value(); }
  HostPointer find(const std::string& session_id) {
    return await(directory->find(session_id)).value();
  }

  std::string command_id() {
    const auto id = ids.next();
    return {id.begin(), id.end()};
  }

  v1::Reply execute(host::SessionHost& host, const v1::Actor& actor,
                    const google::protobuf::Message& body) {
    return await(host.execute(actor, command_id(), to_command(body)));
  }

  // Lets somebody in; role 0 is a participant.
  std::string enter(host::SessionHost& host, const std::string& person_id,
                    v1::Role role = v1::ROLE_UNSPECIFIED) {
    v1::EnterSession body;
    body.set_person_id(person_id);
    body.set_name(person_id);
    if (role != v1::ROLE_UNSPECIFIED) body.mutable_vouched()->set_role(role);
    const v1::Reply reply = execute(host, actor_of(v1::ACTOR_KIND_EDGE), body);
    EXPECT_TRUE(reply.has_position()) << reply.DebugString();
    return person_id;
  }

  PagePointer join(host::SessionHost& host, const ports::Claims& claims, const v1::Hello& hello,
                   std::size_t core = 0) {
    auto page = std::make_shared<FakePage>(core);
    host.join({page, claims, hello});
    cores.settle();
    return page;
  }
  PagePointer page(host::SessionHost& host, const std::string& person_id, std::size_t core = 0) {
    return join(host, claims(host, person_id), {}, core);
  }
  static ports::Claims claims(const host::SessionHost& host, const std::string& person_id) {
    ports::Claims claims;
    claims.session_id = host.session_id();
    claims.person_id = person_id;
    return claims;
  }

  v1::Submit submission(const google::protobuf::Message& body) {
    v1::Submit submit;
    submit.set_issued_at_ms(time.server_now_ms());
    *submit.mutable_command() = to_command(body);
    return submit;
  }
  std::string send(host::SessionHost& host, const PagePointer& page,
                   const google::protobuf::Message& body) {
    const std::string id = command_id();
    host.submit(page, id, submission(body));
    return id;
  }
  v1::Reply submit(host::SessionHost& host, const PagePointer& page,
                   const google::protobuf::Message& body) {
    const std::string id = send(host, page, body);
    cores.settle();
    const auto reply = page->reply(id);
    EXPECT_TRUE(reply.has_value());
    return reply.value_or(v1::Reply());
  }

  core::State state(host::SessionHost& host) { return await(host.state()); }
  std::vector<v1::Record> records(const host::SessionHost& host) {
    return log->stored("session/" + host.session_id());
  }
  void advance(std::int64_t ms) {
    time.advance(ms, [this] { cores.settle(); });
  }

  host::CoreSet cores;
  ManualTime time;
  SeededIds ids;
  std::shared_ptr<adapters::MemoryStore> store = adapters::make_memory_store();
  std::unique_ptr<adapters::MemoryLog> log;
  std::optional<host::Directory> directory;
};

}  // namespace plenary::test
