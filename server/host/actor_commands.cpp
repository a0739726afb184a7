// Commands and questions, on their way in: from readers, and from HTTP.
#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "connection/from_socket.hpp"
#include "connection/limits.hpp"
#include "host/actor.hpp"
#include "host/limits.hpp"
#include "host/spawn.hpp"

namespace plenary::host {

using connection::kCommandIdBytes;
using connection::kMaxQuestionIdBytes;

namespace {

bool is_expired(std::int64_t issued_at_ms, std::int64_t now_ms) {
  return issued_at_ms < now_ms - kExpiresAfterMs || issued_at_ms > now_ms + kMaxIssuedAheadMs;
}

v1::Actor person_actor(const std::string& person_id) {
  v1::Actor actor;
  actor.set_kind(v1::ACTOR_KIND_PERSON);
  actor.set_person_id(person_id);
  return actor;
}

fanout::Frame answer_frame(v1::Answer answer, std::string question_id) {
  answer.set_id(std::move(question_id));
  v1::ServerMessage message;
  *message.mutable_answer() = std::move(answer);
  return fanout::make_frame(message);
}

}  // namespace

template <typename Function>
void Actor::on_home(Function function) {
  asio::post(home_, [self = shared_from_this(), function = std::move(function)]() mutable {
    function(*self);
  });
}

void Actor::on_home_of(SubscriberPointer subscriber,
                       void (Actor::*step)(const SubscriberPointer&)) {
  on_home([subscriber = std::move(subscriber), step](Actor& self) { (self.*step)(subscriber); });
}

std::optional<v1::Refusal> Actor::take(v1::Actor actor, std::string command_id, v1::Command command,
                                       bool expired, Asker asker) {
  active_at_ms_ = steady_ms();
  if (phase_ != Phase::running) return refusal_of(v1::REFUSAL_CODE_UNAVAILABLE);
  if (doubt_since_ms_ != 0 && steady_ms() - doubt_since_ms_ > kDoubtPatienceMs) {
    return refusal_of(v1::REFUSAL_CODE_UNAVAILABLE);
  }
  const std::uint64_t ticket = next_ticket_++;
  auto refusal = sequencer_.take(
      {ticket, std::move(actor), std::move(command_id), std::move(command), expired});
  if (refusal) {
    count(metrics().commands_refused);
    return refusal;
  }
  if (asker.subscriber || asker.completion) askers_.emplace(ticket, std::move(asker));
  kick();
  return std::nullopt;
}

void Actor::refuse(const SubscriberPointer& subscriber, const std::string& command_id,
                   v1::Refusal refusal) {
  v1::ServerMessage message;
  message.mutable_reply()->set_id(command_id);
  *message.mutable_reply()->mutable_refusal() = std::move(refusal);
  Outgoing outgoing(shards_);
  outgoing.own(subscriber, fanout::make_frame(message));
}

void Actor::submit(SubscriberPointer subscriber, std::string command_id, v1::Submit submit) {
  on_home([subscriber = std::move(subscriber), command_id = std::move(command_id),
           submit = std::move(submit)](Actor& self) mutable {
    self.on_submit(subscriber, std::move(command_id), std::move(submit));
  });
}

void Actor::on_submit(const SubscriberPointer& subscriber, std::string command_id,
                      v1::Submit submit) {
  const Reader* reader = find(subscriber);
  if (reader == nullptr) return;  // closed meanwhile: its Bye is on the way
  std::optional<v1::Refusal> refusal;
  if (command_id.size() != kCommandIdBytes) {
    refusal = refusal_of(v1::REFUSAL_CODE_BAD_FIELD, "id", kCommandIdBytes);
  } else if (reader->person_id.empty() || !connection::may_come_from_a_socket(submit.command())) {
    refusal = refusal_of(v1::REFUSAL_CODE_FORBIDDEN);
  } else {
    const bool expired = is_expired(submit.issued_at_ms(), now_ms());
    refusal = take(person_actor(reader->person_id), command_id,
                   std::move(*submit.mutable_command()), expired, {subscriber, nullptr});
  }
  if (refusal) refuse(subscriber, command_id, std::move(*refusal));
}

void Actor::ask(SubscriberPointer subscriber, std::string question_id, v1::Question question) {
  on_home([subscriber = std::move(subscriber), question_id = std::move(question_id),
           question = std::move(question)](Actor& self) {
    self.on_ask(subscriber, question_id, question);
  });
}

void Actor::on_ask(const SubscriberPointer& subscriber, std::string question_id,
                   const v1::Question& question) {
  const Reader* reader = find(subscriber);
  if (reader == nullptr) return;
  count(metrics().questions);
  v1::Answer answer;
  if (question_id.empty() || question_id.size() > kMaxQuestionIdBytes) {
    *answer.mutable_refusal() = refusal_of(v1::REFUSAL_CODE_BAD_FIELD, "id", kMaxQuestionIdBytes);
    question_id.resize(std::min(question_id.size(), kMaxQuestionIdBytes));
  } else if (reader->person_id.empty()) {
    *answer.mutable_refusal() = refusal_of(v1::REFUSAL_CODE_FORBIDDEN);
  } else {
    answer = core::answer(sequencer_.state(), question, person_actor(reader->person_id),
                          presence_.rows(), now_ms());
  }
  Outgoing outgoing(shards_);
  outgoing.own(subscriber, answer_frame(std::move(answer), std::move(question_id)));
}

asio::awaitable<v1::Reply> Actor::execute(v1::Actor actor, std::string command_id,
                                          v1::Command command) {
  return spawn_at(
      home_,
      [self = shared_from_this(), actor = std::move(actor), command_id = std::move(command_id),
       command = std::move(command)]() mutable -> asio::awaitable<v1::Reply> {
        auto completion = std::make_shared<Completion>(self->home_);
        auto refusal = command_id.size() == kCommandIdBytes
                           ? self->take(std::move(actor), command_id, std::move(command), false,
                                        {nullptr, completion})
                           : refusal_of(v1::REFUSAL_CODE_BAD_FIELD, "id", kCommandIdBytes);
        if (!refusal) {
          co_await completion->done.wait();
        } else {
          completion->reply.set_id(command_id);
          *completion->reply.mutable_refusal() = std::move(*refusal);
        }
        co_return std::move(completion->reply);
      });
}

asio::awaitable<v1::Answer> Actor::ask(v1::Actor actor, v1::Question question) {
  return spawn_at(home_,
                  [self = shared_from_this(), actor = std::move(actor),
                   question = std::move(question)]() -> asio::awaitable<v1::Answer> {
                    count(self->metrics().questions);
                    co_return core::answer(self->sequencer_.state(), question, actor,
                                           self->presence_.rows(), self->now_ms());
                  });
}

asio::awaitable<v1::Agenda> Actor::export_agenda() {
  return spawn_at(home_, [self = shared_from_this()]() -> asio::awaitable<v1::Agenda> {
    co_return core::export_agenda(self->sequencer_.state());
  });
}

asio::awaitable<core::State> Actor::state() {
  return spawn_at(home_, [self = shared_from_this()]() -> asio::awaitable<core::State> {
    co_return self->sequencer_.state();
  });
}

asio::awaitable<void> Actor::look(std::function<void(const core::State&)> reader) {
  return spawn_at(
      home_, [self = shared_from_this(), reader = std::move(reader)]() -> asio::awaitable<void> {
        reader(self->sequencer_.state());
        co_return;
      });
}

}  // namespace plenary::host
