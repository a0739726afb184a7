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

// Where `units` units of values end.
std::size_t bytes_of_values(ContentKind kind, std::string_view bytes, std::uint32_t units) {
  return bytes.size() - rest_of_content(kind, bytes, units).bytes.size();
}

void write_text(Writer& out, std::string_view whole, bool ascii, std::uint32_t from,
                std::uint32_t to) {
  if (ascii) return out.blob(whole.substr(from, to - from));
  const UnitPlace start = place_of_unit(whole.data(), from);
  const UnitPlace end = place_of_unit(whole.data(), to);
  const std::size_t first = start.bytes + (start.inside ? 4 : 0);
  const std::string_view middle = whole.substr(first, end.bytes - first);
  const std::size_t extra =
      (start.inside ? kReplacement.size() : 0U) + (end.inside ? kReplacement.size() : 0U);
  out.number(middle.size() + extra);
  if (start.inside) out.raw(kReplacement);
  out.raw(middle);
  if (end.inside) out.raw(kReplacement);
}

void write_content(Writer& out, const Store& store, const Block& block, std::uint32_t from,
                   std::uint32_t to) {
  switch (block.kind) {
    case ContentKind::kCollected:
    case ContentKind::kDeleted:
    case ContentKind::kSkip:
      return out.number(to - from);
    case ContentKind::kText:
      return write_text(out, store.text(block), block.has(kFlagAscii), from, to);
    case ContentKind::kJson:
    case ContentKind::kAny: {
      const std::string_view whole = store.values(block);
      const std::size_t start = bytes_of_values(block.kind, whole, from);
      const std::size_t end =
          to == block.length ? whole.size() : bytes_of_values(block.kind, whole, to);
      out.number(to - from);
      return out.raw(whole.substr(start, end - start));
    }
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

bool places(const Store& store, const ClientPart& part, ClockIndex::Place& place) {
  if (part.from >= part.to) return false;
  place = store.place_of({part.client, part.from});
  return true;
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

void write_block(Writer& out, const Store& store, const Block& block, std::uint32_t from,
                 std::uint32_t to) {
  const auto kind = static_cast<unsigned>(block.kind);
  if (block.collected()) {
    out.byte(0);
    return out.number(to - from);
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
  write_content(out, store, block, from, to);
}

std::size_t count_structs(const Store& store, const ClientPart& part) {
  ClockIndex::Place place;
  if (!places(store, part, place)) return 0;
  const ClockIndex& index = store.client(part.client).index;
  std::size_t count = 0;
  do {
    if (store.block(index.at(place)).clock >= part.to) break;
    ++count;
  } while (index.next(place));
  return count;
}

void write_structs(Writer& out, const Store& store, const ClientPart& part) {
  ClockIndex::Place place;
  if (!places(store, part, place)) return;
  const ClockIndex& index = store.client(part.client).index;
  do {
    const Block& block = store.block(index.at(place));
    if (block.clock >= part.to) break;
    const std::uint32_t from = block.clock < part.from ? part.from - block.clock : 0;
    write_block(out, store, block, from, std::min(block.end(), part.to) - block.clock);
  } while (index.next(place));
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
    const ClientIndex index = store.find_client(id);
    parts.push_back({index, 0, static_cast<std::uint32_t>(next_clock)});
  }
  Writer writer(out);
  encode_parts(store, parts, writer);
  encode(snapshot.deleted, out);
}

}  // namespace plenary::notes
