// A connection without a socket, and behind it a page that applies views like the browser's: a
// change only at exactly its `from`, a view instead of everything.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/project.hpp"
#include "fanout/subscriber.hpp"
#include "plenary/v1/wire.pb.h"

namespace plenary::test {

namespace v1 = ::plenary::v1;

// What a page shows: entities by kind and id, at a position.
struct ShownView {
  using Key = std::pair<int, std::string>;
  std::map<Key, std::string> entities;  // serialized
  v1::Position position;
  v1::Audience audience = v1::AUDIENCE_UNSPECIFIED;
  bool has_position = false;
  int holes = 0;  // changes that did not fit

  void put(const v1::ViewEntity& entity) {
    const v1::ViewRef ref = core::view_ref(entity);
    entities[{ref.kind(), ref.id()}] = entity.SerializeAsString();
  }

  void replace(const v1::SessionView& view) {
    entities.clear();
    for (const auto& entity : view.entities())
      put(entity);
    position = view.position();
    audience = view.audience();
    has_position = true;
  }

  void change(const v1::ViewChange& change) {
    if (!has_position || change.from().SerializeAsString() != position.SerializeAsString()) {
      if (!has_position || change.to().seq() > position.seq()) ++holes;
      return;
    }
    for (const auto& entity : change.put())
      put(entity);
    for (const auto& ref : change.removed())
      entities.erase({ref.kind(), ref.id()});
    position = change.to();
  }
};

inline std::map<ShownView::Key, std::string> entities_of(const v1::SessionView& view) {
  ShownView shown;
  shown.replace(view);
  return shown.entities;
}

class FakePage final : public fanout::Subscriber {
 public:
  explicit FakePage(std::size_t core = 0) : Subscriber(core) {}

  void wake() override {
    ++wakes;
    if (reads) read();
  }
  void close(const v1::Bye& said) override {
    bye = said;
    closed = true;
  }

  // Takes all that there is, as a fast socket would.
  void read() {
    while (!outbox().empty())
      take(1 << 20);
  }
  // Takes at most so many bytes.
  std::size_t take(std::size_t budget) {
    std::array<boost::asio::const_buffer, 16> buffers;
    const std::size_t count = outbox().gather(buffers);
    std::size_t taken = 0;
    for (std::size_t i = 0; i < count && taken < budget; ++i) {
      const std::size_t size = std::min(buffers[i].size(), budget - taken);
      bytes_.append(static_cast<const char*>(buffers[i].data()), size);
      taken += size;
    }
    outbox().consumed(taken);
    parse();
    return taken;
  }

  // What came of a command or question, if it came.
  std::optional<v1::Reply> reply(const std::string& id) const {
    for (const v1::Reply& each : replies) {
      if (each.id() == id) return each;
    }
    return std::nullopt;
  }

  bool reads = true;
  bool closed = false;
  v1::Bye bye;
  int wakes = 0;
  std::optional<v1::Welcome> welcome;
  ShownView view;
  int views = 0;  // whole ones
  int changes = 0;
  std::vector<v1::Reply> replies;
  std::vector<v1::Answer> answers;
  std::vector<v1::PersonalView> personal;
  std::vector<v1::PresenceView> presence;
  std::vector<int> order;  // BodyCase of everything that came

 private:
  void parse() {
    for (;;) {
      if (bytes_.size() < 2) return;
      std::size_t length = static_cast<unsigned char>(bytes_[1]);
      std::size_t head = 2;
      if (length >= 126) {
        const std::size_t digits = length == 126 ? 2 : 8;
        head += digits;
        if (bytes_.size() < head) return;
        length = 0;
        for (std::size_t i = 0; i < digits; ++i) {
          length = (length << 8) | static_cast<unsigned char>(bytes_[2 + i]);
        }
      }
      if (bytes_.size() < head + length) return;
      v1::ServerBatch batch;
      batch.ParseFromString(bytes_.substr(head, length));
      bytes_.erase(0, head + length);
      for (const v1::ServerMessage& message : batch.messages())
        on_message(message);
    }
  }

  void on_message(const v1::ServerMessage& message) {
    order.push_back(message.body_case());
    switch (message.body_case()) {
      case v1::ServerMessage::kWelcome:
        welcome = message.welcome();
        break;
      case v1::ServerMessage::kView:
        view.replace(message.view());
        ++views;
        break;
      case v1::ServerMessage::kChange:
        view.change(message.change());
        ++changes;
        break;
      case v1::ServerMessage::kReply:
        replies.push_back(message.reply());
        break;
      case v1::ServerMessage::kAnswer:
        answers.push_back(message.answer());
        break;
      case v1::ServerMessage::kPersonal:
        personal.push_back(message.personal());
        break;
      case v1::ServerMessage::kPresence:
        presence.push_back(message.presence());
        break;
      default:
        break;
    }
  }

  std::string bytes_;
};

}  // namespace plenary::test
