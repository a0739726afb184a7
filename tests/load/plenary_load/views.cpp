#include "views.hpp"

#include <algorithm>

namespace load {
namespace {

constexpr std::size_t kRemembered = 4096;  // frames and steps; forgetting only costs time

std::pair<int, std::string> key_of(const v1::ViewEntity& entity) {
  const int kind = entity.kind_case();
  switch (entity.kind_case()) {
    case v1::ViewEntity::kSession:
      return {kind, ""};
    case v1::ViewEntity::kRoom:
      return {kind, entity.room().id()};
    case v1::ViewEntity::kItem:
      return {kind, entity.item().item().id()};
    case v1::ViewEntity::kEntry:
      return {kind, entity.entry().id()};
    case v1::ViewEntity::kSpeech:
      return {kind, entity.speech().id()};
    case v1::ViewEntity::kDelegation:
      return {kind, entity.delegation().id()};
    case v1::ViewEntity::kAnnouncement:
      return {kind, entity.announcement().id()};
    case v1::ViewEntity::kAct:
      return {kind, entity.act().id()};
    case v1::ViewEntity::KIND_NOT_SET:
      break;
  }
  return {0, ""};
}

void put(View& view, const v1::ViewEntity& entity) {
  view.entities[key_of(entity)] = std::make_shared<const std::string>(entity.SerializeAsString());
}

}  // namespace

bool View::equals(const View& other) const {
  return seq == other.seq && id == other.id &&
         std::ranges::equal(entities, other.entities, [](const auto& left, const auto& right) {
           return left.first == right.first && *left.second == *right.second;
         });
}

BatchPtr Views::parse(std::string_view payload) {
  // Only views and changes are shared; whatever else comes is one page's own.
  std::string key(payload);
  if (const auto known = parsed_.find(key); known != parsed_.end()) return known->second;
  auto batch = std::make_shared<v1::ServerBatch>();
  if (!batch->ParseFromString(key)) return nullptr;
  const bool shared = std::ranges::any_of(batch->messages(), [](const v1::ServerMessage& message) {
    return message.has_change() || message.has_view();
  });
  if (shared) {
    if (parsed_.size() >= kRemembered) parsed_.clear();
    parsed_.emplace(std::move(key), batch);
  }
  return batch;
}

ViewPtr Views::take(const v1::SessionView& whole) {
  std::string key = whole.position().id() + std::to_string(whole.audience());
  if (const auto known = whole_.find(key); known != whole_.end()) return known->second;
  auto view = std::make_shared<View>();
  view->seq = whole.position().seq();
  view->id = whole.position().id();
  for (const auto& entity : whole.entities())
    put(*view, entity);
  if (whole_.size() >= kRemembered) whole_.clear();
  whole_.emplace(std::move(key), view);
  return view;
}

ViewPtr Views::take(const ViewPtr& before, const v1::ViewChange& change, bool& hole) {
  hole = false;
  if (!before) {
    hole = true;
    return before;
  }
  if (change.to().seq() <= before->seq) return before;
  if (change.from().seq() != before->seq || change.from().id() != before->id) {
    hole = true;
    return before;
  }
  const std::pair key(before.get(), change.to().id());
  if (const auto known = steps_.find(key); known != steps_.end()) return known->second.second;
  auto after = std::make_shared<View>(*before);
  after->seq = change.to().seq();
  after->id = change.to().id();
  for (const auto& entity : change.put())
    put(*after, entity);
  for (const auto& gone : change.removed()) {
    const std::string id = gone.kind() == v1::VIEW_KIND_SESSION ? "" : gone.id();
    after->entities.erase({static_cast<int>(gone.kind()), id});
  }
  if (steps_.size() >= kRemembered) steps_.clear();
  steps_.emplace(
      key, std::pair(before, after));  // holds `before`, so that its address is not used again
  return after;
}

}  // namespace load
