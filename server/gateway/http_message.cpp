#include "gateway/http_message.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/words.hpp"

namespace plenary::gateway {

namespace v1 = ::plenary::v1;

namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string_view Request::field(std::string_view name) const {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view Request::bearer() const {
  const std::string_view value = field("authorization");
  constexpr std::string_view kScheme = "Bearer ";
  if (value.size() <= kScheme.size() || lower_case(value.substr(0, kScheme.size())) != "bearer ") {
    return {};
  }
  return value.substr(kScheme.size());
}

std::string Request::query_value(std::string_view name) const {
  std::string_view rest = query;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t equals = pair.find('=');
    if (pair.substr(0, equals) != name || equals == std::string_view::npos) continue;
    std::string value;
    return decode_path(pair.substr(equals + 1), value) ? value : std::string();
  }
  return {};
}

bool decode_path(std::string_view raw, std::string& path) {
  path.clear();
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '%') {
      path.push_back(raw[i]);
      continue;
    }
    if (i + 2 >= raw.size()) return false;
    const int high = hex_digit(raw[i + 1]);
    const int low = hex_digit(raw[i + 2]);
    if (high < 0 || low < 0) return false;
    const char decoded = static_cast<char>(high * 16 + low);
    const auto code = static_cast<unsigned char>(decoded);
    if (code < 0x20 || code == 0x7f || decoded == '/' || decoded == '\\' || decoded == '.') {
      return false;
    }
    path.push_back(decoded);
    i += 2;
  }
  return true;
}

int status_of(v1::RefusalCode code) {
  switch (code) {
    case v1::REFUSAL_CODE_BAD_MESSAGE:
      return 400;
    case v1::REFUSAL_CODE_BAD_FIELD:
    case v1::REFUSAL_CODE_LIMIT_REACHED:
      return 422;
    case v1::REFUSAL_CODE_RATE_LIMITED:
      return 429;
    case v1::REFUSAL_CODE_UNAVAILABLE:
      return 503;
    case v1::REFUSAL_CODE_UNKNOWN_TOKEN:
      return 401;
    case v1::REFUSAL_CODE_FORBIDDEN:
    case v1::REFUSAL_CODE_NOT_ADMITTED:
    case v1::REFUSAL_CODE_MUTED:
    case v1::REFUSAL_CODE_INVITED_ONLY:
    case v1::REFUSAL_CODE_REMOVED:
    case v1::REFUSAL_CODE_UNCONFIRMED:
      return 403;
    case v1::REFUSAL_CODE_UNKNOWN_CODE:
    case v1::REFUSAL_CODE_NOT_FOUND:
      return 404;
    default:
      return 409;
  }
}

std::string word_of(v1::RefusalCode code) {
  return enum_word(v1::RefusalCode_Name(code), "REFUSAL_CODE_");
}

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 204:
      return "No Content";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 426:
      return "Upgrade Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 503:
      return "Service Unavailable";
    default:
      return "Error";
  }
}

namespace {

Response as_problem(int status, boost::json::object body) {
  Response response;
  response.status = status;
  response.type = "application/problem+json";
  response.body = boost::json::serialize(body);
  response.fields.emplace_back("Cache-Control", "no-store");
  if (status == 401) response.fields.emplace_back("WWW-Authenticate", "Bearer");
  if (status == 429 || status == 503) response.fields.emplace_back("Retry-After", "5");
  return response;
}

boost::json::object problem_body(int status, std::string_view code, std::string_view title) {
  const std::string_view shown = title.empty() ? reason_phrase(status) : title;
  return {{"type", "about:blank"},
          {"title", boost::json::string_view(shown.data(), shown.size())},
          {"status", status},
          {"code", boost::json::string_view(code.data(), code.size())}};
}

}  // namespace

Response problem(int status, std::string_view code, std::string_view title) {
  return as_problem(status, problem_body(status, code, title));
}

Response problem(const v1::Refusal& refusal) {
  const int status = status_of(refusal.code());
  boost::json::object body = problem_body(status, word_of(refusal.code()), {});
  if (!refusal.field().empty()) body["field"] = refusal.field();
  if (refusal.limit() != 0) body["limit"] = refusal.limit();
  if (!refusal.accepted().empty()) body["accepted"] = refusal.accepted();
  return as_problem(status, std::move(body));
}

}  // namespace plenary::gateway
