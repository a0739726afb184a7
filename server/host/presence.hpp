// Who is here (P3): kept in memory, counted by connections. A person with two tabs is one; a person
// whose last connection went is here for kPresenceGraceMs more, so that a reload does not flicker.
//
// No I/O and no clock. Threading: the session's home.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "core/project.hpp"

namespace plenary::host {

namespace v1 = ::plenary::v1;

class PresenceTable {
 public:
  void connected(const std::string& person_id);
  void disconnected(const std::string& person_id, std::int64_t now_ms);
  // Lets go of those whose grace is over. Returns when to call again; 0: nobody waits.
  std::int64_t expire(std::int64_t now_ms);

  // Whether somebody is in grace, or has left and is not yet noted as seen: time has still to act.
  bool has_leaving() const { return !leaving_.empty() || !left_.empty(); }
  bool is_online(const std::string& person_id) const;
  // What changed since the last time one asked.
  bool take_changed();
  void touch() { changed_ = true; }  // a room, a queue, a floor: what is shown may differ

  // Counts for everyone; for staff also who is away of those who wait, are due or speak.
  v1::PresenceView view(v1::Audience audience, const core::State& state) const;
  const core::Presence& rows() const { return rows_; }

  // Whom to note as seen, at most `limit`: those who left since the last time, then those who are
  // here and whose last note is older than `stale_before_ms`.
  std::vector<std::string> take_seen(const core::State& state, std::int64_t stale_before_ms,
                                     std::size_t limit);

 private:
  void add_away(const core::State& state, v1::PresenceView& view) const;

  struct Leaving {
    std::int64_t since_ms = 0;
  };
  std::map<std::string, int> connections_;
  std::map<std::string, Leaving> leaving_;  // in grace
  std::set<std::string> left_;              // not yet noted as seen
  core::Presence rows_;
  bool changed_ = false;
};

}  // namespace plenary::host
