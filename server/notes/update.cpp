#include "notes/update.hpp"

#include <algorithm>

#include "notes/scratch.hpp"
#include "notes/utf8.hpp"

namespace plenary::notes {

namespace {

constexpr std::uint8_t kHasOrigin = 0x80;
constexpr std::uint8_t kHasRightOrigin = 0x40;
constexpr std::uint8_t kHasKey = 0x20;
constexpr std::uint8_t kKindBits = 0x1F;

std::string_view between(const char* start, const Reader& in) {
  return {start, static_cast<std::size_t>(in.position() - start)};
}

Id read_id(Reader& in) {
  const std::uint64_t client = in.number();
  return {client, in.number_up_to(kMaxClock, RefusalCode::kTooLarge)};
}

void read_values(Reader& in, bool json, Struct& out) {
  const std::size_t count = in.count(1);
  const char* const start = in.position();
  for (std::size_t at = 0; at < count && !in.failed(); ++at) {
    if (json) {
      in.json(true);
    } else {
      in.any();
    }
  }
  if (in.failed()) return;
  out.content = between(start, in);
  out.length = static_cast<std::uint32_t>(count);
}

void read_type(Reader& in, Struct& out) {
  const std::uint64_t kind = in.number_up_to(6, RefusalCode::kBadContent);
  out.type_kind = static_cast<TypeKind>(kind);
  if (out.type_kind == TypeKind::kXmlElement || out.type_kind == TypeKind::kXmlHook) {
    out.content = in.text();
  }
}

void read_content(Reader& in, Struct& out) {
  const char* const start = in.position();
  out.length = 1;
  switch (out.kind) {
    case ContentKind::kCollected:
    case ContentKind::kDeleted:
    case ContentKind::kSkip:
      out.length = static_cast<std::uint32_t>(in.number_up_to(kMaxClock, RefusalCode::kTooLarge));
      return;
    case ContentKind::kJson:
    case ContentKind::kAny:
      return read_values(in, out.kind == ContentKind::kJson, out);
    case ContentKind::kBinary:
      out.content = in.blob();
      return;
    case ContentKind::kText: {
      std::size_t units = 0;
      out.content = in.text(&units);
      out.length = static_cast<std::uint32_t>(std::min<std::size_t>(units, kMaxClock));
      return;
    }
    case ContentKind::kEmbed:
      out.content = in.json(false);
      return;
    case ContentKind::kFormat:
      in.text();
      in.json(false);
      break;
    case ContentKind::kType:
      return read_type(in, out);
    case ContentKind::kDocument:
      in.text();
      in.any();
      break;
  }
  if (!in.failed()) out.content = between(start, in);
}

// What no honest client writes, for it would point at itself or at what it writes later.
bool points_forward(const Struct& one, std::uint64_t client) {
  const auto later = [&](bool has, const Id& id) {
    return has && id.client == client && id.clock >= one.clock;
  };
  return later(one.has_origin, one.origin) || later(one.has_right_origin, one.right_origin) ||
         later(one.parent == Struct::Parent::kItem, one.parent_item);
}

struct Decoding {
  Reader in;
  const Policy& policy;
  Update& update;
  std::uint64_t client = 0;

  void section();
  std::size_t most_bytes(ContentKind kind) const;
  bool allowed(const Struct& one, std::uint64_t& collected);
};

std::size_t Decoding::most_bytes(ContentKind kind) const {
  switch (kind) {
    case ContentKind::kFormat:
      return policy.max_format_bytes;
    case ContentKind::kJson:
    case ContentKind::kBinary:
    case ContentKind::kEmbed:
    case ContentKind::kAny:
    case ContentKind::kDocument:
      return policy.max_value_bytes;
    default:
      return policy.max_bytes;
  }
}

bool Decoding::allowed(const Struct& one, std::uint64_t& collected) {
  if (one.kind == ContentKind::kSkip && !policy.may_skip) in.fail(RefusalCode::kForbidden);
  if (one.kind == ContentKind::kDocument && !policy.may_nest) in.fail(RefusalCode::kForbidden);
  if (one.kind == ContentKind::kCollected || one.kind == ContentKind::kDeleted) {
    collected += one.length;
    if (collected > policy.max_collected_length) in.fail(RefusalCode::kTooLarge);
  }
  if (one.content.size() > most_bytes(one.kind)) in.fail(RefusalCode::kTooLarge);
  return !in.failed();
}

void Decoding::section() {
  const std::size_t count = in.count(2);
  if (update.structs.size() + count > policy.max_structs) return in.fail(RefusalCode::kTooMany);
  client = in.number();
  std::uint64_t clock = in.number_up_to(kMaxClock, RefusalCode::kTooLarge);
  const auto first = static_cast<std::uint32_t>(update.structs.size());
  const auto start = static_cast<std::uint32_t>(clock);
  std::uint64_t collected = 0;
  for (std::size_t at = 0; at < count && !in.failed(); ++at) {
    Struct& one = update.structs.emplace_back();
    if (!read_struct(in, client, static_cast<std::uint32_t>(clock), one)) return;
    if (!allowed(one, collected)) return;
    clock += one.length;
    if (clock > kMaxClock) return in.fail(RefusalCode::kTooLarge);
  }
  if (count == 0) return;
  const auto last = static_cast<std::uint32_t>(update.structs.size());
  update.sections.push_back({client, first, last, start, static_cast<std::uint32_t>(clock)});
}

}  // namespace

void Update::clear() {
  discard(structs);
  discard(sections);
  deleted.clear();
}

bool read_struct(Reader& in, std::uint64_t client, std::uint32_t clock, Struct& out) {
  const std::uint8_t info = in.byte();
  out.clock = clock;
  if ((info & kKindBits) > static_cast<std::uint8_t>(ContentKind::kSkip)) {
    in.fail(RefusalCode::kBadContent);
  }
  out.kind = static_cast<ContentKind>(info & kKindBits);
  if (out.kind != ContentKind::kCollected && out.kind != ContentKind::kSkip) {
    out.has_origin = (info & kHasOrigin) != 0;
    out.has_right_origin = (info & kHasRightOrigin) != 0;
    out.has_key = (info & kHasKey) != 0;
    if (out.has_origin) out.origin = read_id(in);
    if (out.has_right_origin) out.right_origin = read_id(in);
    if (!out.has_origin && !out.has_right_origin) {
      // Yjs takes every number but 1 for "an item".
      const bool root = in.number() == 1;
      out.parent = root ? Struct::Parent::kRoot : Struct::Parent::kItem;
      if (root) {
        out.root = in.text();
      } else {
        out.parent_item = read_id(in);
      }
      if (out.has_key) out.key = in.text();
    }
  }
  if (!in.failed()) read_content(in, out);
  if (!in.failed() && out.length == 0) in.fail(RefusalCode::kBadContent);
  if (!in.failed() && points_forward(out, client)) in.fail(RefusalCode::kBadReference);
  return !in.failed();
}

std::expected<void, Refusal> decode_update(std::string_view bytes, const Policy& policy,
                                           Update& update) {
  update.clear();
  if (bytes.size() > policy.max_bytes) return std::unexpected(Refusal{RefusalCode::kTooLarge});
  Decoding decoding{Reader(bytes), policy, update};
  Reader& in = decoding.in;
  const std::size_t sections_here = in.count(3);
  if (sections_here > policy.max_sections) in.fail(RefusalCode::kTooMany);
  for (std::size_t sections = sections_here; sections > 0 && !in.failed(); --sections) {
    decoding.section();
  }
  if (!in.failed()) read_delete_set(in, policy.max_delete_ranges, update.deleted);
  if (!in.failed() && in.left() > 0) in.fail(RefusalCode::kTrailingBytes);
  if (in.failed()) return std::unexpected(Refusal{in.failure(), decoding.client});
  if (update.sections.size() < 2) return {};
  std::ranges::sort(update.sections, std::greater{}, &Section::client);
  const auto same = [](const Section& left, const Section& right) {
    return left.client == right.client;
  };
  const auto repeated = std::ranges::adjacent_find(update.sections, same);
  if (repeated != update.sections.end()) {
    return std::unexpected(Refusal{RefusalCode::kRepeatedClient, repeated->client});
  }
  return {};
}

ContentRest rest_of_content(ContentKind kind, std::string_view content, std::uint32_t offset) {
  if (offset == 0) return {content};
  if (kind == ContentKind::kText) {
    const UnitPlace place = place_of_unit(content.data(), offset);
    return {content.substr(place.bytes + (place.inside ? 4 : 0)), place.inside};
  }
  if (kind != ContentKind::kJson && kind != ContentKind::kAny) return {content};
  Reader in(content);
  for (; offset > 0; --offset) {
    if (kind == ContentKind::kJson) {
      in.blob();
    } else {
      in.any();
    }
  }
  return {content.substr(content.size() - in.left())};
}

void write_struct(Writer& out, std::uint64_t client, const Struct& from, std::uint32_t offset) {
  const bool collected = from.kind == ContentKind::kCollected || from.kind == ContentKind::kSkip;
  const bool has_origin = !collected && (from.has_origin || offset > 0);
  out.byte(static_cast<std::uint8_t>(
      static_cast<unsigned>(from.kind) | (has_origin ? kHasOrigin : 0U) |
      (from.has_right_origin ? kHasRightOrigin : 0U) | (from.has_key ? kHasKey : 0U)));
  if (has_origin) {
    out.number(offset > 0 ? client : from.origin.client);
    out.number(offset > 0 ? from.clock + offset - 1 : from.origin.clock);
  }
  if (from.has_right_origin) {
    out.number(from.right_origin.client);
    out.number(from.right_origin.clock);
  }
  if (!collected && !has_origin && !from.has_right_origin) {
    out.number(from.parent == Struct::Parent::kRoot ? 1 : 0);
    if (from.parent == Struct::Parent::kRoot) {
      out.blob(from.root);
    } else {
      out.number(from.parent_item.client);
      out.number(from.parent_item.clock);
    }
    if (from.has_key) out.blob(from.key);
  }
  const ContentRest rest = rest_of_content(from.kind, from.content, offset);
  switch (from.kind) {
    case ContentKind::kCollected:
    case ContentKind::kDeleted:
    case ContentKind::kSkip:
      return out.number(from.length - offset);
    case ContentKind::kJson:
    case ContentKind::kAny:
      out.number(from.length - offset);
      return out.raw(rest.bytes);
    case ContentKind::kText:
      out.number(rest.bytes.size() + (rest.half ? kReplacement.size() : 0));
      if (rest.half) out.raw(kReplacement);
      return out.raw(rest.bytes);
    case ContentKind::kType:
      out.number(static_cast<std::uint64_t>(from.type_kind));
      if (from.type_kind != TypeKind::kXmlElement && from.type_kind != TypeKind::kXmlHook) return;
      return out.blob(from.content);
    case ContentKind::kBinary:
    case ContentKind::kEmbed:
      return out.blob(from.content);
    case ContentKind::kFormat:
    case ContentKind::kDocument:
      return out.raw(from.content);
  }
}

}  // namespace plenary::notes
