#include "host/sequencer.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/apply.hpp"
#include "host/limits.hpp"

namespace plenary::host {

namespace {

std::string batch_key(const Pending& pending) {
  return pending.command_id + '/' + actor_key(pending.actor);
}

}  // namespace

v1::Position to_message(const ports::Position& position) {
  v1::Position message;
  message.set_seq(position.seq);
  message.set_id(position.id);
  return message;
}

v1::Refusal refusal_of(v1::RefusalCode code, std::string field, std::int64_t limit) {
  v1::Refusal refusal;
  refusal.set_code(code);
  refusal.set_field(std::move(field));
  refusal.set_limit(limit);
  return refusal;
}

Sequencer::Sequencer(ports::IdSource& ids, const std::set<std::string, std::less<>>* zones)
    : ids_(&ids), zones_(zones) {}

void Sequencer::load(const v1::Snapshot& snapshot) {
  v1::Changes changes;
  *changes.mutable_put() = snapshot.entities();
  core::apply(committed_, changes);
  core::apply(tentative_, changes);
  repeats_.load(snapshot);
  head_ = {snapshot.position().seq(), snapshot.position().id()};
  head_at_ms_ = snapshot.at_ms();
}

std::optional<v1::Refusal> Sequencer::take(Pending pending) {
  if (waiting_.size() >= kMaxWaitingCommands) return refusal_of(v1::REFUSAL_CODE_UNAVAILABLE);
  std::size_t& of_actor = waiting_of_[actor_key(pending.actor)];
  const bool is_person = pending.actor.kind() == v1::ACTOR_KIND_PERSON;
  if (is_person && of_actor >= kMaxWaitingOfPerson) {
    return refusal_of(v1::REFUSAL_CODE_RATE_LIMITED, {}, kMaxWaitingOfPerson);
  }
  ++of_actor;
  waiting_.push_back(std::move(pending));
  return std::nullopt;
}

Effects Sequencer::begin(std::int64_t now_ms) {
  assert(batch_.empty() && !doubtful_);
  const std::size_t count = std::min(waiting_.size(), kMaxBatchCommands);
  for (std::size_t i = 0; i < count; ++i) {
    const auto of_actor = waiting_of_.find(actor_key(waiting_.front().actor));
    if (--of_actor->second == 0) waiting_of_.erase(of_actor);
    Entry& entry = batch_.emplace_back();
    entry.pending = std::move(waiting_.front());
    waiting_.pop_front();
  }
  conflicts_ = 0;
  return decide_batch(now_ms);
}

Effects Sequencer::decide_batch(std::int64_t now_ms) {
  assert(records_.empty() && inverses_.empty());
  in_batch_.clear();
  records_of_.clear();
  for (std::size_t at = 0; at < batch_.size(); ++at)
    decide_entry(at, now_ms);
  Effects effects;
  if (records_.empty()) {
    finish(effects, true);
  } else {
    effects.append = ToAppend{head_, records_};
  }
  return effects;
}

ports::Position Sequencer::tentative_head() const {
  if (records_.empty()) return head_;
  return {records_.back().seq(), records_.back().id()};
}

void Sequencer::decide_entry(std::size_t at, std::int64_t now_ms) {
  Entry& entry = batch_[at];
  entry.created_id.clear();
  const std::string actor = actor_key(entry.pending.actor);
  if (const Repeats::Done* done = repeats_.find(actor, entry.pending.command_id)) {
    entry.kind = Entry::Kind::repeated;
    entry.position = done->position;
    entry.created_id = done->created_id;
    return;
  }
  const auto [same, first] = in_batch_.try_emplace(batch_key(entry.pending), at);
  if (!first) {
    entry.kind = Entry::Kind::same_as;
    entry.index = same->second;
    return;
  }
  entry.kind = Entry::Kind::refused;
  if (entry.pending.expired) {
    entry.refusal = refusal_of(v1::REFUSAL_CODE_EXPIRED, "issued_at_ms", kExpiresAfterMs);
    return;
  }
  if (entry.pending.actor.kind() == v1::ACTOR_KIND_PERSON) {
    if (repeats_.of(actor) + records_of_[actor] >= kMaxRepeatsOfPerson) {
      entry.refusal = refusal_of(v1::REFUSAL_CODE_RATE_LIMITED, {}, kMaxRepeatsOfPerson);
      return;
    }
  }
  core::Context context;
  context.now_ms = std::max(now_ms, records_.empty() ? head_at_ms_ : records_.back().at_ms());
  context.actor = entry.pending.actor;
  context.seed = ids_->next();
  context.zones = zones_;
  auto decision = core::decide(tentative_, entry.pending.command, context);
  if (!decision) {
    entry.refusal = std::move(decision.error());
    return;
  }
  entry.created_id = decision->created_id;
  if (decision->changes.put().empty() && decision->changes.removed().empty()) {
    entry.kind = Entry::Kind::unchanged;
    entry.position = tentative_head();
    return;
  }
  make_record(entry, std::move(*decision), context);
  ++records_of_[actor];
}

void Sequencer::make_record(Entry& entry, core::Decision decision, const core::Context& context) {
  const ports::Position previous = tentative_head();
  entry.kind = Entry::Kind::record;
  entry.index = records_.size();
  v1::Record& record = records_.emplace_back();
  record.set_seq(previous.seq + 1);
  record.set_id(std::string(context.seed.begin(), context.seed.end()));
  record.set_previous_id(previous.id);
  record.set_at_ms(context.now_ms);
  record.set_reader_version(core::kReaderVersion);
  *record.mutable_actor() = context.actor;
  record.set_command_id(entry.pending.command_id);
  record.set_command_kind(static_cast<int>(entry.pending.command.body_case()));
  record.set_created_id(decision.created_id);
  *record.mutable_changes() = std::move(decision.changes);
  inverses_.push_back(core::inverse(tentative_, record.changes()));
  core::apply(tentative_, record.changes());
  entry.position = {record.seq(), record.id()};
}

void Sequencer::roll_back() {
  while (!inverses_.empty()) {
    core::apply(tentative_, inverses_.back());
    inverses_.pop_back();
  }
  records_.clear();
}

void Sequencer::commit(const v1::Record& record, Effects& effects) {
  if (tracking_) {
    effects.parts.merge(core::touched_parts(committed_, record.changes()));
    core::touch_people(committed_, record.changes(), effects.touched);
  }
  core::apply(committed_, record.changes());
  repeats_.note(record);
  head_ = {record.seq(), record.id()};
  head_at_ms_ = record.at_ms();
}

void Sequencer::succeed(Effects& effects) {
  doubtful_ = false;
  for (v1::Record& record : records_) {
    commit(record, effects);
    effects.committed.push_back(std::move(record));
  }
  records_.clear();
  inverses_.clear();
  ++counts_.batches;
  finish(effects, true);
}

v1::Reply Sequencer::reply_of(const Entry& entry) const {
  v1::Reply reply;
  reply.set_id(entry.pending.command_id);
  if (entry.kind == Entry::Kind::refused) {
    *reply.mutable_refusal() = entry.refusal;
  } else {
    *reply.mutable_position() = to_message(entry.position);
    reply.set_created_id(entry.created_id);
  }
  return reply;
}

// Answers the whole batch. Where nothing of it was kept, what depended on it is not known either:
// only what was in the log before is certain.
void Sequencer::finish(Effects& effects, bool kept) {
  for (const Entry& entry : batch_) {
    const Entry& source = entry.kind == Entry::Kind::same_as ? batch_[entry.index] : entry;
    Answered answered{entry.pending.ticket, reply_of(source)};
    if (!kept && source.kind != Entry::Kind::repeated) {
      *answered.reply.mutable_refusal() = refusal_of(v1::REFUSAL_CODE_UNAVAILABLE);
      answered.reply.clear_created_id();
    } else if (source.kind == Entry::Kind::refused) {
      ++counts_.refused;
    } else if (source.kind == Entry::Kind::unchanged) {
      ++counts_.unchanged;
    } else if (&source != &entry || source.kind == Entry::Kind::repeated) {
      ++counts_.repeated;
    } else {
      ++counts_.accepted;
    }
    if (!entry.answered) effects.answers.push_back(std::move(answered));
  }
  batch_.clear();
  in_batch_.clear();
}

bool Sequencer::is_own(const std::vector<v1::Record>& records) const {
  return !records.empty() && !records_.empty() && records.front().id() == records_.front().id();
}

void Sequencer::apply_foreign(const std::vector<v1::Record>& records, std::size_t first,
                              Effects& effects) {
  for (std::size_t at = first; at < records.size(); ++at) {
    const v1::Record& record = records[at];
    if (record.seq() != head_.seq + 1 || record.previous_id() != head_.id) {
      effects.lost = Lost::foreign;
      return;
    }
    if (record.reader_version() > core::kReaderVersion) {
      effects.lost = Lost::too_new;
      return;
    }
    core::apply(tentative_, record.changes());
    commit(record, effects);
    if (tracking_) effects.committed.push_back(record);
    ++counts_.records_read;
  }
}

Effects Sequencer::overtaken(std::vector<v1::Record> missed, std::int64_t now_ms, bool read_on) {
  Effects effects;
  doubtful_ = false;
  if (is_own(missed)) {
    // An append keeps all or nothing: the first of ours stands for all.
    const std::size_t own = records_.size();
    succeed(effects);
    if (missed.size() > own) apply_foreign(missed, own, effects);
    effects.read = read_on && effects.lost == Lost::none;
    return effects;
  }
  ++counts_.conflicts;
  roll_back();
  apply_foreign(missed, 0, effects);
  if (effects.lost != Lost::none) return effects;
  if (++conflicts_ >= kMaxConflicts) {
    finish(effects, false);
    return effects;
  }
  Effects again = decide_batch(now_ms);
  effects.append = std::move(again.append);
  effects.answers = std::move(again.answers);
  return effects;
}

Effects Sequencer::appended(ports::AppendOutcome outcome, std::int64_t now_ms) {
  Effects effects;
  if (std::get_if<ports::Appended>(&outcome) != nullptr) {
    succeed(effects);
    return effects;
  }
  if (auto* conflict = std::get_if<ports::Conflict>(&outcome)) {
    if (conflict->foreign || conflict->missed.empty()) {
      effects.lost = Lost::foreign;
      return effects;
    }
    return overtaken(std::move(conflict->missed), now_ms, false);
  }
  if (std::get_if<ports::Unavailable>(&outcome) != nullptr) {
    // An earlier attempt may still arrive if it was in doubt: then the next append, or the next
    // look at the head, meets it, and the repeat is known.
    ++counts_.unavailable;
    doubtful_ = false;
    roll_back();
    finish(effects, false);
    return effects;
  }
  ++counts_.unknown;
  doubtful_ = true;
  effects.read = true;
  return effects;
}

Effects Sequencer::read_page(ports::Page page, std::int64_t now_ms) {
  Effects effects;
  const bool was_there = head_.seq > 0;
  if (page.head.seq < head_.seq || (page.head.seq == head_.seq && page.head.id != head_.id)) {
    effects.lost = page.head.seq == 0 && was_there ? Lost::gone : Lost::foreign;
    return effects;
  }
  if (doubtful_) {
    if (!page.records.empty()) {
      const bool more = page.records.back().seq() < page.head.seq;
      return overtaken(std::move(page.records), now_ms, more);
    }
    effects.append = ToAppend{head_, records_};
    return effects;
  }
  assert(batch_.empty());
  apply_foreign(page.records, 0, effects);
  effects.read = effects.lost == Lost::none && !page.records.empty() && head_.seq < page.head.seq;
  return effects;
}

std::vector<Answered> Sequencer::give_up() {
  std::vector<Answered> answers;
  const auto refuse = [&answers](const Pending& pending) {
    v1::Reply reply;
    reply.set_id(pending.command_id);
    *reply.mutable_refusal() = refusal_of(v1::REFUSAL_CODE_UNAVAILABLE);
    answers.push_back({pending.ticket, std::move(reply)});
  };
  for (Entry& entry : batch_) {
    if (!std::exchange(entry.answered, true)) refuse(entry.pending);
  }
  for (const Pending& pending : waiting_)
    refuse(pending);
  waiting_.clear();
  waiting_of_.clear();
  return answers;
}

}  // namespace plenary::host
