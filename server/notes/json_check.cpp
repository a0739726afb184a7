// The checking half of json_text.hpp: a pushdown machine with one bit a level, no recursion.
#include <bitset>

#include "notes/json_text.hpp"
#include "notes/limits.hpp"

namespace plenary::notes {

namespace {

class Checker {
 public:
  explicit Checker(std::string_view text) : text_(text) {}

  bool check() {
    for (;;) {
      skip_space();
      // A value stands here.
      if (at_end()) return false;
      const char first = text_[at_];
      if (first == '{' || first == '[') {
        if (depth_ == kMaxValueDepth) return false;
        ++at_;
        object_[depth_++] = first == '{';
        skip_space();
        if (!at_end() && text_[at_] == (first == '{' ? '}' : ']')) {
          ++at_;
          --depth_;
        } else {
          if (first == '{' && !key()) return false;
          continue;
        }
      } else if (!scalar()) {
        return false;
      }
      if (!after_value()) return false;
      if (done_) return true;
    }
  }

 private:
  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  void skip_space() {
    while (!at_end() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')) {
      ++at_;
    }
  }
  bool take(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  // Closes what ends here; then a comma, before which all is well, or the end.
  bool after_value() {
    for (;;) {
      skip_space();
      if (depth_ == 0) {
        done_ = true;
        return at_end();
      }
      const bool object = object_[depth_ - 1];
      const char next = peek();
      if (at_end()) return false;
      ++at_;
      if (next == ',') return !object || key();
      if (next != (object ? '}' : ']')) return false;
      --depth_;
    }
  }

  bool key() {
    skip_space();
    if (peek() != '"' || !string()) return false;
    skip_space();
    return take(":");
  }

  bool scalar() {
    switch (peek()) {
      case '"':
        return string();
      case 't':
        return take("true");
      case 'f':
        return take("false");
      case 'n':
        return take("null");
      default:
        return number();
    }
  }

  bool string() {
    ++at_;
    while (!at_end()) {
      const char letter = text_[at_++];
      if (letter == '"') return true;
      if (static_cast<unsigned char>(letter) < 0x20) return false;
      if (letter == '\\' && !escape()) return false;
    }
    return false;
  }

  bool escape() {
    if (at_end()) return false;
    const char letter = text_[at_++];
    if (letter != 'u') {
      return std::string_view("\"\\/bfnrt").find(letter) != std::string_view::npos;
    }
    for (int digit = 0; digit < 4; ++digit, ++at_) {
      const char hex = peek();
      if (!is_digit(hex) && !(hex >= 'a' && hex <= 'f') && !(hex >= 'A' && hex <= 'F')) {
        return false;
      }
    }
    return true;
  }

  static bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
  bool digits() {
    if (!is_digit(peek())) return false;
    while (is_digit(peek()))
      ++at_;
    return true;
  }
  bool number() {
    take("-");
    if (!take("0") && !digits()) return false;
    if (take(".") && !digits()) return false;
    if (take("e") || take("E")) {
      if (!take("+")) take("-");
      return digits();
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  bool done_ = false;
  std::bitset<kMaxValueDepth> object_;
};

}  // namespace

bool is_json(std::string_view text) {
  // What nearly every mark and attribute is.
  if (text == "null" || text == "true" || text == "{}") return true;
  return Checker(text).check();
}

}  // namespace plenary::notes
