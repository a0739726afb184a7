#include "gateway/json_reader.hpp"

#include <boost/json/parse.hpp>
#include <cmath>

#include "gateway/limits.hpp"

namespace plenary::gateway {

namespace json = boost::json;
namespace v1 = ::plenary::v1;

namespace {

json::string_view key_of(std::string_view key) {
  return {key.data(), key.size()};
}

std::int64_t to_ms(double value, std::int64_t unit_ms) {
  return std::llround(value * static_cast<double>(unit_ms));
}

}  // namespace

void JsonFault::set(std::string field, std::string accepted, std::int64_t limit) {
  if (refusal_) return;
  refusal_.emplace();
  refusal_->set_code(v1::REFUSAL_CODE_BAD_FIELD);
  refusal_->set_field(std::move(field));
  refusal_->set_accepted(std::move(accepted));
  refusal_->set_limit(limit);
}

std::expected<json::object, v1::Refusal> parse_object(std::string_view text) {
  json::parse_options options;
  options.max_depth = kMaxJsonDepth;
  json::error_code error;
  json::value value = json::parse(key_of(text), error, {}, options);
  if (!error && value.is_object()) return std::move(value.get_object());
  v1::Refusal refusal;
  refusal.set_code(v1::REFUSAL_CODE_BAD_MESSAGE);
  refusal.set_accepted("a JSON object");
  return std::unexpected(std::move(refusal));
}

JsonReader::JsonReader(const json::object& object, std::string path, JsonFault& fault)
    : object_(object), path_(std::move(path)), fault_(fault) {}

bool JsonReader::has(std::string_view key) const {
  return object_.contains(key_of(key));
}

std::string JsonReader::path(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

const json::value* JsonReader::any(std::string_view key) {
  known_.emplace(key);
  return object_.if_contains(key_of(key));
}

std::string JsonReader::string(std::string_view key, bool required) {
  const json::value* value = any(key);
  if (value == nullptr) {
    if (required) fault_.set(path(key), "a text");
    return {};
  }
  if (const json::string* text = value->if_string()) return {text->data(), text->size()};
  fault_.set(path(key), "a text");
  return {};
}

bool JsonReader::boolean(std::string_view key) {
  const json::value* value = any(key);
  if (value == nullptr) return false;
  if (value->is_bool()) return value->get_bool();
  fault_.set(path(key), "true or false");
  return false;
}

std::int64_t JsonReader::integer(std::string_view key, std::int64_t low, std::int64_t high) {
  const json::value* value = any(key);
  if (value == nullptr) return 0;
  if (value->is_int64() && value->get_int64() >= low && value->get_int64() <= high) {
    return value->get_int64();
  }
  fault_.set(path(key),
             "a whole number from " + std::to_string(low) + " to " + std::to_string(high), high);
  return 0;
}

std::int64_t JsonReader::duration_ms(std::string_view key, std::int64_t unit_ms,
                                     std::int64_t high_ms) {
  const json::value* value = any(key);
  if (value == nullptr) return 0;
  double number = -1;
  if (value->is_int64()) number = static_cast<double>(value->get_int64());
  if (value->is_double()) number = value->get_double();
  const double high = static_cast<double>(high_ms) / static_cast<double>(unit_ms);
  if (number >= 0 && number <= high) return to_ms(number, unit_ms);
  fault_.set(path(key), "a number from 0 to " + std::to_string(high_ms / unit_ms),
             high_ms / unit_ms);
  return 0;
}

const json::array* JsonReader::array(std::string_view key, std::size_t most) {
  const json::value* value = any(key);
  if (value == nullptr) return nullptr;
  const json::array* array = value->if_array();
  if (array == nullptr) {
    fault_.set(path(key), "a list");
  } else if (array->size() > most) {
    fault_.set(path(key), "a list of at most " + std::to_string(most),
               static_cast<std::int64_t>(most));
    return nullptr;
  }
  return array;
}

const json::object* JsonReader::object(std::string_view key) {
  const json::value* value = any(key);
  if (value == nullptr) return nullptr;
  if (!value->is_object()) fault_.set(path(key), "an object");
  return value->if_object();
}

void JsonReader::finish() {
  if (finished_) return;
  finished_ = true;
  for (const auto& item : object_) {
    const std::string_view key(item.key().data(), item.key().size());
    if (known_.contains(key)) continue;
    std::string keys;
    for (const std::string& known : known_)
      keys.append(keys.empty() ? "" : ", ").append(known);
    fault_.set(path(key.substr(0, 64)), "one of: " + keys);
    return;
  }
}

}  // namespace plenary::gateway
