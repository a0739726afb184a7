// The deleting half of integrate.hpp: deletion, collection of what is deleted, merging. Children
// are gone through with a stack of our own; nothing here recurses.
#include <algorithm>
#include <cassert>

#include "notes/integrate.hpp"
#include "notes/scratch.hpp"

namespace plenary::notes {

namespace {

// Sorts and joins ranges that are tagged with indexes.
void join(std::vector<ClockRange>& ranges) {
  if (ranges.size() < 2) return;
  std::ranges::sort(ranges, {},
                    [](const ClockRange& range) { return std::pair(range.client, range.clock); });
  std::size_t last = 0;
  for (std::size_t at = 1; at < ranges.size(); ++at) {
    ClockRange& left = ranges[last];
    const ClockRange& right = ranges[at];
    if (left.client == right.client && right.clock <= left.end()) {
      left.length = std::max(left.end(), right.end()) - left.clock;
    } else {
      ranges[++last] = right;
    }
  }
  ranges.resize(last + 1);
}

Spot spot_of(const ClockRange& range) {
  return {static_cast<ClientIndex>(range.client), static_cast<std::uint32_t>(range.clock)};
}

}  // namespace

DeleteSet Transaction::remove(const DeleteSet& set) {
  DeleteSet rest;
  for (const ClockRange& range : set.ranges()) {
    const ClientIndex index = store_.find_client(range.client);
    const std::uint64_t known = index == kNoClient ? 0 : store_.client(index).next_clock;
    if (range.clock < known) {
      remove_range(index, static_cast<std::uint32_t>(range.clock),
                   static_cast<std::uint32_t>(std::min(range.end(), known)));
      store_.compact_if_worthwhile();  // what many cuts left behind
    }
    const std::uint64_t from = std::max(range.clock, known);
    if (from < range.end()) rest.add({range.client, from, range.end() - from});
  }
  return rest;
}

void Transaction::remove_range(ClientIndex index, std::uint32_t from, std::uint32_t to) {
  Client& writer = store_.client(index);
  ClockIndex::Place place = store_.place_of({index, from});
  const Block& first = store_.block(writer.index.at(place));
  if (!first.deleted() && first.clock < from) {
    store_.split(place, index, from - first.clock);
    place = store_.place_of({index, from});
  }
  bool more = true;
  while (more) {
    const BlockHandle handle = writer.index.at(place);
    const Block& block = store_.block(handle);
    if (block.clock >= to) break;
    if (!block.deleted()) {
      if (block.end() > to) {
        store_.split(place, index, to - block.clock);
        place = store_.place_of({index, block.clock});
      }
      remove_block(handle);
    }
    more = writer.index.next(place);
  }
}

void Transaction::remove_block(BlockHandle handle) {
  stack_.push_back(handle);
  while (!stack_.empty()) {
    Block& block = store_.block(stack_.back());
    stack_.pop_back();
    if (block.deleted()) continue;
    block.flags |= kFlagDeleted;
    removed_.push_back({block.client, block.clock, block.length});
    if (block.kind == ContentKind::kType) remove_children(block.content);
  }
}

void Transaction::remove_children(TypeIndex index) {
  const Type& type = store_.type(index);
  const auto push = [this](BlockHandle child) {
    if (!store_.block(child).deleted()) stack_.push_back(child);
  };
  for (BlockHandle at = store_.sequence(type.children).head; at != kNone;) {
    push(at);
    at = store_.block(at).right;
  }
  for (SequenceIndex key = type.first_key; key != kNone; key = store_.sequence(key).next_key) {
    if (store_.sequence(key).tail != kNone) push(store_.sequence(key).tail);
  }
}

void Transaction::make_collected(BlockHandle handle) {
  Block& block = store_.block(handle);
  touched_.push_back({block.client, block.clock, block.length});
  store_.drop_content(block);
  block.kind = ContentKind::kCollected;
  block.flags = 0;
  block.sequence = kNone;
  block.right = kNone;
  block.content = 0;
  block.set_origin({});
  block.set_right_origin({});
}

// Takes the children of a type out of it; those that are types themselves go on the stack first.
void Transaction::collect_children(BlockHandle handle) {
  const TypeIndex index = store_.block(handle).content;
  const auto take = [this](SequenceIndex list) {
    for (BlockHandle at = store_.sequence(list).head; at != kNone;) {
      const BlockHandle child = at;
      at = store_.block(child).right;
      assert(store_.block(child).deleted());
      if (store_.block(child).kind == ContentKind::kType) {
        stack_.push_back(child);
      } else {
        make_collected(child);
      }
    }
    store_.sequence(list).head = kNone;
    store_.sequence(list).tail = kNone;
  };
  take(store_.type(index).children);
  for (SequenceIndex key = store_.type(index).first_key; key != kNone;) {
    take(key);
    key = store_.sequence(key).next_key;
  }
  store_.free_type(index);
}

void Transaction::collect(BlockHandle handle) {
  if (store_.block(handle).kind == ContentKind::kType) {
    collect_children(handle);
    while (!stack_.empty()) {
      const BlockHandle child = stack_.back();
      stack_.pop_back();
      collect_children(child);
      make_collected(child);
    }
  }
  Block& block = store_.block(handle);
  store_.drop_content(block);
  block.kind = ContentKind::kDeleted;
  block.content = 0;
}

void Transaction::collect_range(const ClockRange& range) {
  const Client& writer = store_.client(static_cast<ClientIndex>(range.client));
  ClockIndex::Place place = store_.place_of(spot_of(range));
  do {
    const BlockHandle handle = writer.index.at(place);
    const Block& block = store_.block(handle);
    if (block.clock >= range.end()) break;
    if (block.deleted() && !block.collected() && block.kind != ContentKind::kDeleted) {
      collect(handle);
    }
  } while (writer.index.next(place));
}

void Transaction::merge_range(const ClockRange& range) {
  const auto index = static_cast<ClientIndex>(range.client);
  const Client& writer = store_.client(index);
  ClockIndex::Place place = store_.place_of(spot_of(range));
  writer.index.previous(place);  // if there is one: the first may be merged into it
  do {
    store_.merge_following(place, index);
  } while (writer.index.next(place) && store_.block(writer.index.at(place)).clock < range.end());
}

void Transaction::name_clients(std::vector<ClockRange>& ranges, DeleteSet& out) const {
  out.clear();
  for (const ClockRange& range : ranges)
    out.add(named(range));
  out.normalize();
}

void Transaction::finish(bool collect) {
  removed_.insert(removed_.end(), store_.replaced().begin(), store_.replaced().end());
  join(removed_);
  if (collect) {
    for (const ClockRange& range : removed_)
      collect_range(range);
  }
  touched_.insert(touched_.end(), store_.splits().begin(), store_.splits().end());
  touched_.insert(touched_.end(), removed_.begin(), removed_.end());
  join(touched_);
  for (const ClockRange& range : touched_)
    merge_range(range);
  name_clients(added_, inserted_);
  name_clients(removed_, deleted_);
  begin();
  discard(stack_);
  store_.compact_if_worthwhile();
}

void Transaction::collect_everything() {
  begin();
  for (ClientIndex index = 0; index < store_.client_count(); ++index) {
    const Client& writer = store_.client(index);
    if (writer.index.empty()) continue;
    ClockIndex::Place place = writer.index.first_place();
    do {
      const Block& block = store_.block(writer.index.at(place));
      if (block.deleted() && !block.collected()) {
        removed_.push_back({index, block.clock, block.length});
      }
    } while (writer.index.next(place));
  }
  finish(true);
}

}  // namespace plenary::notes
