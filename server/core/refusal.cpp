#include "core/refusal.hpp"

#include <string>

namespace plenary::core {

Refused refuse(v1::RefusalCode code, std::string_view field, std::string_view accepted) {
  v1::Refusal refusal;
  refusal.set_code(code);
  refusal.set_field(std::string(field));
  refusal.set_accepted(std::string(accepted));
  return Refused(std::move(refusal));
}

Refused refuse_field(std::string_view field, std::string_view accepted) {
  return refuse(v1::REFUSAL_CODE_BAD_FIELD, field, accepted);
}

Refused refuse_limit(v1::RefusalCode code, std::string_view field, std::int64_t limit) {
  v1::Refusal refusal;
  refusal.set_code(code);
  refusal.set_field(std::string(field));
  refusal.set_limit(limit);
  return Refused(std::move(refusal));
}

}  // namespace plenary::core
