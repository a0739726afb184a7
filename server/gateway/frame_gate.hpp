// The layer beneath Beast's WebSocket stream. Beast's own writes (upgrade answer, pong, close) and
// the outbox's frames pass through it, one whole frame at a time, so that a pong never lands inside
// a frame of ours.
//
// The outbox is written with non-blocking writev straight from the shared frames; what the socket
// does not take stays where it is, and the gate waits for writability. Nothing is queued here but
// one write of Beast's.
//
// Ownership: belongs to its connection, as does the outbox; while an operation is pending it holds
// GateOwner::keep_alive().
// Threading: the connection's io_context.
// Errors: a socket that fails is reported once to on_gate_failed(); after that nothing is written.
#pragma once

#include <array>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/websocket/teardown.hpp>
#include <memory>
#include <string>
#include <utility>

#include "fanout/outbox.hpp"
#include "gateway/handler_memory.hpp"

namespace plenary::gateway {

namespace asio = boost::asio;
using boost::system::error_code;

// Sockets know their io_context by type: smaller and quicker than through any_io_executor.
using Socket = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;

class GateOwner {
 public:
  virtual std::shared_ptr<void> keep_alive() = 0;
  // The gate became writable again and has written what it could.
  virtual void on_gate_progress() = 0;
  // The socket took this much of the outbox; frames are counted when their last byte is out.
  virtual void on_gate_written(std::size_t bytes, std::size_t frames) = 0;
  virtual void on_gate_failed() = 0;

 protected:
  ~GateOwner() = default;
};

class FrameGate {
 public:
  using executor_type = Socket::executor_type;

  // `early`: what was read with the upgrade request and belongs behind it.
  FrameGate(Socket socket, fanout::Outbox& outbox, GateOwner& owner, std::string early);
  FrameGate(const FrameGate&) = delete;
  FrameGate& operator=(const FrameGate&) = delete;

  executor_type get_executor() { return socket_.get_executor(); }
  Socket& socket() { return socket_; }

  // Frames of the outbox go out only from here on; before it, the upgrade's answer is not out yet.
  void open() { open_ = true; }
  // Writes what the socket takes now, and waits if that was not all.
  void pump();
  bool failed() const { return failed_; }

  // --- AsyncStream, for Beast
  template <typename Buffers, typename Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return asio::async_initiate<Token, void(error_code, std::size_t)>(
        [this](auto handler, const Buffers& into) {
          if (early_.empty()) {
            socket_.async_read_some(into, std::move(handler));
          } else {
            asio::post(get_executor(),
                       [handler = std::move(handler), size = take_early(into)]() mutable {
                         std::move(handler)(error_code(), size);
                       });
          }
        },
        token, buffers);
  }

  // Completes when all of it is out, or the socket has failed. Beast has one write at a time.
  template <typename Buffers, typename Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    return asio::async_initiate<Token, void(error_code, std::size_t)>(
        [this](auto handler, const Buffers& from) {
          std::string bytes(asio::buffer_size(from), '\0');
          asio::buffer_copy(asio::buffer(bytes), from);
          using Write = PendingWriteOf<decltype(handler)>;
          start_write(std::move(bytes), std::make_unique<Write>(std::move(handler)));
        },
        token, buffers);
  }

 private:
  enum class Written : std::uint8_t { all, would_block, failed };

  // The handler of a write of Beast's, whatever its type. (Boost 1.81's any_completion_handler
  // recurses without end when it is moved into another.)
  struct PendingWrite {
    virtual ~PendingWrite() = default;
    virtual void complete(error_code error, std::size_t bytes) = 0;
  };
  template <typename Handler>
  struct PendingWriteOf final : PendingWrite {
    explicit PendingWriteOf(Handler its_handler) : handler(std::move(its_handler)) {}
    void complete(error_code error, std::size_t bytes) override {
      std::move(handler)(error, bytes);
    }
    Handler handler;
  };

  template <typename Buffers>
  std::size_t take_early(const Buffers& into) {
    const std::size_t size = asio::buffer_copy(into, asio::buffer(early_));
    early_.erase(0, size);
    if (early_.empty()) std::string().swap(early_);
    return size;
  }

  void start_write(std::string bytes, std::unique_ptr<PendingWrite> handler);
  Written write_foreign();
  Written write_outbox();
  void finish_foreign(error_code error);
  void fail(error_code error);
  void wait();

  Socket socket_;
  fanout::Outbox& outbox_;
  GateOwner& owner_;
  std::string early_;
  std::string foreign_;  // Beast's write, not yet all out
  std::size_t foreign_sent_ = 0;
  std::unique_ptr<PendingWrite> foreign_handler_;
  HandlerMemory<128> wait_memory_;
  bool open_ = false;
  bool waiting_ = false;
  bool failed_ = false;
};

// Beast's hooks for closing what lies beneath it.
void teardown(boost::beast::role_type role, FrameGate& gate, error_code& error);
void beast_close_socket(FrameGate& gate);

template <typename Handler>
void async_teardown(boost::beast::role_type role, FrameGate& gate, Handler&& handler) {
  boost::beast::websocket::async_teardown(role, gate.socket(), std::forward<Handler>(handler));
}

}  // namespace plenary::gateway
