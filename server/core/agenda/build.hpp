// Rooms, delegations, items and named speakers from an agenda: what CreateSession, ImportAgenda and
// the commands on items share. All add to a draft; a refusal leaves the draft unfit to be finished.
#pragma once

#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/changes.hpp"
#include "core/refusal.hpp"
#include "core/session/fields.hpp"

namespace plenary::core {

// The warning that a room gets if its file names none.
inline constexpr std::int64_t kDefaultWarningMs = 30'000;

// Adds things from an agenda. Named speakers with the same name are one person (P6), also over
// imports.
class AgendaBuilder {
 public:
  // `field` is the path of the agenda in the command.
  AgendaBuilder(Draft& draft, std::string_view field);

  // Rooms that the draft does not have yet; the first of a session is its plenary.
  Allowed add_rooms(const v1::Agenda& agenda);
  // `strict`: a name that stands in the list already is refused; else it is passed over.
  Allowed add_delegations(const v1::Agenda& agenda, bool strict);
  // All items, behind those that the draft has.
  Allowed add_items(const v1::Agenda& agenda);

  // The item as it is to be: `item` has the id, the position and the runs, and gets everything
  // else.
  std::expected<v1::AgendaItem, v1::Refusal> build_item(v1::AgendaItem item,
                                                        const v1::AgendaEntry& entry,
                                                        std::string_view field);

 private:
  Allowed add_room(const v1::AgendaRoom& raw, int position, const std::string& at);
  Allowed add_speakers(v1::AgendaItem& item, const Strings& names, std::string_view field);
  std::expected<std::string, v1::Refusal> person_named(const std::string& name,
                                                       const std::string& room_id);

  Draft& draft_;
  std::string field_;
  std::map<std::string, std::string, std::less<>> people_;  // id by name
  std::size_t people_count_ = 0;
};

// The items as drafted, in the order of the agenda; and giving them their places in this order.
std::vector<const v1::AgendaItem*> items_in_order(const Draft& draft);
void renumber_items(Draft& draft, const std::vector<std::string>& ids);

}  // namespace plenary::core
