// ChangeSession (S7, P4, P5): the fields that the command names, all or none.
#include <algorithm>

#include "core/changes.hpp"
#include "core/limits.hpp"
#include "core/phase.hpp"
#include "core/rights.hpp"
#include "core/session/commands.hpp"
#include "core/session/fields.hpp"
#include "core/text.hpp"

namespace plenary::core {
namespace {

Allowed take_title(v1::Session& session, const v1::ChangeSession& command) {
  auto title = check_names(command.title(), {.max_length = kMaxTitleLength}, "title");
  if (!title) return Refused(title.error());
  *session.mutable_title() = std::move(*title);
  return {};
}

Allowed take_languages(v1::Session& session, const v1::ChangeSession& command) {
  if (command.languages().empty()) return refuse_field("languages", "at least one");
  if (auto allowed = check_languages(command.languages(), "languages"); !allowed) return allowed;
  *session.mutable_languages() = command.languages();
  return {};
}

Allowed take_entry(v1::Session& session, const v1::ChangeSession& command) {
  if (command.entry() == v1::ENTRY_POLICY_UNSPECIFIED ||
      !v1::EntryPolicy_IsValid(command.entry())) {
    return refuse_field("entry", "open, confirmed or invited");
  }
  session.set_entry(command.entry());
  return {};
}

Allowed take_retention(v1::Session& session, const v1::ChangeSession& command) {
  auto days = check_retention(command.retention_days(), "retention_days");
  if (!days) return Refused(days.error());
  session.set_retention_days(*days);
  return {};
}

Allowed take_field(v1::Session& session, const std::string& field, const v1::ChangeSession& command,
                   const Context& context) {
  if (field == "title") return take_title(session, command);
  if (field == "languages") return take_languages(session, command);
  if (field == "entry") return take_entry(session, command);
  if (field == "retention_days") return take_retention(session, command);
  if (field == "date") {
    if (!is_date(command.date())) return refuse_field("date", "YYYY-MM-DD");
    session.set_date(command.date());
  } else if (field == "planned_start") {
    if (!is_time_of_day(command.planned_start())) return refuse_field("planned_start", "HH:MM");
    session.set_planned_start(command.planned_start());
  } else if (field == "zone") {
    if (auto allowed = check_zone(command.zone(), context, "zone"); !allowed) return allowed;
    session.set_zone(command.zone());
  } else if (field == "admission_required") {
    session.set_admission_required(command.admission_required());
  } else {
    return refuse_field("fields", "names of fields of this command");
  }
  return {};
}

// A form in `after` takes the first place, and what stood there becomes a form in `before`. A text
// without one stays: it was written in that language, or is the only one that there is.
void turn_over(v1::Text& text, const std::string& before, const std::string& after) {
  for (v1::Translation& form : *text.mutable_translations()) {
    if (form.language() != after) continue;
    form.set_language(before);
    text.mutable_text()->swap(*form.mutable_text());
    return;
  }
}

// Texts keep their languages when another one comes first (S9).
void turn_texts_over(Draft& draft, const std::string& before, const std::string& after) {
  const State& state = draft.state();
  turn_over(*draft.edit_session().mutable_title(), before, after);
  for (const auto& [id, room] : state.rooms())
    turn_over(*draft.edit<v1::Room>(id).mutable_name(), before, after);
  for (const auto& [id, item] : state.items())
    turn_over(*draft.edit<v1::AgendaItem>(id).mutable_title(), before, after);
  for (const auto& [id, delegation] : state.delegations())
    turn_over(*draft.edit<v1::Delegation>(id).mutable_name(), before, after);
}

}  // namespace

std::expected<Decision, v1::Refusal> decide_change_session(const State& state,
                                                           const v1::ChangeSession& command,
                                                           const Context& context) {
  if (auto allowed = need_moderator(state, context); !allowed) return Refused(allowed.error());
  // How long the record stays is no part of the proceedings, and may be settled after them (S6).
  const bool only_retention =
      std::all_of(command.fields().begin(), command.fields().end(),
                  [](const auto& field) { return field == "retention_days"; });
  if (!only_retention) {
    if (auto allowed = need_not_closed(state); !allowed) return Refused(allowed.error());
  }
  Draft draft(state, context);
  v1::Session& session = draft.edit_session();
  for (const auto& field : command.fields()) {
    if (auto allowed = take_field(session, field, command, context); !allowed) {
      return Refused(allowed.error());
    }
  }
  const auto& before = state.session()->languages();
  if (!before.empty() && before[0] != session.languages(0)) {
    turn_texts_over(draft, before[0], session.languages(0));
  }
  return draft.finish();
}

}  // namespace plenary::core
