// Links that people open, all of them under the public URL (C5). A token travels in the fragment,
// which browsers send to nobody. Pure.
#pragma once

#include <string>
#include <string_view>

#include "plenary/v1/entities.pb.h"

namespace plenary::gateway {

class PublicUrl;

std::string join_link(const PublicUrl& url, std::string_view code);
std::string role_link(const PublicUrl& url, std::string_view session_id, plenary::v1::Role role,
                      std::string_view token);

}  // namespace plenary::gateway
