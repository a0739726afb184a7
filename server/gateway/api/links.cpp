#include "gateway/api/links.hpp"

#include "gateway/public_url.hpp"

namespace plenary::gateway {

namespace v1 = ::plenary::v1;

std::string join_link(const PublicUrl& url, std::string_view code) {
  return url.text() + "/j/" + std::string(code);
}

std::string role_link(const PublicUrl& url, std::string_view session_id, v1::Role role,
                      std::string_view token) {
  std::string link = url.text() + "/s/" + std::string(session_id);
  if (role == v1::ROLE_MODERATOR) link += "/moderate";
  if (role == v1::ROLE_NOTE_TAKER) link += "/minutes";
  if (role == v1::ROLE_DISPLAY) link += "/display";
  return link.append("#").append(token);
}

}  // namespace plenary::gateway
