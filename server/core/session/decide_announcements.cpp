// Announcements (S5): they stand until a moderator withdraws them. To put one away is the reader's
// own affair.
#include "core/changes.hpp"
#include "core/limits.hpp"
#include "core/rights.hpp"
#include "core/session/commands.hpp"
#include "core/text.hpp"

namespace plenary::core {

std::expected<Decision, v1::Refusal> decide_announce(const State& state,
                                                     const v1::Announce& command,
                                                     const Context& context) {
  if (!command.room_id().empty() && state.room(command.room_id()) == nullptr) {
    return refuse(v1::REFUSAL_CODE_NOT_FOUND, "room_id");
  }
  if (auto allowed = need_moderator(state, context, command.room_id()); !allowed) {
    return Refused(allowed.error());
  }
  auto text = check_text(command.text(), {.max_length = kMaxAnnouncementLength, .many_lines = true},
                         "text");
  if (!text) return Refused(text.error());
  if (state.announcements().size() >= kMaxAnnouncements) {
    return refuse_limit(v1::REFUSAL_CODE_LIMIT_REACHED, "announcements", kMaxAnnouncements);
  }
  Draft draft(state, context);
  v1::Announcement announcement;
  announcement.set_id(draft.fresh_id());
  announcement.set_room_id(command.room_id());
  announcement.set_text(std::move(*text));
  announcement.set_by_person_id(context.actor.person_id());
  announcement.set_at_ms(context.now_ms);
  const std::string id = draft.put(std::move(announcement)).id();
  return draft.finish(id);
}

std::expected<Decision, v1::Refusal> decide_withdraw_announcement(
    const State& state, const v1::WithdrawAnnouncement& command, const Context& context) {
  const v1::Announcement* announcement = state.announcement(command.announcement_id());
  if (announcement == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "announcement_id");
  if (auto allowed = need_moderator(state, context, announcement->room_id()); !allowed) {
    return Refused(allowed.error());
  }
  Draft draft(state, context);
  draft.remove<v1::Announcement>(announcement->id());
  return draft.finish();
}

}  // namespace plenary::core
