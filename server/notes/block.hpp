// What a document is made of. INTERNAL to this library.
//
// A Block is a run of units of one client that are one after the other in clock and in place: Yjs's
// Item or GC. Blocks live in a pool and are named by handles, which stay valid until the block is
// merged into its left neighbour. There is no link to the left: nothing of Yjs's algorithm needs it
// as long as every sequence knows both its ends.
//
// A text or a row of values is kept in pieces of at most kPieceBytes, where Yjs has one item: what
// has to be gone through or copied to cut a block, or to find a unit in it, is one piece. Encoding
// joins them again. (Not under a key, where to cut a run means to replace its left half.)
#pragma once

#include <cstdint>

namespace plenary::notes {

using BlockHandle = std::uint32_t;
using ClientIndex = std::uint16_t;
using SequenceIndex = std::uint32_t;
using TypeIndex = std::uint32_t;
using NameIndex = std::uint32_t;

// A fuzzer's inputs are small; so that they meet borders as long texts do, the borders are near.
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
inline constexpr std::size_t kPieceBytes = 16;
inline constexpr unsigned kArenaChunkBits = 6;
inline constexpr unsigned kBlockChunkBits = 2;
inline constexpr std::size_t kLeafBlocks = 4;  // of a client's index by clock
#else
inline constexpr std::size_t kPieceBytes = 1024;  // a single value may be larger
inline constexpr unsigned kArenaChunkBits = 14;
inline constexpr unsigned kBlockChunkBits = 8;
inline constexpr std::size_t kLeafBlocks = 128;
#endif

inline constexpr std::uint32_t kNone = 0xFFFF'FFFF;
inline constexpr ClientIndex kNoClient = 0xFFFF;

// As on the wire, in the low five bits of a struct's first byte.
enum class ContentKind : std::uint8_t {
  kCollected = 0,  // GC: neither place nor parent any more
  kDeleted = 1,
  kJson = 2,
  kBinary = 3,
  kText = 4,
  kEmbed = 5,
  kFormat = 6,
  kType = 7,
  kAny = 8,
  kDocument = 9,
  kSkip = 10,  // a gap; in updates only
};

// As on the wire.
enum class TypeKind : std::uint8_t {
  kArray = 0,
  kMap = 1,
  kText = 2,
  kXmlElement = 3,
  kXmlFragment = 4,
  kXmlHook = 5,
  kXmlText = 6,
  kRoot = 255,  // a root has no kind on the wire
};

enum BlockFlags : std::uint8_t {
  kFlagDeleted = 1,
  kFlagAscii = 2,   // text whose bytes are as many as its units
  kFlagMapped = 4,  // stands under a key: its sequence is an entry of a map
};

// A unit by index of its client; client kNoClient is none.
struct Spot {
  ClientIndex client = kNoClient;
  std::uint32_t clock = 0;
  bool none() const { return client == kNoClient; }
  bool operator==(const Spot&) const = default;
};

struct Block {
  std::uint32_t clock;
  std::uint32_t length;  // UTF-16 units, values, or 1
  BlockHandle right;     // the next one in its sequence, or kNone
  std::uint32_t origin_clock;
  std::uint32_t right_origin_clock;
  SequenceIndex sequence;  // kNone if collected
  // Text: where it begins in the arena. Type: its index. Json, Binary, Embed, Format, Any,
  // Document: where a 32-bit count of bytes and then the bytes stand in the arena. Else unused.
  std::uint32_t content;
  ClientIndex client;
  ClientIndex origin_client;  // kNoClient: none
  ClientIndex right_origin_client;
  ContentKind kind;
  std::uint8_t flags;

  std::uint32_t end() const { return clock + length; }
  Spot origin() const { return {origin_client, origin_clock}; }
  Spot right_origin() const { return {right_origin_client, right_origin_clock}; }
  void set_origin(Spot spot) {
    origin_client = spot.client;
    origin_clock = spot.clock;
  }
  void set_right_origin(Spot spot) {
    right_origin_client = spot.client;
    right_origin_clock = spot.clock;
  }
  bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
  bool collected() const { return kind == ContentKind::kCollected; }
  bool deleted() const { return collected() || has(kFlagDeleted); }
  bool countable() const {
    return kind != ContentKind::kDeleted && kind != ContentKind::kFormat && !collected();
  }
};
static_assert(sizeof(Block) == 36, "the memory of a long document is mostly this");

// The children of a type, or all that was ever set under one key of it (the last one counts).
struct Sequence {
  BlockHandle head = kNone;
  BlockHandle tail = kNone;
  TypeIndex type = kNone;
  NameIndex key = kNone;           // kNone: the children
  SequenceIndex next_key = kNone;  // the next key of the same type
};

struct Type {
  BlockHandle block = kNone;  // the block whose content it is; kNone for a root
  SequenceIndex children = kNone;
  SequenceIndex first_key = kNone;
  NameIndex name = kNone;   // of a root, an XML element or a hook
  std::uint16_t depth = 0;  // 0 for a root
  TypeKind kind = TypeKind::kRoot;
};

}  // namespace plenary::notes
