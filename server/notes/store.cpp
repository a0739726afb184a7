#include "notes/store.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "notes/scratch.hpp"

namespace plenary::notes {

Store Store::clone() const {
  Store copy;
  copy.clients_ = clients_;
  copy.client_of_id_ = client_of_id_;
  constexpr std::size_t kBlocks = std::size_t{1} << kChunkBits;
  std::size_t left = block_end_;
  for (const auto& chunk : chunks_) {
    Block* const made =
        copy.chunks_.emplace_back(std::make_unique_for_overwrite<Block[]>(kBlocks)).get();
    const std::size_t used = std::min(left, kBlocks);
    std::copy_n(chunk.get(), used, made);
    left -= used;
  }
  copy.block_end_ = block_end_;
  copy.free_blocks_ = free_blocks_;
  copy.block_count_ = block_count_;
  copy.arena_ = arena_.clone();
  copy.types_ = types_;
  copy.sequences_ = sequences_;
  copy.free_types_ = free_types_;
  copy.free_sequences_ = free_sequences_;
  copy.roots_ = roots_;
  copy.keys_ = keys_;
  for (const std::string& name : names_)
    copy.intern(name);
  return copy;
}

ClientIndex Store::find_client(std::uint64_t id) const {
  if (last_client_ != kNoClient && clients_[last_client_].id == id) return last_client_;
  const auto found = client_of_id_.find(id);
  if (found == client_of_id_.end()) return kNoClient;
  return last_client_ = found->second;
}

ClientIndex Store::add_client(std::uint64_t id) {
  const ClientIndex known = find_client(id);
  if (known != kNoClient) return known;
  assert(clients_.size() < kNoClient);
  const auto index = static_cast<ClientIndex>(clients_.size());
  clients_.emplace_back().id = id;
  client_of_id_.emplace(id, index);
  return last_client_ = index;
}

std::vector<ClientIndex> Store::clients_in_order() const {
  std::vector<ClientIndex> order(clients_.size());
  std::iota(order.begin(), order.end(), ClientIndex{0});
  std::ranges::sort(order, std::greater{},
                    [this](ClientIndex index) { return clients_[index].id; });
  return order;
}

BlockHandle Store::new_block() {
  ++block_count_;
  if (!free_blocks_.empty()) {
    const BlockHandle handle = free_blocks_.back();
    free_blocks_.pop_back();
    return handle;
  }
  if ((block_end_ & kChunkMask) == 0) {
    chunks_.push_back(std::make_unique_for_overwrite<Block[]>(std::size_t{1} << kChunkBits));
  }
  return block_end_++;
}

void Store::append(BlockHandle handle) {
  const Block& added = block(handle);
  Client& writer = client(added.client);
  assert(added.clock == writer.next_clock);
  writer.index.append(handle, added.clock);
  writer.next_clock = added.end();
}

bool Store::has_live(const ClockRange& range) const {
  const ClientIndex index = find_client(range.client);
  ClockIndex::Place place = place_of({index, static_cast<std::uint32_t>(range.clock)});
  do {
    const Block& each = block(client(index).index.at(place));
    if (each.clock >= range.end()) return false;
    if (!each.deleted()) return true;
  } while (client(index).index.next(place));
  return false;
}

BlockHandle Store::clean_end(Spot spot) {
  const ClockIndex::Place place = place_of(spot);
  const BlockHandle handle = client(spot.client).index.at(place);
  const Block& found = block(handle);
  const std::uint32_t units = spot.clock + 1 - found.clock;
  if (units != found.length && !found.collected()) split(place, spot.client, units);
  return handle;
}

BlockHandle Store::clean_start(Spot spot) {
  const ClockIndex::Place place = place_of(spot);
  const BlockHandle handle = client(spot.client).index.at(place);
  const Block& found = block(handle);
  if (found.clock == spot.clock || found.collected()) return handle;
  return split(place, spot.client, spot.clock - found.clock);
}

BlockHandle Store::split(ClockIndex::Place place, ClientIndex client_index, std::uint32_t units) {
  Client& writer = client(client_index);
  const BlockHandle left_handle = writer.index.at(place);
  const BlockHandle right_handle = new_block();
  Block& left = block(left_handle);
  Block& right = block(right_handle);
  right = left;
  right.clock += units;
  right.length -= units;
  right.set_origin({client_index, right.clock - 1});
  split_content(left, right, units);
  left.length = units;
  left.right = right_handle;
  Sequence& list = sequence(left.sequence);
  if (list.tail == left_handle) list.tail = right_handle;
  if (writer.tail_block == left_handle) writer.tail_block = kNone;
  writer.index.insert_after(place, right_handle, ClockOf{*this});
  splits_.push_back({client_index, right.clock, 1});
  if (left.has(kFlagMapped) && !left.deleted()) {
    left.flags |= kFlagDeleted;
    replaced_.push_back({client_index, left.clock, left.length});
  }
  return right_handle;
}

bool Store::continues(const Block& left, BlockHandle right_handle) const {
  const Block& right = block(right_handle);
  if (left.kind != right.kind) return false;
  if (left.collected()) return true;
  if (left.right != right_handle || left.has(kFlagDeleted) != right.has(kFlagDeleted)) return false;
  if (right.origin() != Spot{left.client, left.end() - 1}) return false;
  if (left.right_origin() != right.right_origin()) return false;
  return left.kind == ContentKind::kDeleted || left.kind == ContentKind::kText ||
         left.kind == ContentKind::kAny || left.kind == ContentKind::kJson;
}

void Store::merge_following(ClockIndex::Place place, ClientIndex client_index) {
  Client& writer = client(client_index);
  const BlockHandle left_handle = writer.index.at(place);
  Block& left = block(left_handle);
  std::uint32_t size = 0;
  merging_.clear();
  ClockIndex::Place next = place;
  while (writer.index.next(next)) {
    const BlockHandle handle = writer.index.at(next);
    if (!continues(merging_.empty() ? left : block(merging_.back()), handle)) break;
    if (merging_.empty()) size = payload_size(left);
    const std::uint32_t more = payload_size(block(handle));
    if (more > 0 && size + more > kPieceBytes) break;
    size += more;
    merging_.push_back(handle);
  }
  if (merging_.empty()) return;
  join_content(left, merging_, size);
  const Block& last = block(merging_.back());
  if (!left.collected()) {
    left.right = last.right;
    Sequence& list = sequence(left.sequence);
    if (list.tail == merging_.back()) list.tail = left_handle;
  }
  left.length = last.end() - left.clock;
  writer.tail_block = kNone;
  for (const BlockHandle merged : merging_) {
    ClockIndex::Place behind = place;
    writer.index.next(behind);
    writer.index.erase(behind, block(merged).end());
    free_blocks_.push_back(merged);
  }
  block_count_ -= merging_.size();
}

SequenceIndex Store::new_sequence(TypeIndex owner) {
  auto index = static_cast<SequenceIndex>(sequences_.size());
  if (free_sequences_.empty()) {
    sequences_.emplace_back();
  } else {
    index = free_sequences_.back();
    free_sequences_.pop_back();
    sequences_[index] = {};
  }
  sequences_[index].type = owner;
  return index;
}

TypeIndex Store::new_type(TypeKind kind, BlockHandle owner, std::uint16_t depth) {
  auto index = static_cast<TypeIndex>(types_.size());
  if (free_types_.empty()) {
    types_.emplace_back();
  } else {
    index = free_types_.back();
    free_types_.pop_back();
    types_[index] = {};
  }
  const SequenceIndex children = new_sequence(index);
  Type& made = types_[index];
  made.kind = kind;
  made.block = owner;
  made.depth = depth;
  made.children = children;
  return index;
}

void Store::free_type(TypeIndex index) {
  for (SequenceIndex at = type(index).first_key; at != kNone; at = sequence(at).next_key) {
    keys_.erase(std::uint64_t{index} << 32 | sequence(at).key);
    free_sequences_.push_back(at);
  }
  free_sequences_.push_back(type(index).children);
  free_types_.push_back(index);
}

TypeIndex Store::find_root(std::string_view wanted) const {
  for (const TypeIndex root : roots_) {
    if (name(type(root).name) == wanted) return root;
  }
  return kNone;
}

TypeIndex Store::add_root(std::string_view wanted) {
  const TypeIndex known = find_root(wanted);
  if (known != kNone) return known;
  const TypeIndex made = new_type(TypeKind::kRoot, kNone, 0);
  type(made).name = intern(wanted);
  roots_.push_back(made);
  return made;
}

SequenceIndex Store::find_key(TypeIndex owner, std::string_view key) const {
  const auto interned = name_of_.find(key);
  if (interned == name_of_.end()) return kNone;
  const auto found = keys_.find(std::uint64_t{owner} << 32 | interned->second);
  return found == keys_.end() ? kNone : found->second;
}

SequenceIndex Store::add_key(TypeIndex owner, std::string_view key) {
  const NameIndex interned = intern(key);
  const auto [place, added] = keys_.try_emplace(std::uint64_t{owner} << 32 | interned, kNone);
  if (!added) return place->second;
  const SequenceIndex index = place->second = new_sequence(owner);
  Sequence& entry = sequences_[index];
  entry.key = interned;
  entry.next_key = type(owner).first_key;
  type(owner).first_key = index;
  return index;
}

NameIndex Store::intern(std::string_view wanted) {
  const auto known = name_of_.find(wanted);
  if (known != name_of_.end()) return known->second;
  const auto index = static_cast<NameIndex>(names_.size());
  name_of_.emplace(names_.emplace_back(wanted), index);
  return index;
}

std::size_t Store::memory_bytes() const {
  constexpr std::size_t kNode = 4 * sizeof(void*);  // of a hash table, about
  std::size_t sum = sizeof *this + arena_.reserved();
  sum += chunks_.size() * (sizeof(Block) << kChunkBits) + chunks_.capacity() * sizeof(void*);
  sum += free_blocks_.capacity() * sizeof(BlockHandle) + splits_.capacity() * sizeof(ClockRange);
  sum += clients_.capacity() * sizeof(Client) + clients_.size() * 2 * kNode;
  for (const Client& writer : clients_)
    sum += writer.index.bytes();
  sum += types_.capacity() * sizeof(Type) + sequences_.capacity() * sizeof(Sequence);
  sum += (free_types_.capacity() + free_sequences_.capacity()) * sizeof(TypeIndex);
  sum += keys_.size() * 2 * kNode + names_.size() * (sizeof(std::string) + 2 * kNode);
  for (const std::string& text : names_)
    sum += text.size() > 15 ? text.capacity() : 0;
  return sum;
}

void Store::shrink() {
  for (Client& writer : clients_)
    writer.index.shrink();
  clients_.shrink_to_fit();
  types_.shrink_to_fit();
  sequences_.shrink_to_fit();
  free_blocks_.shrink_to_fit();
  free_types_.shrink_to_fit();
  free_sequences_.shrink_to_fit();
  release(splits_, replaced_, merging_);
}

}  // namespace plenary::notes
