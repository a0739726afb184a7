#include "notes/document.hpp"

#include <algorithm>
#include <optional>

#include "notes/encode.hpp"
#include "notes/integrate.hpp"
#include "notes/pending.hpp"
#include "notes/pending_encode.hpp"
#include "notes/plan.hpp"
#include "notes/scratch.hpp"
#include "notes/store.hpp"
#include "notes/update.hpp"

namespace plenary::notes {

struct Document::Parts {
  explicit Parts(DocumentOptions given) : options(std::move(given)) {
    Limits& limits = options.limits;
    limits.max_clients = std::min(limits.max_clients, kMostClients);
    limits.max_content_bytes = std::min(limits.max_content_bytes, kMostContentBytes);
    limits.max_blocks = std::min(limits.max_blocks, kMostBlocks);
    limits.max_types = std::min(limits.max_types, kMostTypes);
    for (const std::string& root : options.roots)
      store.add_root(root);
  }

  std::expected<void, Refusal> admit(std::string_view bytes, const Policy& policy);
  bool may_be_costly(const Policy& policy) const;
  std::expected<void, Refusal> try_on_a_copy(const Policy& policy);
  std::expected<std::optional<Pending>, Refusal> park() const;
  void integrate();
  void retry();
  bool deletes_something() const;
  bool read_keystroke(std::string_view bytes, const Policy& policy);

  DocumentOptions options;
  Store store;
  Pending pending;
  std::int64_t pending_since_ms = 0;
  // Used again for every update, so that a keystroke takes nothing from the heap.
  Update update;
  struct {
    ClientIndex client;
    Struct text;
  } keystroke;
  std::vector<ClockRange> inserts;  // what the last check() told
  Transaction transaction{store};
  Planner planner{store, options.limits, !options.roots.empty()};
};

// Decodes into `update` and plans it.
std::expected<void, Refusal> Document::Parts::admit(std::string_view bytes, const Policy& policy) {
  if (auto decoded = decode_update(bytes, policy, update); !decoded) return decoded;
  if (auto planned = planner.plan(update, policy); !planned) return planned;
  if (may_be_costly(policy)) return try_on_a_copy(policy);
  return {};
}

bool Document::Parts::may_be_costly(const Policy& policy) const {
  if (policy.max_scanned == kUnbounded || update.structs.empty()) return false;
  const std::uint64_t ever = transaction.scanned_ever();
  const std::uint64_t left =
      ever < options.limits.max_scanned ? options.limits.max_scanned - ever : 0;
  const std::uint64_t budget = std::min(policy.max_scanned, left);
  return planner.most_scanned(budget) > budget;
}

// The cost of concurrent inserts is known only when they are made. So that a refusal leaves nothing
// behind, an update that could be too costly is first made in a copy.
std::expected<void, Refusal> Document::Parts::try_on_a_copy(const Policy& policy) {
  Store copy = store.clone();
  Transaction trial(copy);
  for (const PlannedRun& run : planner.runs()) {
    const ClientIndex client = copy.add_client(update.sections[run.section].client);
    for (std::uint32_t at = run.from; at < run.to; ++at) {
      const Struct& one = update.structs[at];
      const std::uint32_t known = copy.client(client).next_clock;
      if (one.kind == ContentKind::kSkip || one.end() <= known) continue;
      const std::uint64_t before = trial.scanned();
      trial.integrate(client, one, known - one.clock);
      const std::uint64_t scanned = trial.scanned();
      // Who has nothing to search for may still write in a document that is full of conflicts.
      if (scanned > before && (scanned > policy.max_scanned ||
                               transaction.scanned_ever() + scanned > options.limits.max_scanned)) {
        return std::unexpected(Refusal{RefusalCode::kOverBudget, copy.client(client).id});
      }
    }
  }
  return {};
}

// What would wait with what waits already; nothing if the planned update adds nothing to it.
std::expected<std::optional<Pending>, Refusal> Document::Parts::park() const {
  DeleteSet deleted;
  for (const ClockRange& range : update.deleted.ranges()) {
    const std::uint64_t known = std::max(range.clock, planner.next_clock(range.client));
    if (known < range.end()) deleted.add({range.client, known, range.end() - known});
  }
  if (planner.parked().empty() && deleted.empty()) return std::nullopt;
  Pending more = pending;
  for (const Parked& rest : planner.parked()) {
    if (!more.park(update, rest, options.limits)) {
      return std::unexpected(
          Refusal{RefusalCode::kFull, update.sections[rest.section].client, rest.known});
    }
  }
  if (!more.park(deleted, options.limits)) return std::unexpected(Refusal{RefusalCode::kFull});
  return more;
}

void Document::Parts::integrate() {
  for (const PlannedRun& run : planner.runs()) {
    const std::uint64_t id = update.sections[run.section].client;
    for (std::uint32_t at = run.from; at < run.to; ++at) {
      const Struct& one = update.structs[at];
      const std::uint32_t known = store.next_clock(id);
      if (one.kind == ContentKind::kSkip || one.end() <= known) continue;
      transaction.integrate(store.add_client(id), one, known - one.clock);
    }
  }
}

bool Document::Parts::deletes_something() const {
  const auto is_news = [this](const ClockRange& range) {
    return range.end() > store.next_clock(range.client) || store.has_live(range);
  };
  return std::ranges::any_of(update.deleted.ranges(), is_news);
}

// Structs and deletions that waited, as long as one more can go in.
void Document::Parts::retry() {
  if (pending.empty()) return;
  const auto is_known = [this](const Id& id) { return id.clock < store.next_clock(id.client); };
  const auto is_ready = [&](const Pending::Part& part) {
    return is_known(part.missing) || is_known({part.client, part.clock});
  };
  Pending::Part part;
  while (pending.take_ready(is_ready, part)) {
    // What was taken once and turns out impossible now is dropped: its sender broke the rules.
    if (!decode_update(part.bytes, kFromStore, update) || !planner.plan(update, kFromStore))
      continue;
    for (const Parked& rest : planner.parked())
      pending.park(update, rest, options.limits);
    integrate();
  }
  pending.deleted() = transaction.remove(pending.deleted());
}

// Into `keystroke`: one run of text that goes on where its client stopped, and nothing else; most
// of what ever arrives.
bool Document::Parts::read_keystroke(std::string_view bytes, const Policy& policy) {
  if (bytes.size() > 128 || bytes.size() > policy.max_bytes || !pending.empty()) return false;
  Reader in(bytes);
  if (in.number() != 1 || in.number() != 1) return false;
  const ClientIndex client = store.find_client(in.number());
  const std::uint64_t clock = in.number();
  if (client == kNoClient || clock != store.client(client).next_clock) return false;
  Struct one;
  if (!read_struct(in, store.client(client).id, static_cast<std::uint32_t>(clock), one))
    return false;
  if (in.number() != 0 || in.failed() || in.left() > 0) return false;
  if (clock + one.length > kMaxClock ||
      store.content_bytes() + one.content.size() > options.limits.max_content_bytes) {
    return false;
  }
  keystroke = {client, one};
  return transaction.continues_run(client, one);
}

Document::Document(DocumentOptions options) : parts_(std::make_unique<Parts>(std::move(options))) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

std::expected<Admission, Refusal> Document::check(std::string_view bytes, const Policy& policy) {
  Parts& parts = *parts_;
  parts.inserts.clear();
  if (parts.read_keystroke(bytes, policy)) {
    const Client& writer = parts.store.client(parts.keystroke.client);
    parts.inserts.push_back({writer.id, writer.next_clock, parts.keystroke.text.length});
    return Admission{true, false, parts.inserts};
  }
  if (auto admitted = parts.admit(bytes, policy); !admitted) {
    parts.update.clear();
    return std::unexpected(admitted.error());
  }
  Admission admission;
  for (const Section& section : parts.update.sections) {
    const std::uint64_t known = parts.store.next_clock(section.client);
    const std::uint64_t then = parts.planner.next_clock(section.client);
    if (then > known) parts.inserts.push_back({section.client, known, then - known});
  }
  admission.inserts = parts.inserts;
  const auto parked = parts.park();
  if (!parked) {
    parts.update.clear();
    return std::unexpected(parked.error());
  }
  admission.waits = parked->has_value();
  admission.changes = !admission.inserts.empty() || admission.waits || parts.deletes_something();
  parts.update.clear();
  return admission;
}

std::expected<Outcome, Refusal> Document::apply(std::string_view bytes, const Policy& policy,
                                                std::int64_t now_ms) {
  Parts& parts = *parts_;
  parts.transaction.begin();
  if (parts.read_keystroke(bytes, policy)) {
    parts.transaction.continue_run(parts.keystroke.client, parts.keystroke.text);
    parts.transaction.finish_keystroke();
    return Outcome{true, false, parts.transaction.inserted().ranges().front().length, 0};
  }
  if (auto admitted = parts.admit(bytes, policy); !admitted) {
    parts.update.clear();
    parts.transaction.forget();
    return std::unexpected(admitted.error());
  }
  auto parked = parts.park();
  if (!parked) {
    parts.update.clear();
    parts.transaction.forget();
    return std::unexpected(parked.error());
  }
  Outcome outcome;
  outcome.waiting = parked->has_value();
  if (parts.pending.empty()) parts.pending_since_ms = now_ms;
  if (*parked) parts.pending = *std::move(*parked);
  parts.integrate();
  parts.transaction.remove(parts.update.deleted);
  parts.retry();
  parts.transaction.finish(!parts.options.keep_deleted);
  outcome.inserted_units = parts.transaction.inserted().units();
  outcome.deleted_units = parts.transaction.deleted().units();
  outcome.changed = outcome.inserted_units + outcome.deleted_units > 0;
  parts.update.clear();
  return outcome;
}

const DeleteSet& Document::last_inserted() const {
  return parts_->transaction.inserted();
}
const DeleteSet& Document::last_deleted() const {
  return parts_->transaction.deleted();
}

StateVector Document::state_vector() const {
  return state_vector_of(parts_->store);
}

std::uint64_t Document::next_clock(std::uint64_t client) const {
  return parts_->store.next_clock(client);
}

std::string Document::encode(const StateVector& known) const {
  if (parts_->pending.empty()) return encode_settled(known);
  std::string out;
  encode_with_pending(parts_->store, parts_->pending, known, out);
  return out;
}

std::string Document::encode_settled(const StateVector& known) const {
  std::string out;
  encode_diff(parts_->store, known, out);
  return out;
}

Snapshot Document::snapshot() const {
  return {deleted_of(parts_->store), state_vector()};
}

std::expected<Document, Refusal> Document::at(const Snapshot& snapshot) const {
  if (auto lacks = first_lack(parts_->store, snapshot)) return std::unexpected(*lacks);
  std::string bytes;
  encode_at(parts_->store, snapshot, bytes);
  DocumentOptions options = parts_->options;
  options.keep_deleted = true;
  Document then(std::move(options));
  const auto applied = then.apply(bytes, kFromStore);
  if (!applied) return std::unexpected(applied.error());
  // A snapshot that no document ever had can know of units without their causes.
  if (applied->waiting) {
    const Id missing = then.waiting().missing.front();
    return std::unexpected(Refusal{RefusalCode::kUnknownClock, missing.client, missing.clock});
  }
  return then;
}

void Document::collect_deleted() {
  parts_->transaction.collect_everything();
}

Document::Waiting Document::waiting() const {
  Waiting waiting;
  if (parts_->pending.empty()) return waiting;
  waiting.bytes = parts_->pending.bytes();
  waiting.since_ms = parts_->pending_since_ms;
  for (const Pending::Part& part : parts_->pending.parts())
    waiting.missing.push_back(part.missing);
  return waiting;
}

void Document::drop_waiting() {
  parts_->pending.clear();
}

Document::Size Document::size() const {
  const Store& store = parts_->store;
  return {store.block_count(), store.client_count(), store.content_bytes(),
          store.memory_bytes() + sizeof(Parts) + parts_->pending.bytes()};
}

void Document::shrink_to_fit() {
  parts_->store.shrink();
  parts_->update = {};
  release(parts_->inserts);
  parts_->transaction.shrink();
  parts_->planner.shrink();
}

const Store& Document::store() const {
  return parts_->store;
}

}  // namespace plenary::notes
