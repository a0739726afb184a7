// ChangeRoom: name and settings. What waits keeps its place and holder; a new preset gives it new
// bands (Q3).
#include "core/changes.hpp"
#include "core/limits.hpp"
#include "core/queue/order.hpp"
#include "core/rights.hpp"
#include "core/session/commands.hpp"
#include "core/session/fields.hpp"
#include "core/text.hpp"

namespace plenary::core {
namespace {

// Bands mean something within one preset only, so that all that waits is sorted into the new ones,
// each into its kind's: what the chair had put into another band comes back from there.
// Refused if a kind that waits is not offered by it: nobody loses a place by a setting.
Allowed change_bands(Draft& draft, std::string_view room_id, v1::Preset preset) {
  for (const auto& [id, request] : draft.state().requests()) {
    if (request->room_id() != room_id) continue;
    const auto band = band_of(preset, request->kind());
    if (!band) {
      return refuse(v1::REFUSAL_CODE_IN_USE, "settings.preset",
                    "a preset that offers every kind that waits");
    }
    if (*band != request->band()) draft.edit<v1::Request>(id).set_band(*band);
  }
  // What an act would put back has a band of the preset before.
  for (const auto& [at_ms, id] : draft.state().acts_of_room(room_id)) {
    if (!draft.state().act(id)->requests_before().empty()) draft.remove<v1::Act>(id);
  }
  return {};
}

}  // namespace

std::expected<Decision, v1::Refusal> decide_change_room(const State& state,
                                                        const v1::ChangeRoom& command,
                                                        const Context& context) {
  const v1::Room* before = state.room(command.room_id());
  if (before == nullptr) return refuse(v1::REFUSAL_CODE_NOT_FOUND, "room_id");
  if (auto allowed = need_moderator(state, context, before->id()); !allowed) {
    return Refused(allowed.error());
  }
  Draft draft(state, context);
  auto& room = draft.edit<v1::Room>(before->id());
  if (command.has_name()) {
    auto name = check_names(command.name(), {.max_length = kMaxNameLength}, "name");
    if (!name) return Refused(name.error());
    *room.mutable_name() = std::move(*name);
  }
  if (command.has_settings()) {
    auto settings = check_settings(command.settings(), "settings");
    if (!settings) return Refused(settings.error());
    *room.mutable_settings() = std::move(*settings);
    if (room.settings().preset() != before->settings().preset()) {
      auto allowed = change_bands(draft, room.id(), room.settings().preset());
      if (!allowed) return Refused(allowed.error());
    }
  }
  return draft.finish();
}

}  // namespace plenary::core
