#include "notes/pending_encode.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include "notes/encode.hpp"

namespace plenary::notes {

namespace {

using Parts = std::vector<const Pending::Part*>;

// Writes the structs of one client; the caller writes their count before them.
class SectionWriter {
 public:
  SectionWriter(std::string& out, std::uint64_t client, std::uint64_t clock)
      : out_(out), client_(client), clock_(clock) {}

  void known(const Store& store, const ClientPart& part) {
    count_ += count_structs(store, part);
    write_structs(out_, store, part);
    clock_ = part.to;
  }

  void waiting(const Pending::Part& part) {
    Update update;
    if (!decode_update(part.bytes, kFromStore, update)) return;
    for (const Struct& one : update.structs) {
      if (one.kind == ContentKind::kSkip || one.end() <= clock_) continue;
      if (one.clock > clock_) {
        out_.byte(static_cast<std::uint8_t>(ContentKind::kSkip));
        out_.number(one.clock - clock_);
        clock_ = one.clock;
        ++count_;
      }
      write_struct(out_, client_, one, static_cast<std::uint32_t>(clock_ - one.clock));
      clock_ = one.end();
      ++count_;
    }
  }
  std::size_t count() const { return count_; }

 private:
  Writer out_;
  std::uint64_t client_;
  std::uint64_t clock_;
  std::size_t count_ = 0;
};

}  // namespace

void encode_with_pending(const Store& store, const Pending& pending, const StateVector& known,
                         std::string& out) {
  std::map<std::uint64_t, Parts, std::greater<>> clients;
  for (const ClientIndex index : store.clients_in_order()) {
    const Client& client = store.client(index);
    if (known.next_clock(client.id) < client.next_clock) clients[client.id];
  }
  for (const Pending::Part& part : pending.parts()) {
    if (known.next_clock(part.client) < part.end_clock) clients[part.client].push_back(&part);
  }
  Writer writer(out);
  writer.number(clients.size());
  for (auto& [id, parts] : clients) {
    std::ranges::sort(parts, {}, &Pending::Part::clock);
    std::uint64_t clock = known.next_clock(id);
    const std::uint32_t next_clock = store.next_clock(id);
    const bool has_known = clock < next_clock;
    if (!has_known) clock = std::max<std::uint64_t>(clock, parts.front()->clock);
    std::string structs;
    SectionWriter section(structs, id, clock);
    if (has_known) {
      section.known(store, {store.find_client(id), static_cast<std::uint32_t>(clock), next_clock});
    }
    for (const Pending::Part* part : parts)
      section.waiting(*part);
    writer.number(section.count());
    writer.number(id);
    writer.number(clock);
    writer.raw(structs);
  }
  DeleteSet deleted = deleted_of(store);
  for (const ClockRange& range : pending.deleted().ranges())
    deleted.add(range);
  deleted.normalize();
  encode(deleted, out);
}

std::optional<Refusal> first_lack(const Store& store, const Snapshot& snapshot) {
  for (const auto& [id, next_clock] : snapshot.known.entries()) {
    if (next_clock == 0) continue;
    if (store.next_clock(id) < next_clock)
      return Refusal{RefusalCode::kUnknownClock, id, next_clock};
    const Client& client = store.client(store.find_client(id));
    ClockIndex::Place place = client.index.first_place();
    do {
      const Block& block = store.block(client.index.at(place));
      if (block.clock >= next_clock) break;
      if (!block.collected() && block.kind != ContentKind::kDeleted) continue;
      const std::uint64_t end = std::min<std::uint64_t>(block.end(), next_clock);
      if (snapshot.deleted.contains_all({id, block.clock, end - block.clock})) continue;
      return Refusal{RefusalCode::kForbidden, id, block.clock};
    } while (client.index.next(place));
  }
  for (const ClockRange& range : snapshot.deleted.ranges()) {
    if (range.end() > snapshot.known.next_clock(range.client)) {
      return Refusal{RefusalCode::kUnknownClock, range.client, range.end()};
    }
  }
  return std::nullopt;
}

}  // namespace plenary::notes
