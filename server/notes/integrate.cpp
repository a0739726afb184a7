#include "notes/integrate.hpp"

#include <cassert>
#include <string>

#include "notes/bytes.hpp"
#include "notes/scratch.hpp"
#include "notes/utf8.hpp"

namespace plenary::notes {

void Transaction::begin() {
  scanned_ever_ += scanned_;
  scanned_ = 0;
  discard(removed_);
  discard(added_);
  discard(touched_);
  discard(store_.splits());
  discard(store_.replaced());
}

bool Transaction::continue_run(ClientIndex client, const Struct& one) {
  if (!continues_run(client, one)) return false;
  store_.extend_text(store_.client(client).index.last(), one.content, one.length);
  added_.push_back({client, one.clock, one.length});
  return true;
}

bool Transaction::continues_run(ClientIndex client, const Struct& one) const {
  if (one.kind != ContentKind::kText || !one.has_origin) return false;
  const Client& writer = store_.client(client);
  if (one.origin != Id{writer.id, std::uint64_t{one.clock} - 1} || writer.index.empty())
    return false;
  const BlockHandle handle = writer.index.last();
  const Block& last = store_.block(handle);
  if (last.kind != ContentKind::kText || last.has(kFlagDeleted | kFlagMapped)) {
    return false;
  }
  if (one.has_right_origin) {
    if (last.right == kNone || last.right_origin_client == kNoClient) return false;
    const Id right{store_.client(last.right_origin_client).id, last.right_origin_clock};
    const Block& next = store_.block(last.right);
    if (one.right_origin != right || next.client != last.right_origin_client ||
        next.clock != last.right_origin_clock) {
      return false;
    }
  } else if (last.right != kNone || last.right_origin_client != kNoClient) {
    return false;
  }
  return store_.has_room(handle, one.content.size());
}

// The list that a struct without origins says it begins; kNone if its parent is gone.
SequenceIndex Transaction::resolve_parent(const Struct& one) {
  TypeIndex type = kNone;
  if (one.parent == Struct::Parent::kRoot) {
    type = store_.add_root(one.root);
  } else {
    const ClientIndex owner = store_.find_client(one.parent_item.client);
    const auto clock = static_cast<std::uint32_t>(one.parent_item.clock);
    const Block& parent = store_.block(store_.find({owner, clock}));
    if (parent.kind != ContentKind::kType) return kNone;
    type = parent.content;
  }
  return one.has_key ? store_.add_key(type, one.key) : store_.type(type).children;
}

Transaction::Place Transaction::resolve(ClientIndex client, const Struct& one,
                                        std::uint32_t offset) {
  Place place;
  const auto spot = [this](const Id& id) {
    return Spot{store_.find_client(id.client), static_cast<std::uint32_t>(id.clock)};
  };
  // Right first: should both be in one block, its splitting must not leave `left` without its end.
  if (one.has_right_origin) {
    place.right_origin = spot(one.right_origin);
    place.right = store_.clean_start(place.right_origin);
    if (store_.block(place.right).collected()) return {};
  }
  if (offset > 0) {
    // It goes on where its beginning stands, whatever it says of itself now.
    place.origin = {client, one.clock + offset - 1};
  } else if (one.has_origin) {
    place.origin = spot(one.origin);
  }
  if (!place.origin.none()) {
    place.left = store_.clean_end(place.origin);
    if (store_.block(place.left).collected()) return {};
    place.sequence = store_.block(place.left).sequence;
    // Only where one of both is gone already (the planner refuses it elsewhere).
    if (place.right != kNone && store_.block(place.right).sequence != place.sequence) return {};
  } else if (place.right != kNone) {
    place.sequence = store_.block(place.right).sequence;
  } else {
    place.sequence = resolve_parent(one);
  }
  return place;
}

bool Transaction::has_conflict(const Place& place) const {
  if (place.left != kNone) return store_.block(place.left).right != place.right;
  if (place.right == kNone) return true;
  return store_.sequence(store_.block(place.right).sequence).head != place.right;
}

// Answers the block to stand behind, kNone for the beginning. `passed_` holds what was gone over,
// in order; the conflict set of the paper is what was passed since `conflicts_from`.
BlockHandle Transaction::scan(ClientIndex client, const Place& place) {
  const std::uint64_t own_id = store_.client(client).id;
  BlockHandle left = place.left;
  BlockHandle at = left != kNone ? store_.block(left).right : store_.sequence(place.sequence).head;
  std::uint32_t conflicts_from = 0;
  passed_.clear();
  while (at != kNone && at != place.right) {
    ++scanned_;
    passed_.add(at);
    const Block& other = store_.block(at);
    if (other.origin() == place.origin) {
      if (store_.client(other.client).id < own_id) {
        left = at;
        conflicts_from = passed_.size();
      } else if (other.right_origin() == place.right_origin) {
        break;
      }
    } else if (!other.origin().none()) {
      const std::uint32_t origin = passed_.position(store_.find(other.origin()));
      if (origin == ScanSet::kAbsent) break;
      if (origin < conflicts_from) {
        left = at;
        conflicts_from = passed_.size();
      }
    } else {
      break;
    }
    at = other.right;
  }
  return left;
}

void Transaction::link(BlockHandle added, BlockHandle left) {
  Block& block = store_.block(added);
  Sequence& list = store_.sequence(block.sequence);
  if (left != kNone) {
    block.right = store_.block(left).right;
    store_.block(left).right = added;
  } else {
    block.right = list.head;
    list.head = added;
  }
  if (block.right != kNone) return;
  list.tail = added;
  // The last one under a key is its value; the one before is replaced by it.
  if (block.has(kFlagMapped) && left != kNone) remove_block(left);
}

void Transaction::fill_content(BlockHandle added, const Struct& one, std::string_view content) {
  Block& block = store_.block(added);
  switch (block.kind) {
    case ContentKind::kText:
      return store_.set_text(block, content);
    case ContentKind::kType: {
      const Type& parent = store_.type(store_.sequence(block.sequence).type);
      const auto depth = static_cast<std::uint16_t>(parent.depth + 1);
      block.content = store_.new_type(one.type_kind, added, depth);
      store_.type(block.content).name = store_.intern(one.content);
      return;
    }
    case ContentKind::kDeleted:
      block.flags |= kFlagDeleted;
      removed_.push_back({block.client, block.clock, block.length});
      return;
    case ContentKind::kCollected:
    case ContentKind::kSkip:
      return;
    default:
      return store_.set_values(block, content);
  }
}

void Transaction::add_collected(ClientIndex client, std::uint32_t length) {
  Client& writer = store_.client(client);
  if (!writer.index.empty()) {
    Block& last = store_.block(writer.index.last());
    if (last.collected()) {
      last.length += length;
      writer.next_clock += length;
      return;
    }
  }
  const BlockHandle added = store_.new_block();
  Block& block = store_.block(added);
  block = {};
  block.clock = writer.next_clock;
  block.length = length;
  block.right = kNone;
  block.sequence = kNone;
  block.client = client;
  block.set_origin({});
  block.set_right_origin({});
  block.kind = ContentKind::kCollected;
  store_.append(added);
}

// The beginning of a text or of a row of values, as much of it as a piece holds.
Transaction::Content Transaction::first_piece(ContentKind kind, const Content& whole) {
  if (whole.bytes.size() <= kPieceBytes || whole.units == 1) return whole;
  if (kind == ContentKind::kText) {
    std::size_t end = kPieceBytes;
    while ((static_cast<unsigned char>(whole.bytes[end]) & 0xC0) == 0x80)
      --end;
    const std::string_view piece = whole.bytes.substr(0, end);
    return {piece, static_cast<std::uint32_t>(utf16_length(piece))};
  }
  Reader in(whole.bytes);
  Content piece{{}, 0};
  while (piece.units < whole.units) {
    if (kind == ContentKind::kJson) {
      in.blob();
    } else {
      in.any();
    }
    const std::size_t end = whole.bytes.size() - in.left();
    if (piece.units > 0 && end > kPieceBytes) break;
    piece = {whole.bytes.substr(0, end), piece.units + 1};
  }
  return piece;
}

void Transaction::integrate(ClientIndex client, const Struct& one, std::uint32_t offset) {
  if (offset == 0 && continue_run(client, one)) return;
  store_.compact_if_worthwhile();  // what many cuts left behind
  const std::uint32_t clock = one.clock + offset;
  const std::uint32_t length = one.length - offset;
  assert(clock == store_.client(client).next_clock);
  added_.push_back({client, clock, length});
  if (one.kind == ContentKind::kCollected) return add_collected(client, length);
  const Place place = resolve(client, one, offset);
  if (place.sequence == kNone) return add_collected(client, length);
  // A run that goes on could be one block with what it goes on from.
  if (place.origin == Spot{client, clock - 1}) touched_.push_back({client, clock, 1});
  const ContentRest rest = rest_of_content(one.kind, one.content, offset);
  if (rest.half) {
    put(client, one, place, {std::string(kReplacement).append(rest.bytes), length});
  } else {
    put(client, one, place, {rest.bytes, length});
  }
}

// Makes the blocks of one struct, one behind the other.
void Transaction::put(ClientIndex client, const Struct& one, const Place& place, Content content) {
  const Sequence& list = store_.sequence(place.sequence);
  const bool mapped = list.key != kNone;
  const Type& parent = store_.type(list.type);
  const bool gone = parent.block != kNone && store_.block(parent.block).deleted();
  const bool cut = !mapped && (one.kind == ContentKind::kText || one.kind == ContentKind::kAny ||
                               one.kind == ContentKind::kJson);
  BlockHandle left = has_conflict(place) ? scan(client, place) : place.left;
  Spot origin = place.origin;
  while (content.units > 0) {
    const Content piece = cut ? first_piece(one.kind, content) : content;
    const BlockHandle added = store_.new_block();
    Block& block = store_.block(added);
    block = {};
    block.clock = store_.client(client).next_clock;
    block.length = piece.units;
    block.client = client;
    block.sequence = place.sequence;
    block.set_origin(origin);
    block.set_right_origin(place.right_origin);
    block.kind = one.kind;
    if (mapped) block.flags |= kFlagMapped;
    fill_content(added, one, piece.bytes);
    link(added, left);
    store_.append(added);
    if (gone || (mapped && store_.block(added).right != kNone)) remove_block(added);
    left = added;
    origin = {client, block.end() - 1};
    content = {content.bytes.substr(piece.bytes.size()), content.units - piece.units};
  }
}

}  // namespace plenary::notes
