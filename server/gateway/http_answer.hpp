// What every answer carries, and the routes that are no part of the API: health, readiness,
// metrics, pages.
// Threading: any.
// Errors: answers.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "gateway/http_connection.hpp"
#include "gateway/http_message.hpp"
#include "gateway/services.hpp"

namespace plenary::gateway {

boost::asio::awaitable<Response> answer(const Services& services, const HttpHooks& hooks,
                                        const Request& request);

// The head as it goes out: status, fields, the headers of a well-kept site, length, connection.
std::string write_head(const Services& services, const Response& response, bool keep_alive);

// "default-src 'none'; …" for this public URL; `own_scripts` stand in the pages themselves
// (StaticFiles).
std::string content_security_policy(const PublicUrl& public_url, std::string_view own_scripts);

}  // namespace plenary::gateway
