#include "host/view_log.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "fanout/limits.hpp"
#include "host/sequencer.hpp"

namespace plenary::host {

namespace {

// A snapshot is used again while the frames after it are less than itself, and leave half of the
// window to read in.
constexpr std::size_t kSnapshotFrames = fanout::kWindowFrames / 2;

}  // namespace

ViewLog::ViewLog(v1::Audience audience)
    : audience_(audience), window_(fanout::kWindowFrames, fanout::kWindowBytes) {}

void ViewLog::start(const core::State& state, const ports::Position& position) {
  assert(!started_);
  started_ = true;
  for (const core::ViewPart& part : core::view_parts(state)) {
    shown_[part] = project_part(state, part);
  }
  boundaries_ = {position};
}

ViewLog::Entities ViewLog::project_part(const core::State& state,
                                        const core::ViewPart& part) const {
  Entities entities;
  for (const v1::ViewEntity& entity : core::project(audience_, state, part)) {
    const v1::ViewRef ref = core::view_ref(entity);
    entities.emplace(Key(ref.kind(), ref.id()), entity.SerializeAsString());
  }
  return entities;
}

void ViewLog::diff(const core::ViewPart& part, const core::State& state, v1::ViewChange& change) {
  Entities& before = shown_[part];
  Entities now;
  for (v1::ViewEntity& entity : core::project(audience_, state, part)) {
    const v1::ViewRef ref = core::view_ref(entity);
    const Key key(ref.kind(), ref.id());
    std::string bytes = entity.SerializeAsString();
    const auto old = before.find(key);
    if (old == before.end() || old->second != bytes) *change.add_put() = std::move(entity);
    now.emplace(key, std::move(bytes));
  }
  for (const auto& [key, bytes] : before) {
    if (now.contains(key)) continue;
    v1::ViewRef& ref = *change.add_removed();
    ref.set_kind(key.first);
    ref.set_id(key.second);
  }
  before = std::move(now);
}

std::optional<fanout::Frame> ViewLog::flush(const std::set<core::ViewPart>& parts,
                                            const core::State& state,
                                            const ports::Position& position, bool advance) {
  assert(started_);
  if (position == boundaries_.back()) return std::nullopt;
  v1::ServerMessage message;
  v1::ViewChange& change = *message.mutable_change();
  for (const core::ViewPart& part : parts)
    diff(part, state, change);
  if (change.put().empty() && change.removed().empty() && !advance) return std::nullopt;
  *change.mutable_from() = to_message(boundaries_.back());
  *change.mutable_to() = to_message(position);
  fanout::Frame frame = fanout::make_frame(message);
  window_.append(frame);
  boundaries_.push_back(position);
  while (boundaries_.size() > window_.frames().size() + 1)
    boundaries_.pop_front();
  bytes_since_snapshot_ += frame->size();
  return frame;
}

std::optional<std::uint64_t> ViewLog::find(const v1::Position& position) const {
  if (!started_) return std::nullopt;
  const auto found =
      std::ranges::lower_bound(boundaries_, position.seq(), {}, &ports::Position::seq);
  if (found == boundaries_.end() || found->seq != position.seq() || found->id != position.id()) {
    return std::nullopt;
  }
  return window_.first() + static_cast<std::uint64_t>(found - boundaries_.begin());
}

ViewLog::Snapshot ViewLog::snapshot(const core::State& state) {
  assert(started_);
  if (snapshot_.frame && snapshot_.index >= window_.first() &&
      window_.end() - snapshot_.index < kSnapshotFrames &&
      bytes_since_snapshot_ <= snapshot_.frame->size()) {
    snapshot_.made_now = false;
    return snapshot_;
  }
  v1::ServerMessage message;
  *message.mutable_view() = core::project(audience_, state);
  message.mutable_view()->set_audience(audience_);
  *message.mutable_view()->mutable_position() = to_message(boundaries_.back());
  snapshot_ = {fanout::make_frame(message), window_.end(), true};
  bytes_since_snapshot_ = 0;
  return snapshot_;
}

}  // namespace plenary::host
