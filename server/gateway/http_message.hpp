// A request and its answer, as the routes see them: plain data, apart from Beast, so that routes
// are quick to compile and easy to test.
// Threading: values.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plenary/v1/wire.pb.h"

namespace plenary::gateway {

struct Request {
  std::string method;
  std::string path;   // decoded, begins with '/'
  std::string query;  // as it came
  std::map<std::string, std::string, std::less<>>
      fields;  // names in lower case; repeated ones joined by commas
  std::string body;
  std::string address;    // the client's; behind a trusted proxy, the one that it names
  bool loopback = false;  // the client is this machine itself, and no proxy stands between

  std::string_view field(std::string_view name) const;
  // The value of `Authorization: Bearer …`; "" if there is none.
  std::string_view bearer() const;
  // Of the query; "" if it isn't there.
  std::string query_value(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string type;
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // instead of body
  std::vector<std::pair<std::string, std::string>> fields;
  bool close = false;    // the connection, after it
  bool has_body = true;  // false: 304, which has neither body nor length
  bool is_part = false;  // of a page, which says what it may do: script, style, font

  const std::string& content() const { return shared_body ? *shared_body : body; }
};

// Percent-decoding; nothing for a malformed escape or an encoded control character, slash or dot.
bool decode_path(std::string_view raw, std::string& path);

// application/problem+json (RFC 9457) with `code`, and `field`, `limit`, `accepted` where they say
// something.
Response problem(int status, std::string_view code, std::string_view title = {});
Response problem(const plenary::v1::Refusal& refusal);
// The status that goes with a refusal, and its name in lower case: "bad_field".
int status_of(plenary::v1::RefusalCode code);
std::string word_of(plenary::v1::RefusalCode code);

std::string_view reason_phrase(int status);

}  // namespace plenary::gateway
