#include "gateway/frame_gate.hpp"

#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/socket_base.hpp>
#include <cassert>
#include <span>

#include "gateway/limits.hpp"

namespace plenary::gateway {

namespace {

// How many of the pieces, each a frame or the rest of one, lie within the first `bytes`.
std::size_t whole_pieces(std::span<const asio::const_buffer> pieces, std::size_t bytes) {
  std::size_t whole = 0;
  while (whole < pieces.size() && pieces[whole].size() <= bytes)
    bytes -= pieces[whole++].size();
  return whole;
}

}  // namespace

FrameGate::FrameGate(Socket socket, fanout::Outbox& outbox, GateOwner& owner, std::string early)
    : socket_(std::move(socket)), outbox_(outbox), owner_(owner), early_(std::move(early)) {
  error_code ignored;
  socket_.non_blocking(true, ignored);
}

void FrameGate::start_write(std::string bytes, std::unique_ptr<PendingWrite> handler) {
  assert(foreign_.empty() && "Beast has one write at a time");
  assert(bytes.size() <= kMaxGateWriteBytes);
  foreign_ = std::move(bytes);
  foreign_sent_ = 0;
  foreign_handler_.swap(handler);  // Boost 1.81's move assignment calls itself without end
  if (failed_ || foreign_.empty()) {
    finish_foreign(failed_ ? error_code(asio::error::broken_pipe) : error_code());
    return;
  }
  pump();
}

void FrameGate::finish_foreign(error_code error) {
  if (!foreign_handler_) return;
  const std::size_t size = error ? 0 : foreign_.size();
  std::string().swap(foreign_);
  // Never from within the initiating call: posted, as Asio's own operations are.
  asio::post(get_executor(), [handler = std::move(foreign_handler_), error, size] {
    handler->complete(error, size);
  });
}

FrameGate::Written FrameGate::write_foreign() {
  error_code error;
  const std::size_t sent = socket_.write_some(
      asio::buffer(foreign_.data() + foreign_sent_, foreign_.size() - foreign_sent_), error);
  if (error == asio::error::would_block || error == asio::error::try_again) {
    return Written::would_block;
  }
  if (error) {
    fail(error);
    return Written::failed;
  }
  foreign_sent_ += sent;
  if (foreign_sent_ < foreign_.size()) return Written::would_block;
  finish_foreign({});
  return Written::all;
}

FrameGate::Written FrameGate::write_outbox() {
  // With a write of Beast's waiting, only the frame that has begun goes out first.
  const std::size_t limit = foreign_handler_ ? 1 : kPiecesInWrite;
  std::array<asio::const_buffer, kPiecesInWrite> pieces;
  const std::size_t count = outbox_.gather(std::span(pieces).first(limit));
  const std::span<const asio::const_buffer> shown(pieces.data(), count);
  error_code error;
  // One buffer goes out by send(), which costs the kernel less than sendmsg().
  const std::size_t sent =
      count == 1 ? socket_.write_some(pieces.front(), error) : socket_.write_some(shown, error);
  outbox_.consumed(error ? 0 : sent);
  if (!error) owner_.on_gate_written(sent, whole_pieces(shown, sent));
  if (error == asio::error::would_block || error == asio::error::try_again) {
    return Written::would_block;
  }
  if (error) {
    fail(error);
    return Written::failed;
  }
  return sent < asio::buffer_size(shown) ? Written::would_block : Written::all;
}

void FrameGate::pump() {
  if (waiting_ || failed_) return;
  for (;;) {
    const bool begun = outbox_.inside_frame();
    Written written = Written::all;
    if (foreign_handler_ && (foreign_sent_ > 0 || !begun)) {
      written = write_foreign();
    } else if (begun || (open_ && !outbox_.empty())) {
      written = write_outbox();
    } else {
      return;
    }
    if (written == Written::failed) return;
    if (written == Written::would_block) {
      wait();
      return;
    }
  }
}

void FrameGate::wait() {
  waiting_ = true;
  socket_.async_wait(asio::socket_base::wait_write,
                     asio::bind_allocator(allocator_of(wait_memory_),
                                          [this, alive = owner_.keep_alive()](error_code error) {
                                            waiting_ = false;
                                            if (error) {
                                              fail(error);
                                              return;
                                            }
                                            pump();
                                            owner_.on_gate_progress();
                                          }));
}

void FrameGate::fail(error_code error) {
  if (failed_) return;
  failed_ = true;
  finish_foreign(error);
  owner_.on_gate_failed();
}

void teardown(boost::beast::role_type role, FrameGate& gate, error_code& error) {
  boost::beast::websocket::teardown(role, gate.socket(), error);
}

void beast_close_socket(FrameGate& gate) {
  error_code ignored;
  gate.socket().close(ignored);
}

}  // namespace plenary::gateway
