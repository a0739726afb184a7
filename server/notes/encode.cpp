#include "notes/encode.hpp"

#include <algorithm>

#include "notes/update.hpp"
#include "notes/utf8.hpp"

namespace plenary::notes {

namespace {

void write_id(Writer& out, const Store& store, Spot spot) {
  out.number(store.client(spot.client).id);
  out.number(spot.clock);
}

void write_parent(Writer& out, const Store& store, const Sequence& list) {
  const Type& parent = store.type(list.type);
  if (parent.block == kNone) {
    out.number(1);
    out.blob(store.name(parent.name));
  } else {
    out.number(0);
    const Block& owner = store.block(parent.block);
    write_id(out, store, {owner.client, owner.clock});
  }
  if (list.key != kNone) out.blob(store.name(list.key));
}

// Units [from, to) of a block.
struct Slice {
  const Block* block;
  std::uint32_t from;
  std::uint32_t to;
};
using Run = std::vector<Slice>;  // what Yjs has as one struct

// The bytes of a slice of values.
std::string_view values_of(const Store& store, const Slice& slice) {
  const auto [block, from, to] = slice;
  const std::string_view whole = store.values(*block);
  const auto behind = [&](std::uint32_t units) {
    return whole.size() - rest_of_content(block->kind, whole, units).bytes.size();
  };
  const std::size_t start = behind(from);
  return whole.substr(start, (to == block->length ? whole.size() : behind(to)) - start);
}

// The bytes of a slice of text. Where it cuts a pair, a U+FFFD stands for the half.
struct TextSlice {
  std::string_view bytes;
  bool half_before = false;
  bool half_behind = false;
  std::size_t size() const {
    const std::size_t halves = (half_before ? 1U : 0U) + (half_behind ? 1U : 0U);
    return bytes.size() + halves * kReplacement.size();
  }
};
TextSlice text_of(const Store& store, const Slice& slice) {
  const auto [block, from, to] = slice;
  const std::string_view whole = store.text(*block);
  if (block->has(kFlagAscii)) return {whole.substr(from, to - from)};
  const UnitPlace start = place_of_unit(whole.data(), from);
  const UnitPlace end = place_of_unit(whole.data(), to);
  const std::size_t first = start.bytes + (start.inside ? 4 : 0);
  return {whole.substr(first, end.bytes - first), start.inside, end.inside};
}

void write_text(Writer& out, const Store& store, const Run& run) {
  std::size_t size = 0;
  for (const Slice& slice : run)
    size += text_of(store, slice).size();
  out.number(size);
  for (const Slice& slice : run) {
    const TextSlice text = text_of(store, slice);
    if (text.half_before) out.raw(kReplacement);
    out.raw(text.bytes);
    if (text.half_behind) out.raw(kReplacement);
  }
}

std::uint32_t units_of(const Run& run) {
  std::uint32_t units = 0;
  for (const Slice& slice : run)
    units += slice.to - slice.from;
  return units;
}

void write_content(Writer& out, const Store& store, const Run& run) {
  const Block& block = *run.front().block;
  switch (block.kind) {
    case ContentKind::kCollected:
    case ContentKind::kDeleted:
    case ContentKind::kSkip:
      return out.number(units_of(run));
    case ContentKind::kText:
      return write_text(out, store, run);
    case ContentKind::kJson:
    case ContentKind::kAny:
      out.number(units_of(run));
      for (const Slice& slice : run)
        out.raw(values_of(store, slice));
      return;
    case ContentKind::kType: {
      const Type& type = store.type(block.content);
      out.number(static_cast<std::uint64_t>(type.kind));
      if (type.kind == TypeKind::kXmlElement || type.kind == TypeKind::kXmlHook) {
        out.blob(store.name(type.name));
      }
      return;
    }
    case ContentKind::kBinary:
    case ContentKind::kEmbed:
      return out.blob(store.values(block));
    case ContentKind::kFormat:
    case ContentKind::kDocument:
      return out.raw(store.values(block));
  }
}

void write_run(Writer& out, const Store& store, const Run& run) {
  const auto& [first, from, to] = run.front();
  const Block& block = *first;
  const auto kind = static_cast<unsigned>(block.kind);
  if (block.collected()) {
    out.byte(0);
    return write_content(out, store, run);
  }
  const Spot origin = from > 0 ? Spot{block.client, block.clock + from - 1} : block.origin();
  const Spot right_origin = block.right_origin();
  const Sequence& list = store.sequence(block.sequence);
  out.byte(static_cast<std::uint8_t>(kind | (origin.none() ? 0U : 0x80U) |
                                     (right_origin.none() ? 0U : 0x40U) |
                                     (list.key == kNone ? 0U : 0x20U)));
  if (!origin.none()) write_id(out, store, origin);
  if (!right_origin.none()) write_id(out, store, right_origin);
  if (origin.none() && right_origin.none()) write_parent(out, store, list);
  write_content(out, store, run);
}

// Calls back with every run of a part, in order. What stands under a key stays in its pieces: there
// a run that is cut again would count as replaced.
template <typename Take>
void each_run(const Store& store, const ClientPart& part, const Take& take) {
  if (part.from >= part.to) return;
  const ClockIndex& index = store.client(part.client).index;
  ClockIndex::Place place = store.place_of({part.client, part.from});
  Run run;
  do {
    const BlockHandle handle = index.at(place);
    const Block& block = store.block(handle);
    if (block.clock >= part.to) break;
    const bool goes_on =
        !run.empty() && !block.has(kFlagMapped) && store.continues(*run.back().block, handle);
    if (!goes_on && !run.empty()) {
      take(run);
      run.clear();
    }
    run.push_back({&block, block.clock < part.from ? part.from - block.clock : 0,
                   std::min(block.end(), part.to) - block.clock});
  } while (index.next(place));
  take(run);
}

}  // namespace

StateVector state_vector_of(const Store& store) {
  StateVector vector;
  for (const ClientIndex index : store.clients_in_order()) {
    const Client& client = store.client(index);
    if (client.next_clock > 0) vector.append(client.id, client.next_clock);
  }
  return vector;
}

DeleteSet deleted_of(const Store& store) {
  DeleteSet set;
  for (const ClientIndex index : store.clients_in_order()) {
    const Client& client = store.client(index);
    if (client.index.empty()) continue;
    ClockIndex::Place place = client.index.first_place();
    ClockRange open{client.id, 0, 0};
    do {
      const Block& block = store.block(client.index.at(place));
      if (!block.deleted()) continue;
      if (open.length > 0 && open.end() == block.clock) {
        open.length += block.length;
      } else {
        if (open.length > 0) set.add(open);
        open = {client.id, block.clock, block.length};
      }
    } while (client.index.next(place));
    if (open.length > 0) set.add(open);
  }
  return set;
}

std::size_t count_structs(const Store& store, const ClientPart& part) {
  std::size_t count = 0;
  each_run(store, part, [&count](const Run&) { ++count; });
  return count;
}

void write_structs(Writer& out, const Store& store, const ClientPart& part) {
  each_run(store, part, [&](const Run& run) { write_run(out, store, run); });
}

namespace {

void encode_parts(const Store& store, const std::vector<ClientPart>& parts, Writer& out) {
  out.number(parts.size());
  for (const ClientPart& part : parts) {
    out.number(count_structs(store, part));
    out.number(store.client(part.client).id);
    out.number(part.from);
    write_structs(out, store, part);
  }
}

}  // namespace

void encode_diff(const Store& store, const StateVector& known, std::string& out) {
  std::vector<ClientPart> parts;
  for (const ClientIndex index : store.clients_in_order()) {
    const Client& client = store.client(index);
    const std::uint64_t from = known.next_clock(client.id);
    if (from < client.next_clock) {
      parts.push_back({index, static_cast<std::uint32_t>(from), client.next_clock});
    }
  }
  Writer writer(out);
  encode_parts(store, parts, writer);
  encode(deleted_of(store), out);
}

void encode_at(const Store& store, const Snapshot& snapshot, std::string& out) {
  std::vector<ClientPart> parts;
  for (const auto& [id, next_clock] : snapshot.known.entries()) {
    if (next_clock == 0) continue;
    const ClientIndex index = store.find_client(id);
    parts.push_back({index, 0, static_cast<std::uint32_t>(next_clock)});
  }
  Writer writer(out);
  encode_parts(store, parts, writer);
  encode(snapshot.deleted, out);
}

}  // namespace plenary::notes
