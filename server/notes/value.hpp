// Values out of blocks. INTERNAL.
#pragma once

#include "notes/store.hpp"
#include "notes/walk.hpp"

namespace plenary::notes {

// The last value of a block; kType and kNothing have no bytes.
Value last_value(const Store& store, const Block& block);

// One value of many: of a Json or Any block, its bytes one after the other.
class ValueReader {
 public:
  ValueReader(ContentKind kind, std::string_view bytes) : kind_(kind), in_(bytes) {}
  bool next(Value& out) {
    if (in_.left() == 0) return false;
    if (kind_ == ContentKind::kJson) {
      out = {Value::Kind::kJson, in_.blob()};
    } else {
      out = {Value::Kind::kAny, in_.any()};
    }
    return !in_.failed();
  }

 private:
  ContentKind kind_;
  Reader in_;
};

}  // namespace plenary::notes
