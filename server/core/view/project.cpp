// project(): the parts of a view, for everyone and for staff.
#include "core/project.hpp"

#include <algorithm>

#include "core/rights.hpp"
#include "core/view/parts.hpp"

namespace plenary::core {
namespace {

using Entities = std::vector<v1::ViewEntity>;

bool for_staff(v1::Audience audience) {
  return audience == v1::AUDIENCE_STAFF;
}

void add_session(v1::Audience audience, const State& state, Entities& entities) {
  const v1::Session& session = *state.session();
  v1::SessionInfo& info = *entities.emplace_back().mutable_session();
  info.set_id(session.id());
  info.set_join_code(session.join_code());
  *info.mutable_title() = session.title();
  info.set_phase(session.phase());
  info.set_date(session.date());
  info.set_planned_start(session.planned_start());
  info.set_zone(session.zone());
  *info.mutable_languages() = session.languages();
  info.set_entry(session.entry());
  info.set_admission_required(session.admission_required());
  info.set_opened_at_ms(session.opened_at_ms());
  info.set_closing_since_ms(session.closing_since_ms());
  info.set_closed_at_ms(session.closed_at_ms());
  if (audience == v1::AUDIENCE_WAITING) return;
  info.set_people_count(state.people_present());
  if (!for_staff(audience)) return;
  info.set_waiting_admission_count(state.awaiting_admission());
  info.set_unconfirmed_count(state.unconfirmed());
}

void add_agenda(const State& state, Entities& entities) {
  std::vector<const v1::AgendaItem*> items;
  for (const auto& [id, item] : state.items())
    items.push_back(item.get());
  std::stable_sort(items.begin(), items.end(), [](const auto* one, const auto* other) {
    return one->position() < other->position();
  });
  for (const auto* item : items) {
    v1::ItemView& view = *entities.emplace_back().mutable_item();
    *view.mutable_item() = *item;
    view.set_inscribed_count(state.callable_count(item->room_id(), item->id()));
  }
}

void add_delegations(const State& state, Entities& entities) {
  for (const auto& [id, delegation] : state.delegations()) {
    v1::DelegationView& view = *entities.emplace_back().mutable_delegation();
    view.set_id(id);
    *view.mutable_name() = delegation->name();
    view.set_position(delegation->position());
  }
}

void add_announcements(const State& state, Entities& entities) {
  for (const auto& [id, announcement] : state.announcements()) {
    v1::AnnouncementView& view = *entities.emplace_back().mutable_announcement();
    view.set_id(id);
    view.set_room_id(announcement->room_id());
    view.set_text(announcement->text());
    view.set_at_ms(announcement->at_ms());
  }
}

void add_entries(v1::Audience audience, const State& state, const v1::RoomView& room,
                 Entities& entities) {
  int place = 0;  // held entries count in nobody's
  for (const auto& id : room.entry_ids()) {
    const v1::Request& request = *state.request(id);
    if (!request.held()) ++place;
    *entities.emplace_back().mutable_entry() =
        entry_view(audience, state, request, request.held() ? 0 : place);
  }
}

void add_speeches(v1::Audience audience, const State& state, const v1::Room& room,
                  Entities& entities) {
  std::set<std::string> ids(room.suspended_speech_ids().begin(), room.suspended_speech_ids().end());
  ids.insert(room.current_speech_id());
  ids.insert(room.topic_speech_id());
  for (const auto& id : ids) {
    if (const v1::Speech* speech = state.speech(id)) {
      *entities.emplace_back().mutable_speech() = speech_view(audience, state, *speech);
    }
  }
}

// Withdrawals are their owners' to undo: they stand in the personal view.
void add_acts(const State& state, const v1::Room& room, Entities& entities) {
  for (const auto& [at_ms, id] : state.acts_of_room(room.id())) {
    const v1::Act& act = *state.act(id);
    if (act.kind() == v1::ACT_KIND_WITHDRAW) continue;
    *entities.emplace_back().mutable_act() = act_view(state, act);
  }
}

void add_room(v1::Audience audience, const State& state, std::string_view room_id,
              Entities& entities) {
  const v1::Room* room = state.room(room_id);
  if (room == nullptr) return;
  v1::RoomView view = room_view(audience, state, *room);
  entities.emplace_back();
  add_entries(audience, state, view, entities);
  *entities.front().mutable_room() = std::move(view);
  add_speeches(audience, state, *room, entities);
  if (for_staff(audience)) add_acts(state, *room, entities);
}

}  // namespace

std::vector<ViewPart> view_parts(const State& state) {
  if (!state.exists()) return {};
  std::vector<ViewPart> parts = {{ViewPart::Kind::session, {}},
                                 {ViewPart::Kind::agenda, {}},
                                 {ViewPart::Kind::delegations, {}},
                                 {ViewPart::Kind::announcements, {}}};
  for (const auto* room : rooms_in_order(state)) {
    parts.push_back({ViewPart::Kind::room, room->id()});
  }
  return parts;
}

std::vector<v1::ViewEntity> project(v1::Audience audience, const State& state,
                                    const ViewPart& part) {
  Entities entities;
  if (!state.exists()) return entities;
  // Who waits to be let in sees which meeting it is, and nothing of it (P4).
  if (audience == v1::AUDIENCE_WAITING && part.kind != ViewPart::Kind::session) return entities;
  switch (part.kind) {
    case ViewPart::Kind::session:
      add_session(audience, state, entities);
      break;
    case ViewPart::Kind::agenda:
      add_agenda(state, entities);
      break;
    case ViewPart::Kind::delegations:
      add_delegations(state, entities);
      break;
    case ViewPart::Kind::announcements:
      add_announcements(state, entities);
      break;
    case ViewPart::Kind::room:
      add_room(audience, state, part.room_id, entities);
      break;
  }
  return entities;
}

v1::SessionView project(v1::Audience audience, const State& state) {
  v1::SessionView view;
  view.set_audience(audience);
  for (const auto& part : view_parts(state)) {
    for (auto& entity : project(audience, state, part))
      *view.add_entities() = std::move(entity);
  }
  return view;
}

v1::ViewRef view_ref(const v1::ViewEntity& entity) {
  v1::ViewRef ref;
  const auto set = [&](v1::ViewKind kind, const std::string& id) {
    ref.set_kind(kind);
    ref.set_id(id);
  };
  switch (entity.kind_case()) {
    case v1::ViewEntity::kSession:
      set(v1::VIEW_KIND_SESSION, entity.session().id());
      break;
    case v1::ViewEntity::kRoom:
      set(v1::VIEW_KIND_ROOM, entity.room().id());
      break;
    case v1::ViewEntity::kItem:
      set(v1::VIEW_KIND_ITEM, entity.item().item().id());
      break;
    case v1::ViewEntity::kEntry:
      set(v1::VIEW_KIND_ENTRY, entity.entry().id());
      break;
    case v1::ViewEntity::kSpeech:
      set(v1::VIEW_KIND_SPEECH, entity.speech().id());
      break;
    case v1::ViewEntity::kDelegation:
      set(v1::VIEW_KIND_DELEGATION, entity.delegation().id());
      break;
    case v1::ViewEntity::kAnnouncement:
      set(v1::VIEW_KIND_ANNOUNCEMENT, entity.announcement().id());
      break;
    case v1::ViewEntity::kAct:
      set(v1::VIEW_KIND_ACT, entity.act().id());
      break;
    case v1::ViewEntity::KIND_NOT_SET:
      break;
  }
  return ref;
}

v1::Audience audience_of(const State& state, std::string_view person_id) {
  const v1::Person* person = state.person(person_id);
  if (person != nullptr && !person->admitted()) return v1::AUDIENCE_WAITING;
  return is_staff_of_any(state, person_id) ? v1::AUDIENCE_STAFF : v1::AUDIENCE_EVERYONE;
}

}  // namespace plenary::core
