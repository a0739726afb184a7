// An update, decoded and checked as far as that can be done without a document: syntax, numbers,
// UTF-8, JSON, sizes against a Policy. Nothing is copied: everything points into the bytes.
//
// The grammar is that of Yjs's updates, version 1:
//   update  := clients { structs client clock struct* }* delete-set
//   struct  := info [origin] [right-origin] [parent [key]] content
// with the parent only where both origins are absent.
#pragma once

#include <cstdint>
#include <expected>
#include <string_view>
#include <vector>

#include "notes/block.hpp"
#include "notes/bytes.hpp"
#include "notes/ids.hpp"
#include "notes/limits.hpp"
#include "notes/refusal.hpp"

namespace plenary::notes {

struct Struct {
  enum class Parent : std::uint8_t { kFromOrigin, kRoot, kItem };

  std::uint32_t clock = 0;
  std::uint32_t length = 0;
  ContentKind kind = ContentKind::kCollected;
  TypeKind type_kind = TypeKind::kRoot;
  Parent parent = Parent::kFromOrigin;
  bool has_origin = false;
  bool has_right_origin = false;
  bool has_key = false;  // as sent: Yjs sets it on map entries that have origins too
  Id origin;
  Id right_origin;
  Id parent_item;
  std::string_view root;
  std::string_view key;  // only where the parent stands
  // What follows on the wire, less a leading count of values: the text; the values one behind the
  // other; key and JSON of a format; guid and options of a document; the name of an XML element.
  std::string_view content;

  std::uint32_t end() const { return clock + length; }
};

// The structs of one client, by clock and without a hole.
struct Section {
  std::uint64_t client = 0;
  std::uint32_t first = 0;  // index of its first struct
  std::uint32_t last = 0;   // behind its last one
  std::uint32_t clock = 0;
  std::uint32_t end_clock = 0;
};

// Meant to be used again and again: clear() keeps the memory of small updates and frees that of
// large ones.
struct Update {
  std::vector<Struct> structs;
  std::vector<Section> sections;  // highest client first
  DeleteSet deleted;
  void clear();
};

// Into `update`, which is cleared. The bytes must outlive it.
std::expected<void, Refusal> decode_update(std::string_view bytes, const Policy& policy,
                                           Update& update);

// One struct at `clock`, as it stands inside a section: info byte and all that follows. Answers
// false and leaves the reader failed if it is malformed.
bool read_struct(Reader& in, std::uint64_t client, std::uint32_t clock, Struct& out);

// Writes a struct without its first `offset` units, as Yjs does: the unit before becomes its
// origin, and half a surrogate pair becomes U+FFFD.
void write_struct(Writer& out, std::uint64_t client, const Struct& from, std::uint32_t offset);

// The content without its first `offset` units: of a text, `half` tells whether a U+FFFD is to
// stand before it in place of a half pair.
struct ContentRest {
  std::string_view bytes;
  bool half = false;
};
ContentRest rest_of_content(ContentKind kind, std::string_view content, std::uint32_t offset);

}  // namespace plenary::notes
