// Every bound on what comes into a document, in one place, with what happens at it. Two sets:
// Limits hold for what others bring into a document as long as it lives; a Policy holds for one
// update, by where it came from.
//
// A bound that is reached is a Refusal (refusal.hpp) of the whole update: nothing of it is applied.
// What is ours (Policy::is_ours) was within the Limits when it first came, and is never refused for
// them again: loaded in another order, or cut elsewhere, it may count a little more.
#pragma once

#include <cstddef>
#include <cstdint>

namespace plenary::notes {

// Yjs 13 writes numbers of up to 53 bits; more is kBadNumber.
inline constexpr std::uint64_t kMaxNumber = (std::uint64_t{1} << 53) - 1;

inline constexpr std::uint64_t kUnbounded = ~std::uint64_t{0};

// Clocks are kept in 32 bits: a client's clock counts what one browser tab has ever typed.
// A larger clock is kTooLarge.
inline constexpr std::uint64_t kMaxClock = 0xFFFF'FFF0;

// Values inside values (JSON and Any): deeper is kTooDeep.
inline constexpr std::size_t kMaxValueDepth = 64;

// Bounds that come from how a document is kept, for what is ours too; Limits above them are cut
// down to them.
inline constexpr std::size_t kMostClients = 65'000;
inline constexpr std::size_t kMostContentBytes = std::size_t{512} << 20;
inline constexpr std::size_t kMostBlocks = std::size_t{1} << 30;
inline constexpr std::size_t kMostTypes = std::size_t{1} << 30;

// What one document may grow to. Beyond is kFull, but for the depth (kTooDeep) and the scans
// (kOverBudget).
struct Limits {
  std::size_t max_clients = 60'000;    // browser tabs that ever wrote
  std::size_t max_blocks = 4'000'000;  // runs of at most kPieceBytes, not characters
  std::size_t max_content_bytes = 256
                                  << 20;  // text and values, deleted ones included until collected
  std::size_t max_types = 1'000'000;      // paragraphs, list items, ... and keys of maps
  std::size_t max_names = 10'000;         // different node names and keys, until loaded anew
  std::size_t max_name_bytes = 256;       // of a root, node, key
  std::size_t max_depth = 100;            // nodes inside nodes
  std::size_t max_roots = 64;             // when the roots aren't listed in DocumentOptions
  std::size_t max_pending_bytes = 1 << 20;  // waiting structs, and 16 a waiting delete range
  std::size_t max_pending_parts = 1'000;    // waiting runs of structs
  // Steps of the search for places among concurrent inserts, of all updates since it was loaded and
  // of loading it: what it costs to load again is bounded by this.
  std::uint64_t max_scanned = 200'000'000;
};

// What one update may carry. Beyond is kTooLarge, kTooMany, kForbidden or kOverBudget.
struct Policy {
  std::size_t max_bytes;
  std::size_t max_structs;
  std::size_t max_sections;  // clients in one update
  std::size_t max_delete_ranges;
  // Length of one GC or Deleted struct, and how far one client's clock may go forward by them.
  std::uint64_t max_collected_length;
  // Steps of the search for a place among concurrent inserts (quadratic if unbounded).
  std::uint64_t max_scanned;
  std::size_t max_value_bytes;   // of a struct with values, a blob, an embed, a document
  std::size_t max_format_bytes;  // of the key and the value of a format
  bool may_skip;                 // Skip structs (gaps); browsers have no reason to send them
  bool may_nest;                 // Doc contents (documents in the document)
  // Structs or delete ranges whose causes aren't known may wait in `pending`; else kUnknownClock.
  bool may_wait;
  bool is_ours;  // the document's Limits don't hold
};

inline constexpr Policy kFromBrowser{.max_bytes = 1 << 20,
                                     .max_structs = 100'000,
                                     .max_sections = 1'000,
                                     .max_delete_ranges = 50'000,
                                     .max_collected_length = 1 << 20,
                                     .max_scanned = 2'000'000,
                                     .max_value_bytes = 64 << 10,
                                     .max_format_bytes = 4 << 10,
                                     .may_skip = false,
                                     .may_nest = false,
                                     .may_wait = false,
                                     .is_ours = false};

// Snapshots and records of our own: what a browser couldn't have sent is damage, but sizes are
// ours.
inline constexpr Policy kFromStore{.max_bytes = std::size_t{1} << 30,
                                   .max_structs = 8'000'000,
                                   .max_sections = 65'000,
                                   .max_delete_ranges = 8'000'000,
                                   .max_collected_length = kMaxClock,
                                   .max_scanned = kUnbounded,
                                   .max_value_bytes = std::size_t{1} << 30,
                                   .max_format_bytes = std::size_t{1} << 30,
                                   .may_skip = true,
                                   .may_nest = true,
                                   .may_wait = true,
                                   .is_ours = true};

// Awareness (cursors, names): one message, and what is kept.
struct AwarenessLimits {
  std::size_t max_message_bytes = 64 << 10;
  std::size_t max_entries = 1'000;      // of a message
  std::size_t max_state_bytes = 4'096;  // of one client's JSON
  std::size_t max_clients = 20'000;     // kept; one more is kFull
  // Here by one connection: a tab is one client, a page with a few editors a few. More is kTooMany.
  std::size_t max_clients_of_connection = 8;
  // Kept of one person, gone ones included, of which their own make room: nobody can drive others
  // out. More is kTooMany.
  std::size_t max_clients_of_person = 64;
  // A clock goes up by one a change: no tab comes near. A larger one is kTooLarge; were it taken,
  // nothing could come after it.
  std::uint64_t max_clock = std::uint64_t{1} << 32;
  // How long an id that is gone stays its person's. Who is away for longer may find it taken, if
  // somebody remembered it to do harm, and needs a new tab.
  std::int64_t gone_kept_ms = 60 * 60 * 1'000;
};

// Rendering repeats what a document says once: a mark stands at each stretch of its text, a link at
// each block within it, the beginning of a quotation on each of its lines. Work and output are
// bounded by these, however little was sent.
struct RenderLimits {
  // A renderer stops there and answers kTooLarge. Two hours of minutes are below 1 MiB.
  std::size_t max_output_bytes = std::size_t{64} << 20;
  // Formats that hold at once. The editor has 7 marks; further ones are passed over.
  std::size_t max_open_marks = 32;
  // Key and value of a format. The editor's largest is a link; a larger one is passed over.
  std::size_t max_mark_bytes = 4'096;
  // What browsers and servers agree on for an address is about that; a longer one is no link.
  std::size_t max_address_bytes = 2'048;
};

}  // namespace plenary::notes
