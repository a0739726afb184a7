// export_agenda() and next_deadline(): what a session says about itself to the outside, and to
// time.
#include <algorithm>

#include "core/limits.hpp"
#include "core/project.hpp"
#include "core/view/parts.hpp"

namespace plenary::core {
namespace {

template <typename T>
std::vector<const T*> in_order(const Table<T>& table) {
  std::vector<const T*> list;
  for (const auto& [id, entity] : table)
    list.push_back(entity.get());
  std::stable_sort(list.begin(), list.end(), [](const auto* one, const auto* other) {
    return one->position() < other->position();
  });
  return list;
}

}  // namespace

v1::Agenda export_agenda(const State& state) {
  v1::Agenda agenda;
  if (!state.exists()) return agenda;
  const v1::Session& session = *state.session();
  *agenda.mutable_title() = session.title();
  agenda.set_date(session.date());
  agenda.set_planned_start(session.planned_start());
  agenda.set_zone(session.zone());
  *agenda.mutable_languages() = session.languages();
  agenda.set_entry(session.entry());
  for (const auto* room : in_order(state.rooms())) {
    auto* to = agenda.add_rooms();
    to->set_id(room->id());
    *to->mutable_name() = room->name();
    *to->mutable_settings() = room->settings();
  }
  for (const auto* item : in_order(state.items())) {
    auto* to = agenda.add_items();
    to->set_room_id(item->room_id());
    to->set_kind(item->kind());
    *to->mutable_title() = item->title();
    to->set_planned_ms(item->planned_ms());
    to->set_fixed_start(item->fixed_start());
    for (const auto& speaker : item->speakers())
      to->add_speakers(speaker.name());
    to->set_queue_starts_closed(item->queue_starts_closed());
    to->set_inscription_ahead(item->inscription_ahead());
    to->set_speech_limit_ms(item->speech_limit_ms());
  }
  for (const auto* delegation : in_order(state.delegations())) {
    *agenda.add_delegations() = delegation->name();
  }
  return agenda;
}

Deadline next_deadline(const State& state) {
  Deadline deadline;
  if (!state.exists()) return deadline;
  const v1::Session& session = *state.session();
  if (session.phase() == v1::SESSION_PHASE_CLOSING) {
    deadline.at_ms = session.closing_since_ms() + kReopenWithinMs;
    deadline.command.mutable_finish_closing()->set_closing_since_ms(session.closing_since_ms());
  } else if (session.phase() == v1::SESSION_PHASE_CLOSED) {
    constexpr std::int64_t kDayMs = 24 * 3600'000LL;
    deadline.at_ms = session.closed_at_ms() + session.retention_days() * kDayMs;
    deadline.remove = true;
  }
  return deadline;
}

}  // namespace plenary::core
