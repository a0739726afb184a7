// write_queue PORT_FILE SUBSCRIBERS BYTES PER_SECOND SECONDS: fan-out as most Beast servers do it,
// with a queue of shared messages for each connection and one async_write under way. plenary_load
// measures its CPU beside the server's.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;
using Message = std::shared_ptr<const std::string>;

class Connection {
 public:
  explicit Connection(asio::ip::tcp::socket socket) : stream_(std::move(socket)) {
    stream_.next_layer().set_option(asio::ip::tcp::no_delay(true));
    stream_.binary(true);
    stream_.auto_fragment(false);
  }

  template <typename Done>
  void accept(Done done) {
    stream_.async_accept([this, done](error_code error) {
      if (error) return;
      read();
      done();
    });
  }

  void send(Message message) {
    queue_.push_back(std::move(message));
    if (queue_.size() == 1) write();
  }

 private:
  void read() {
    stream_.async_read(input_, [this](error_code error, std::size_t) {
      input_.clear();
      if (!error) read();
    });
  }

  void write() {
    stream_.async_write(asio::buffer(*queue_.front()), [this](error_code error, std::size_t) {
      queue_.pop_front();
      if (!error && !queue_.empty()) write();
    });
  }

  websocket::stream<asio::ip::tcp::socket> stream_;
  boost::beast::flat_buffer input_;
  std::deque<Message> queue_;
};

class Server {
 public:
  Server(char** values)
      : subscribers_(std::strtoull(values[2], nullptr, 10)),
        message_(std::make_shared<std::string>(std::strtoull(values[3], nullptr, 10), 'x')),
        per_second_(std::strtod(values[4], nullptr)),
        left_(static_cast<long>(per_second_ * std::strtod(values[5], nullptr))) {
    const std::string port_file = values[1];
    std::ofstream(port_file + ".new") << acceptor_.local_endpoint().port() << '\n';
    std::rename((port_file + ".new").c_str(), port_file.c_str());
    accept();
  }
  void run() { context_.run(); }

 private:
  void accept() {
    acceptor_.async_accept([this](error_code error, asio::ip::tcp::socket socket) {
      if (error) return;
      connections_.push_back(std::make_unique<Connection>(std::move(socket)));
      connections_.back()->accept([this] {
        if (++open_ < subscribers_) return;
        began_ = std::chrono::steady_clock::now();
        publish();
      });
      if (connections_.size() < subscribers_) accept();
    });
  }

  // Paced as bare_floor: by the clock, so that what is late is sent at once.
  void publish() {
    if (left_ == 0) return;
    --left_;
    const auto message = std::make_shared<const std::string>(*message_);
    for (const auto& connection : connections_)
      connection->send(message);
    ++sent_;
    timer_.expires_at(began_ + std::chrono::duration_cast<std::chrono::nanoseconds>(
                                   std::chrono::duration<double>(sent_ / per_second_)));
    timer_.async_wait([this](error_code) { publish(); });
  }

  asio::io_context context_{1};
  asio::ip::tcp::acceptor acceptor_{context_, {asio::ip::address_v4::loopback(), 0}};
  asio::steady_timer timer_{context_};
  std::size_t subscribers_;
  Message message_;
  double per_second_;
  long left_;
  double sent_ = 0;
  std::size_t open_ = 0;
  std::chrono::steady_clock::time_point began_;
  std::vector<std::unique_ptr<Connection>> connections_;
};

}  // namespace

int main(int count, char** values) {
  if (count != 6) {
    std::fputs("write_queue PORT_FILE SUBSCRIBERS BYTES PER_SECOND SECONDS\n", stderr);
    return 2;
  }
  Server(values).run();
  return 0;
}
