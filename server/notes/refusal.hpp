// Why something that came in was not taken. A Refusal is a value; nothing in this folder throws.
#pragma once

#include <cstdint>
#include <string_view>

namespace plenary::notes {

enum class RefusalCode : std::uint8_t {
  kTruncated,       // ends in the middle of something
  kBadNumber,       // above 2^53 - 1, or not in its allowed range
  kBadText,         // not UTF-8
  kBadJson,         // not JSON
  kBadContent,      // no such kind of content, value or type; or an empty one
  kBadReference,    // to itself, to a later clock of its own, or to a parent that is none
  kRepeatedClient,  // two sections for one client
  kTrailingBytes,   // goes on after its end
  kTooLarge,        // an update, a clock, a length
  kTooMany,         // structs, ranges, entries: more than allowed or than the bytes can hold
  kTooDeep,         // nodes in nodes, values in values
  kForbidden,       // content that this source may not send
  kUnknownRoot,     // a root that the document doesn't have
  kUnknownClock,    // refers to what isn't known (yet); `client` and `clock` say what is missing
  kNotYours,        // new content under a client id of somebody else
  kOverBudget,      // costs more to place than one update may
  kFull,            // the document has reached one of its Limits
};

struct Refusal {
  RefusalCode code;
  std::uint64_t client = 0;  // whom it is about, where that is known
  std::uint64_t clock = 0;
};

// A word for logs and replies, "unknown-clock".
std::string_view word_of(RefusalCode code);

}  // namespace plenary::notes
