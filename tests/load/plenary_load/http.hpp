// The few HTTP calls that a load run needs: JSON in, JSON out, blocking, one kept-alive connection.
// Threading: one object, one thread. Errors: the run ends with a sentence.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>

namespace load {

// Loopback has 127.0.0.0/8: groups of people come from addresses of their own, as venues do.
std::string address_of_group(std::size_t group);

// A blocking TCP socket from the group's address to the server on 127.0.0.1.
int connect_from(std::size_t group, std::uint16_t port);

class Http {
 public:
  Http(std::uint16_t port, std::size_t group);
  ~Http();
  Http(const Http&) = delete;
  Http& operator=(const Http&) = delete;

  boost::json::value post(const std::string& path, const std::string& bearer,
                          const boost::json::value& body);

 private:
  int socket_;
  std::string read_;
};

}  // namespace load
