// The whole of one session, as plain data: every entity by its id, and the orders that follow from
// them.
//
// Purpose:   what decide() reads, apply() changes and project() shows. Nothing here knows a rule.
// Ownership: entities are immutable once put, and shared; copying a State copies pointers, not
// entities. Threading: a value; whoever owns it guards it. Errors:    look-ups return nullptr where
// there is nothing.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ranks.hpp"
#include "plenary/v1/entities.pb.h"
#include "plenary/v1/records.pb.h"

namespace plenary::core {

namespace v1 = ::plenary::v1;

// Entities of one type by id, in the order of their ids (so that every walk is deterministic).
template <typename T>
using Table = std::map<std::string, std::shared_ptr<const T>, std::less<>>;

using Queue = std::set<QueueKey>;

QueueKey queue_key(const v1::Request& request);

class State {
 public:
  // --- entities
  const v1::Session* session() const { return session_.get(); }
  bool exists() const { return session_ != nullptr; }

  const Table<v1::Room>& rooms() const { return rooms_; }
  const Table<v1::AgendaItem>& items() const { return items_; }
  const Table<v1::Delegation>& delegations() const { return delegations_; }
  const Table<v1::Person>& people() const { return people_; }
  const Table<v1::Request>& requests() const { return requests_; }
  const Table<v1::Speech>& speeches() const { return speeches_; }
  const Table<v1::Announcement>& announcements() const { return announcements_; }
  const Table<v1::Invitation>& invitations() const { return invitations_; }
  const Table<v1::Act>& acts() const { return acts_; }
  const Table<v1::Seen>& seen() const { return seen_; }  // by the person's id

  const v1::Room* room(std::string_view id) const;
  const v1::AgendaItem* item(std::string_view id) const;
  const v1::Delegation* delegation(std::string_view id) const;
  const v1::Person* person(std::string_view id) const;
  const v1::Request* request(std::string_view id) const;
  const v1::Speech* speech(std::string_view id) const;
  const v1::Announcement* announcement(std::string_view id) const;
  const v1::Invitation* invitation(std::string_view id) const;
  const v1::Act* act(std::string_view id) const;
  const v1::Seen* seen(std::string_view person_id) const;
  // Whom an id means today: the person, or whom that one was merged into (P7). nullptr: nobody.
  const v1::Person* who_is(std::string_view person_id) const;
  // When the person was last seen; 0 for one without a device.
  std::int64_t last_seen_ms(std::string_view person_id) const;

  // --- orders and sums, kept up to date by put and remove
  // The present queue of a room (item_id ""), or the inscriptions of a later item. Held entries
  // stand in it too.
  const Queue& queue(std::string_view room_id, std::string_view item_id = {}) const;
  // How many of that queue can be called, thus are not held; and the place of one that can: 1 is
  // next, 0 for a held or an unknown one (P8). Logarithmic, as everybody who waits asks after every
  // change.
  int callable_count(std::string_view room_id, std::string_view item_id = {}) const;
  int place(const v1::Request& request) const;
  // The ids of the first so many that can be called, behind `after` if one is given, in order.
  std::vector<std::string> first_callable(std::string_view room_id, std::string_view item_id,
                                          std::size_t count, const QueueKey* after = nullptr) const;
  // Ids of the requests whose speaker or holder is this person; of those that this delegation
  // holds.
  const std::set<std::string, std::less<>>& requests_of_person(std::string_view person_id) const;
  const std::set<std::string, std::less<>>& requests_of_delegation(
      std::string_view delegation_id) const;
  // Ids of the speeches of a room, in the order of their grants.
  const std::set<std::pair<std::int64_t, std::string>>& speeches_of_room(
      std::string_view room_id) const;
  // Likewise of the acts of a room that can still be undone, the oldest first.
  const std::set<std::pair<std::int64_t, std::string>>& acts_of_room(
      std::string_view room_id) const;
  // Ids of the withdrawals of this person's that can still be undone.
  const std::set<std::string, std::less<>>& withdrawals_of_person(std::string_view person_id) const;
  // Ids of the people of a delegation of the list, without removed ones.
  const std::set<std::string, std::less<>>& members(std::string_view delegation_id) const;
  const v1::Room* plenary() const;
  // The bytes of the notes, and of the reasons of moves, of all that waits in the room, later items
  // included.
  std::size_t note_bytes(std::string_view room_id) const;
  // People entered and not removed.
  int people_present() const { return people_present_; }
  // Of these: not admitted yet; with a claimed delegation that nobody has confirmed.
  int awaiting_admission() const { return awaiting_admission_; }
  int unconfirmed() const { return unconfirmed_; }

  // --- change. Used by apply() alone.
  void put(const v1::Entity& entity);
  void remove(v1::EntityKind kind, std::string_view id);

 private:
  void index(const v1::Request& request, bool present);
  void index(const v1::Person& person, bool present);
  void index(const v1::Speech& speech, bool present);
  void index(const v1::Act& act, bool present);

  std::shared_ptr<const v1::Session> session_;
  Table<v1::Room> rooms_;
  Table<v1::AgendaItem> items_;
  Table<v1::Delegation> delegations_;
  Table<v1::Person> people_;
  Table<v1::Request> requests_;
  Table<v1::Speech> speeches_;
  Table<v1::Announcement> announcements_;
  Table<v1::Invitation> invitations_;
  Table<v1::Act> acts_;
  Table<v1::Seen> seen_;

  struct Line {
    Queue all;
    Ranks callable;
  };
  const Line* line(std::string_view room_id, std::string_view item_id) const;

  std::map<std::string, std::map<std::string, Line, std::less<>>, std::less<>>
      lines_;  // room, item
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> requests_of_person_;
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> requests_of_delegation_;
  std::map<std::string, std::set<std::pair<std::int64_t, std::string>>, std::less<>>
      speeches_of_room_;
  std::map<std::string, std::set<std::pair<std::int64_t, std::string>>, std::less<>> acts_of_room_;
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> withdrawals_of_person_;
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> members_;
  std::map<std::string, std::size_t, std::less<>> note_bytes_;  // by room; none is 0
  std::string plenary_id_;
  int people_present_ = 0;
  int awaiting_admission_ = 0;
  int unconfirmed_ = 0;
};

}  // namespace plenary::core
