// The fan-out log of one audience: the view as its readers have it, the frames that led there, and
// the boundaries at which a reader can come back.
//
// Each log has boundaries of its own: a flush that changes nothing for an audience makes no frame,
// so that `from` of the next is the `to` of the last that there was.
//
// Bounds:    the window's (fanout/limits.hpp). Threading: the session's home; frames are shared
//            with the cores.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/project.hpp"
#include "fanout/frame.hpp"
#include "fanout/window.hpp"
#include "ports/event_log.hpp"

namespace plenary::host {

namespace v1 = ::plenary::v1;

class ViewLog {
 public:
  explicit ViewLog(v1::Audience audience);

  // Begins with the view of this state; until then nothing is kept for readers that are not there.
  void start(const core::State& state, const ports::Position& position);
  bool started() const { return started_; }

  // The net change since the last flush, as a frame at the end of the window. None if nothing
  // changed, unless a reader waits for this position (`advance`).
  std::optional<fanout::Frame> flush(const std::set<core::ViewPart>& parts,
                                     const core::State& state, const ports::Position& position,
                                     bool advance);

  // The frame that a reader at this position needs first; none if the position is no boundary (any
  // more).
  std::optional<std::uint64_t> find(const v1::Position& position) const;

  struct Snapshot {
    fanout::Frame frame;
    std::uint64_t index = 0;  // of the first frame after it
    bool made_now = false;
  };
  // The shared snapshot: the last one while little has happened since, else a new one. All parts
  // must be flushed.
  Snapshot snapshot(const core::State& state);

  v1::Audience audience() const { return audience_; }
  const fanout::Window& window() const { return window_; }
  const ports::Position& position() const { return boundaries_.back(); }

 private:
  using Key = std::pair<v1::ViewKind, std::string>;
  using Entities = std::map<Key, std::string>;  // serialized
  Entities project_part(const core::State& state, const core::ViewPart& part) const;
  void diff(const core::ViewPart& part, const core::State& state, v1::ViewChange& change);

  v1::Audience audience_;
  bool started_ = false;
  std::map<core::ViewPart, Entities> shown_;
  fanout::Window window_;
  // boundaries_[i] is where a reader stands before frame window_.first() + i; the last: at the end.
  std::deque<ports::Position> boundaries_;
  Snapshot snapshot_;
  std::size_t bytes_since_snapshot_ = 0;
};

}  // namespace plenary::host
