#include "support/ws_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <random>
#include <stdexcept>

namespace plenary::test {

namespace v1 = ::plenary::v1;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::int64_t wall_ms() {
  return std::chrono::duration_cast<milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string random_bytes(std::size_t count) {
  static thread_local std::mt19937_64 engine{std::random_device{}()};
  std::string bytes(count, '\0');
  for (char& byte : bytes)
    byte = static_cast<char>(engine());
  return bytes;
}

RawSocket::RawSocket(std::uint16_t port, int receive_buffer) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (receive_buffer > 0) {
    setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    throw std::runtime_error("cannot connect");
  }
}

RawSocket::~RawSocket() {
  close();
}

void RawSocket::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  closed_ = true;
}

void RawSocket::reset() {
  const linger at_once{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close();
}

bool RawSocket::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string RawSocket::receive(milliseconds within) {
  if (closed_) return {};
  pollfd poll_for{socket_, POLLIN, 0};
  if (poll(&poll_for, 1, static_cast<int>(std::max<std::int64_t>(0, within.count()))) <= 0)
    return {};
  std::string bytes(65'536, '\0');
  const ssize_t got = recv(socket_, bytes.data(), bytes.size(), 0);
  if (got <= 0) closed_ = true;
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return bytes;
}

// ---- HTTP

HttpAnswer parse_answer(const std::string& text) {
  HttpAnswer answer;
  const std::size_t end = text.find("\r\n\r\n");
  if (end == std::string::npos || text.size() < 12) return answer;
  answer.status = std::atoi(text.c_str() + 9);
  std::size_t at = text.find("\r\n") + 2;
  while (at < end + 2) {
    const std::size_t line_end = text.find("\r\n", at);
    const std::string line = text.substr(at, line_end - at);
    const std::size_t colon = line.find(": ");
    if (colon != std::string::npos) {
      std::string name = line.substr(0, colon);
      std::transform(name.begin(), name.end(), name.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      answer.fields[name] = line.substr(colon + 2);
    }
    at = line_end + 2;
  }
  answer.body = text.substr(end + 4);
  return answer;
}

std::string raw_http(std::uint16_t port, const std::string& bytes, milliseconds within) {
  RawSocket socket(port);
  socket.send(bytes);
  std::string text;
  const auto end = steady_clock::now() + within;
  while (!socket.closed() && steady_clock::now() < end) {
    text += socket.receive(std::chrono::duration_cast<milliseconds>(end - steady_clock::now()));
  }
  return text;
}

HttpAnswer http(std::uint16_t port, const std::string& method, const std::string& target,
                const std::string& extra, const std::string& body) {
  std::string request = method + " " + target +
                        " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                        "\r\nConnection: close\r\n" + extra;
  if (method == "POST") {
    request +=
        "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  }
  return parse_answer(raw_http(port, request + "\r\n" + body, milliseconds(30'000)));
}

// ---- WebSocket

WsClient::WsClient(std::uint16_t port, Options options) : socket_(port, options.receive_buffer) {
  if (options.upgrade) upgrade(port, options);
}

void WsClient::upgrade(std::uint16_t port, const Options& options) {
  const std::string host = "127.0.0.1:" + std::to_string(port);
  const std::string origin = options.origin.empty() ? "http://" + host : options.origin;
  socket_.send("GET /api/v1/connect HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + origin +
               "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: " +
               options.subprotocol + "\r\n\r\n");
  const auto end = steady_clock::now() + kPatience;
  while (buffer_.find("\r\n\r\n") == std::string::npos) {
    if (socket_.closed() || steady_clock::now() > end) throw std::runtime_error("no upgrade");
    buffer_ += socket_.receive(milliseconds(500));
  }
  if (buffer_.substr(9, 3) != "101") throw std::runtime_error("upgrade: " + buffer_);
  if (buffer_.find("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") == std::string::npos) {
    throw std::runtime_error("wrong Sec-WebSocket-Accept");
  }
  buffer_.erase(0, buffer_.find("\r\n\r\n") + 4);
}

void WsClient::send_frame(unsigned char opcode, std::string_view payload, bool final, bool masked) {
  std::string frame(1, static_cast<char>(opcode | (final ? 0x80 : 0)));
  const unsigned char mask_bit = masked ? 0x80 : 0;
  if (payload.size() < 126) {
    frame.push_back(static_cast<char>(payload.size() | mask_bit));
  } else if (payload.size() < 65'536) {
    frame.push_back(static_cast<char>(126 | mask_bit));
    frame.push_back(static_cast<char>(payload.size() >> 8));
    frame.push_back(static_cast<char>(payload.size() & 0xff));
  } else {
    frame.push_back(static_cast<char>(127 | mask_bit));
    for (int shift = 56; shift >= 0; shift -= 8) {
      frame.push_back(static_cast<char>((payload.size() >> shift) & 0xff));
    }
  }
  if (masked) {
    const std::string mask = random_bytes(4);
    frame += mask;
    for (std::size_t i = 0; i < payload.size(); ++i) {
      frame.push_back(static_cast<char>(payload[i] ^ mask[i % 4]));
    }
  } else {
    frame += payload;
  }
  socket_.send(frame);
}

void WsClient::send(const v1::ClientMessage& message) {
  send_frame(2, message.SerializeAsString());
}

void WsClient::hello(const std::string& token, const v1::Position* position,
                     v1::Audience audience) {
  v1::ClientMessage message;
  message.mutable_hello()->set_token(token);
  message.mutable_hello()->set_build("test");
  message.mutable_hello()->set_audience(audience);
  if (position != nullptr) *message.mutable_hello()->mutable_position() = *position;
  send(message);
}

void WsClient::resume(const WsClient& before, const std::string& token) {
  view_ = before.view_;
  position_ = before.position_;
  has_view_ = before.has_view_;
  hello(token, &position_, before.welcome_ ? before.welcome_->audience() : v1::AUDIENCE_EVERYONE);
}

std::string WsClient::send_command(const v1::Command& command, std::string id) {
  if (id.empty()) id = random_bytes(16);
  v1::ClientMessage message;
  message.set_id(id);
  message.mutable_submit()->set_issued_at_ms(wall_ms() + server_offset_ms_);
  *message.mutable_submit()->mutable_command() = command;
  send(message);
  return id;
}

v1::Reply WsClient::command(const v1::Command& command, std::string id) {
  const std::string sent = send_command(command, std::move(id));
  auto reply = reply_to(sent);
  if (!reply) throw std::runtime_error("no reply to " + command.ShortDebugString());
  return *reply;
}

v1::Answer WsClient::ask(const v1::Question& question) {
  v1::ClientMessage message;
  message.set_id(random_bytes(8));
  *message.mutable_question() = question;
  send(message);
  if (!wait([&] { return answers_.contains(message.id()); })) throw std::runtime_error("no answer");
  return answers_[message.id()];
}

std::optional<v1::Reply> WsClient::reply_to(const std::string& id, milliseconds within) {
  if (!wait([&] { return replies_.contains(id); }, within)) return std::nullopt;
  return replies_[id];
}

bool WsClient::wait(const std::function<bool()>& until, milliseconds within) {
  const auto end = steady_clock::now() + within;
  while (!until()) {
    if (parse_frames()) continue;
    if (socket_.closed() || steady_clock::now() >= end) return until();
    buffer_ += socket_.receive(std::chrono::duration_cast<milliseconds>(end - steady_clock::now()));
  }
  return true;
}

void WsClient::pump(milliseconds within) {
  wait([] { return false; }, within);
}

// One frame out of the buffer; false if there is no whole one.
bool WsClient::parse_frames() {
  if (buffer_.size() < 2) return false;
  const auto byte = [this](std::size_t i) { return static_cast<unsigned char>(buffer_[i]); };
  std::size_t size = byte(1) & 0x7fu;
  std::size_t head = 2;
  if ((byte(1) & 0x80u) != 0) throw std::runtime_error("a masked frame from the server");
  if (size == 126 || size == 127) {
    const std::size_t width = size == 126 ? 2 : 8;
    if (buffer_.size() < 2 + width) return false;
    size = 0;
    for (std::size_t i = 0; i < width; ++i)
      size = size << 8 | byte(2 + i);
    head += width;
  }
  if (buffer_.size() < head + size) return false;
  const unsigned first = byte(0);
  const std::string payload = buffer_.substr(head, size);
  buffer_.erase(0, head + size);
  switch (first) {
    case 0x82:
      on_batch(payload);
      break;
    case 0x88:
      close_code_ = payload.size() >= 2 ? static_cast<unsigned char>(payload[0]) * 256 +
                                              static_cast<unsigned char>(payload[1])
                                        : 1005;
      send_frame(8, payload);
      break;
    case 0x8a:
      ++pongs;
      break;
    default:
      throw std::runtime_error("a frame that the server never sends: " + std::to_string(first));
  }
  return true;
}

void WsClient::on_batch(std::string_view bytes) {
  v1::ServerBatch batch;
  if (!batch.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    throw std::runtime_error("not a ServerBatch");
  }
  for (const v1::ServerMessage& message : batch.messages())
    on_message(message);
}

namespace {

std::string view_key(int kind, const std::string& id) {
  return std::to_string(kind) + ":" + id;
}

std::string view_key(const v1::ViewEntity& entity) {
  switch (entity.kind_case()) {
    case v1::ViewEntity::kSession:
      return view_key(v1::VIEW_KIND_SESSION, entity.session().id());
    case v1::ViewEntity::kRoom:
      return view_key(v1::VIEW_KIND_ROOM, entity.room().id());
    case v1::ViewEntity::kItem:
      return view_key(v1::VIEW_KIND_ITEM, entity.item().item().id());
    case v1::ViewEntity::kEntry:
      return view_key(v1::VIEW_KIND_ENTRY, entity.entry().id());
    case v1::ViewEntity::kSpeech:
      return view_key(v1::VIEW_KIND_SPEECH, entity.speech().id());
    case v1::ViewEntity::kDelegation:
      return view_key(v1::VIEW_KIND_DELEGATION, entity.delegation().id());
    case v1::ViewEntity::kAnnouncement:
      return view_key(v1::VIEW_KIND_ANNOUNCEMENT, entity.announcement().id());
    case v1::ViewEntity::kAct:
      return view_key(v1::VIEW_KIND_ACT, entity.act().id());
    case v1::ViewEntity::KIND_NOT_SET:
      break;
  }
  return "?";
}

}  // namespace

void WsClient::on_message(const v1::ServerMessage& message) {
  switch (message.body_case()) {
    case v1::ServerMessage::kWelcome:
      welcome_ = message.welcome();
      server_offset_ms_ = message.welcome().server_time_ms() - wall_ms();
      break;
    case v1::ServerMessage::kView:
      ++whole_views;
      has_view_ = true;
      position_ = message.view().position();
      view_.clear();
      for (const v1::ViewEntity& entity : message.view().entities())
        view_[view_key(entity)] = entity;
      break;
    case v1::ServerMessage::kChange: {
      const v1::ViewChange& change = message.change();
      if (change.to().seq() <= position_.seq()) break;
      if (change.from().seq() != position_.seq() || change.from().id() != position_.id()) {
        ++holes;
        break;
      }
      ++changes;
      position_ = change.to();
      for (const v1::ViewEntity& entity : change.put())
        view_[view_key(entity)] = entity;
      for (const v1::ViewRef& removed : change.removed()) {
        view_.erase(view_key(removed.kind(), removed.id()));
      }
      break;
    }
    case v1::ServerMessage::kPersonal:
      personal_ = message.personal();
      break;
    case v1::ServerMessage::kPresence:
      ++presences;
      presence_ = message.presence();
      break;
    case v1::ServerMessage::kReply:
      replies_[message.reply().id()] = message.reply();
      break;
    case v1::ServerMessage::kAnswer:
      answers_[message.answer().id()] = message.answer();
      break;
    case v1::ServerMessage::kHeartbeat:
      if (echo_heartbeats) {
        v1::ClientMessage echo;
        *echo.mutable_heartbeat() = message.heartbeat();
        send(echo);
      }
      break;
    case v1::ServerMessage::kBye:
      bye_ = message.bye();
      break;
    case v1::ServerMessage::BODY_NOT_SET:
      break;
  }
}

const v1::RoomView* WsClient::room(const std::string& id) const {
  const auto found = view_.find(view_key(v1::VIEW_KIND_ROOM, id));
  return found == view_.end() ? nullptr : &found->second.room();
}

const v1::SpeechView* WsClient::speech(const std::string& id) const {
  const auto found = view_.find(view_key(v1::VIEW_KIND_SPEECH, id));
  return found == view_.end() ? nullptr : &found->second.speech();
}
}  // namespace plenary::test
