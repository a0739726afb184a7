// The host of one session: an actor that takes commands, and the only place where effects are
// ordered: decide → append → apply → reply and fan out. See server/ARCHITECTURE.md, "Log first".
//
// Ownership: held by the directory while it has connections or work, and by whoever uses it.
// Threading: the public members may be called from any thread; they post to the session's home
//            io_context. Callbacks to a Subscriber run on the subscriber's core.
// Errors:    refusals are values in replies; nothing is thrown.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/decide.hpp"
#include "fanout/subscriber.hpp"
#include "plenary/v1/records.pb.h"
#include "plenary/v1/wire.pb.h"
#include "ports/authenticator.hpp"

namespace plenary::host {

namespace v1 = ::plenary::v1;
namespace asio = boost::asio;

// A connection that has said Hello with a token that verified.
struct Joining {
  std::shared_ptr<fanout::Subscriber> subscriber;
  ports::Claims claims;  // of a person token or a display's invitation
  v1::Hello hello;
};

class SessionHost {
 public:
  virtual ~SessionHost() = default;
  virtual const std::string& session_id() const = 0;

  // The subscriber gets Welcome, then its whole view or the changes that it missed, then what
  // comes; or Bye (removed, revoked, session gone). Presence counts it from here on.
  virtual void join(Joining joining) = 0;
  // The connection has ended. Nothing reaches the subscriber after this has been carried out on its
  // core.
  virtual void leave(std::shared_ptr<fanout::Subscriber> subscriber) = 0;

  // A command or question of a joined connection; the Reply or Answer comes through the
  // subscriber's outbox.
  virtual void submit(std::shared_ptr<fanout::Subscriber> subscriber, std::string command_id,
                      v1::Submit submit) = 0;
  virtual void ask(std::shared_ptr<fanout::Subscriber> subscriber, std::string question_id,
                   v1::Question question) = 0;
  // The subscriber's outbox fell behind the window: it gets the shared snapshot.
  virtual void needs_view(std::shared_ptr<fanout::Subscriber> subscriber) = 0;

  // A command by the edge, the organizer or a person, for HTTP: completes with the reply, after the
  // append.
  virtual asio::awaitable<v1::Reply> execute(v1::Actor actor, std::string command_id,
                                             v1::Command command) = 0;
  virtual asio::awaitable<v1::Answer> ask(v1::Actor actor, v1::Question question) = 0;
  virtual asio::awaitable<v1::Agenda> export_agenda() = 0;
  // A copy of what the host holds, for HTTP answers that need more than a view.
  virtual asio::awaitable<core::State> state() = 0;
  // The same for a part of it, without a copy: `reader` is called with the state, and keeps no
  // reference to it.
  virtual asio::awaitable<void> look(std::function<void(const core::State&)> reader) {
    const core::State copy = co_await state();
    reader(copy);
  }
};

}  // namespace plenary::host
