#include "notes/refusal.hpp"

namespace plenary::notes {

std::string_view word_of(RefusalCode code) {
  switch (code) {
    case RefusalCode::kTruncated:
      return "truncated";
    case RefusalCode::kBadNumber:
      return "bad-number";
    case RefusalCode::kBadText:
      return "bad-text";
    case RefusalCode::kBadJson:
      return "bad-json";
    case RefusalCode::kBadContent:
      return "bad-content";
    case RefusalCode::kBadReference:
      return "bad-reference";
    case RefusalCode::kRepeatedClient:
      return "repeated-client";
    case RefusalCode::kTrailingBytes:
      return "trailing-bytes";
    case RefusalCode::kTooLarge:
      return "too-large";
    case RefusalCode::kTooMany:
      return "too-many";
    case RefusalCode::kTooDeep:
      return "too-deep";
    case RefusalCode::kForbidden:
      return "forbidden";
    case RefusalCode::kUnknownRoot:
      return "unknown-root";
    case RefusalCode::kUnknownClock:
      return "unknown-clock";
    case RefusalCode::kNotYours:
      return "not-yours";
    case RefusalCode::kOverBudget:
      return "over-budget";
    case RefusalCode::kFull:
      return "full";
  }
  return "unknown";
}

}  // namespace plenary::notes
