// CreateSession (S1, S4): a session in DRAFT, from an agenda. By the organizer, which decide() has
// checked.
#include <algorithm>
#include <chrono>

#include "core/agenda/build.hpp"
#include "core/limits.hpp"
#include "core/session/commands.hpp"
#include "core/session/fields.hpp"
#include "core/text.hpp"

namespace plenary::core {
namespace {

Allowed check_code(std::string_view code) {
  const bool good = code.size() == 8 && std::all_of(code.begin(), code.end(),
                                                    [](char c) { return c >= '0' && c <= '9'; });
  if (!good) return refuse_field("join_code", "eight digits");
  return {};
}

std::string digits(std::int64_t number, std::size_t width) {
  std::string text = std::to_string(number);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

// What the agenda leaves open is said by the calendar of UTC.
void take_now(v1::Session& session, std::int64_t now_ms) {
  const std::chrono::sys_time<std::chrono::milliseconds> now{std::chrono::milliseconds(now_ms)};
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss since_midnight(now - day);
  if (session.date().empty()) {
    session.set_date(digits(static_cast<int>(date.year()), 4) + "-" +
                     digits(static_cast<unsigned>(date.month()), 2) + "-" +
                     digits(static_cast<unsigned>(date.day()), 2));
  }
  if (session.planned_start().empty()) {
    session.set_planned_start(digits(since_midnight.hours().count(), 2) + ":" +
                              digits(since_midnight.minutes().count(), 2));
  }
}

// Date, start and zone (S7). Without a zone they may be left out: then they are those of this
// moment in UTC. With one they must be said, as no zone's rules are known in here.
Allowed take_time(v1::Session& session, const v1::Agenda& agenda, const Context& context) {
  session.set_zone(agenda.zone().empty() ? "UTC" : agenda.zone());
  session.set_date(agenda.date());
  session.set_planned_start(agenda.planned_start());
  if (auto allowed = check_zone(session.zone(), context, "agenda.zone"); !allowed) return allowed;
  if (session.zone() == "UTC") take_now(session, context.now_ms);
  if (!is_date(session.date())) return refuse_field("agenda.date", "YYYY-MM-DD");
  if (!is_time_of_day(session.planned_start())) {
    return refuse_field("agenda.planned_start", "HH:MM");
  }
  return {};
}

std::expected<v1::Session, v1::Refusal> make_session(const v1::CreateSession& command,
                                                     const Context& context) {
  const v1::Agenda& agenda = command.agenda();
  if (auto allowed = check_id(command.id(), "id"); !allowed) return Refused(allowed.error());
  if (auto allowed = check_code(command.join_code()); !allowed) return Refused(allowed.error());
  auto title = check_names(agenda.title(), {.max_length = kMaxTitleLength}, "agenda.title");
  if (!title) return Refused(title.error());
  if (auto allowed = check_languages(agenda.languages(), "agenda.languages"); !allowed) {
    return Refused(allowed.error());
  }
  if (!v1::EntryPolicy_IsValid(agenda.entry())) {
    return refuse_field("agenda.entry", "open, confirmed or invited");
  }
  auto retention = check_retention(command.retention_days(), "retention_days");
  if (!retention) return Refused(retention.error());
  v1::Session session;
  if (auto allowed = take_time(session, agenda, context); !allowed) {
    return Refused(allowed.error());
  }
  session.set_id(command.id());
  session.set_join_code(command.join_code());
  *session.mutable_title() = std::move(*title);
  session.set_phase(v1::SESSION_PHASE_DRAFT);
  *session.mutable_languages() = agenda.languages();
  if (session.languages().empty()) session.add_languages("en");
  session.set_entry(agenda.entry() == v1::ENTRY_POLICY_UNSPECIFIED ? v1::ENTRY_POLICY_OPEN
                                                                   : agenda.entry());
  session.set_created_at_ms(context.now_ms);
  session.set_retention_days(*retention);
  session.set_next_sequence(1);
  return session;
}

v1::Agenda with_a_room(const v1::Agenda& agenda) {
  v1::Agenda with = agenda;
  if (with.rooms().empty()) {
    auto* room = with.add_rooms();
    room->set_id("plenary");
    room->mutable_name()->set_text("Plenary");
  }
  return with;
}

}  // namespace

std::expected<Decision, v1::Refusal> decide_create_session(const State& state,
                                                           const v1::CreateSession& command,
                                                           const Context& context) {
  auto session = make_session(command, context);
  if (!session) return Refused(session.error());
  Draft draft(state, context);
  draft.put(std::move(*session));
  const v1::Agenda agenda = with_a_room(command.agenda());
  AgendaBuilder builder(draft, "agenda");
  Allowed allowed = builder.add_rooms(agenda);
  if (allowed) allowed = builder.add_delegations(agenda, true);
  if (allowed) allowed = builder.add_items(agenda);
  if (!allowed) return Refused(allowed.error());
  return draft.finish(command.id());
}

}  // namespace plenary::core
