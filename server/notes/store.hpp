// All blocks of a document, and how they are found, split and merged. INTERNAL.
//
// The store knows nothing of updates, conflicts or deletion: that is integrate.hpp. Its invariants:
// the blocks of a client lie in its index without a hole from clock 0; a sequence reaches all its
// blocks from `head` by `right`, and `tail` is the last; a collected block is in no sequence.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "notes/block.hpp"
#include "notes/clock_index.hpp"
#include "notes/ids.hpp"
#include "notes/text_arena.hpp"

namespace plenary::notes {

struct Client {
  std::uint64_t id = 0;
  std::uint32_t next_clock = 0;
  TextArena::Region region;
  // Where the text of the last block ends, if `tail_block` is that block; else to be looked up.
  BlockHandle tail_block = kNone;
  std::uint32_t tail_end = 0;
  ClockIndex index;
};

class Store {
 public:
  Store clone() const;

  // --- clients
  ClientIndex find_client(std::uint64_t id) const;
  ClientIndex add_client(std::uint64_t id);  // or the one that is there
  Client& client(ClientIndex index) { return clients_[index]; }
  const Client& client(ClientIndex index) const { return clients_[index]; }
  std::size_t client_count() const { return clients_.size(); }
  std::uint32_t next_clock(std::uint64_t id) const {
    const ClientIndex index = find_client(id);
    return index == kNoClient ? 0 : clients_[index].next_clock;
  }
  // Indexes, highest id first.
  std::vector<ClientIndex> clients_in_order() const;

  // --- blocks
  Block& block(BlockHandle handle) { return chunks_[handle >> kChunkBits][handle & kChunkMask]; }
  const Block& block(BlockHandle handle) const {
    return chunks_[handle >> kChunkBits][handle & kChunkMask];
  }
  BlockHandle new_block();
  std::size_t block_count() const { return block_count_; }
  // Whether anything of a range, all of which is known, is not deleted.
  bool has_live(const ClockRange& range) const;
  // Puts a block behind the last of its client.
  void append(BlockHandle handle);

  // The block that holds a unit that is known.
  BlockHandle find(Spot spot) const { return client(spot.client).index.at(place_of(spot)); }
  ClockIndex::Place place_of(Spot spot) const {
    return client(spot.client).index.find(spot.clock, ClockOf{*this});
  }
  // The same, ending with the unit or beginning with it: split where needed. (Collected blocks are
  // never split.) Splits are noted in `splits`.
  BlockHandle clean_end(Spot spot);
  BlockHandle clean_start(Spot spot);
  // Splits the block at `place` behind its first `units`; answers the right half.
  BlockHandle split(ClockIndex::Place place, ClientIndex client, std::uint32_t units);
  // Under a key one value counts: of a visible run there, the left half counts as replaced by the
  // right one, and is noted in `replaced`.
  std::vector<ClockRange>& replaced() { return replaced_; }  // `client` is an index
  // Whether Yjs would hold both in one, `right` being the next of its client.
  bool continues(const Block& left, BlockHandle right) const;
  // Merges into the block at `place` those behind it that continue it, as many as a piece holds.
  void merge_following(ClockIndex::Place place, ClientIndex client);
  std::vector<ClockRange>& splits() { return splits_; }  // `client` is an index

  // --- contents
  std::string_view text(const Block& block) const;
  // Of Json, Binary, Embed, Format, Any, Document: the bytes without a leading count.
  std::string_view values(const Block& block) const;
  void set_text(Block& block, std::string_view text);
  void set_values(Block& block, std::string_view bytes);
  // Lets the last block of a client grow by a text, if a piece holds both.
  bool has_room(BlockHandle handle, std::size_t bytes) const;
  void extend_text(BlockHandle handle, std::string_view text, std::uint32_t units);
  void drop_content(Block& block);
  // Gives back what was dropped, when that has become much: what it takes to do so is in proportion
  // to what was dropped. Views into contents end here.
  void compact_if_worthwhile();
  std::uint64_t content_bytes() const { return arena_.used() - arena_.dropped(); }

  // --- types
  Type& type(TypeIndex index) { return types_[index]; }
  const Type& type(TypeIndex index) const { return types_[index]; }
  std::size_t type_count() const {
    return types_.size() - free_types_.size() + sequences_.size() - free_sequences_.size();
  }
  Sequence& sequence(SequenceIndex index) { return sequences_[index]; }
  const Sequence& sequence(SequenceIndex index) const { return sequences_[index]; }
  TypeIndex new_type(TypeKind kind, BlockHandle block, std::uint16_t depth);
  // Gives up a type that holds nothing any more, with its keys; no block of it may be left.
  void free_type(TypeIndex type);
  // The root of that name: kNone if it isn't there.
  TypeIndex find_root(std::string_view name) const;
  TypeIndex add_root(std::string_view name);
  const std::vector<TypeIndex>& roots() const { return roots_; }
  // What stands under a key: kNone if nothing ever did.
  SequenceIndex find_key(TypeIndex type, std::string_view key) const;
  SequenceIndex add_key(TypeIndex type, std::string_view key);
  const std::string& name(NameIndex index) const { return names_[index]; }
  bool has_name(std::string_view name) const { return name_of_.contains(name); }
  NameIndex intern(std::string_view name);
  std::size_t name_count() const { return names_.size(); }

  // What this document takes from the heap, about.
  std::size_t memory_bytes() const;
  void shrink();

 private:
  static constexpr unsigned kChunkBits = kBlockChunkBits;
  static constexpr std::uint32_t kChunkMask = (1U << kChunkBits) - 1;
  struct ClockOf {
    const Store& store;
    std::uint32_t operator()(BlockHandle handle) const { return store.block(handle).clock; }
  };
  void split_content(Block& left, Block& right, std::uint32_t units);
  void join_content(Block& left, std::span<const BlockHandle> more, std::uint32_t size);
  SequenceIndex new_sequence(TypeIndex type);
  std::uint32_t payload_size(const Block& block) const;  // of the text or the values
  std::uint32_t content_size(const Block& block) const;  // what the arena holds of it
  void compact();

  std::vector<Client> clients_;
  std::unordered_map<std::uint64_t, ClientIndex> client_of_id_;
  mutable ClientIndex last_client_ = kNoClient;

  std::vector<std::unique_ptr<Block[]>> chunks_;
  std::uint32_t block_end_ = 0;
  std::vector<BlockHandle> free_blocks_;
  std::size_t block_count_ = 0;
  std::vector<ClockRange> splits_;
  std::vector<ClockRange> replaced_;
  std::vector<BlockHandle> merging_;

  TextArena arena_;
  std::vector<Type> types_;
  std::vector<Sequence> sequences_;
  std::vector<TypeIndex> free_types_;
  std::vector<SequenceIndex> free_sequences_;
  std::vector<TypeIndex> roots_;
  std::unordered_map<std::uint64_t, SequenceIndex> keys_;  // type << 32 | name
  std::deque<std::string> names_;
  std::unordered_map<std::string_view, NameIndex> name_of_;
};

}  // namespace plenary::notes
