// A Draft is the changes of a decision while it is being made: what was put or removed so far, seen
// through to the state. The last word on an entity wins, so that none stands in the changes twice.
//
// Ownership: keeps references to the state and context, which must outlive it. References that
//            edit() and get() return stay valid until the entity is removed or put anew in this
//            draft.
// Threading: a value of one decision.
// Errors:    editing what isn't there is a mistake of ours (assertion).
#pragma once

#include <cassert>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/decide.hpp"
#include "core/entities.hpp"

namespace plenary::core {

class Draft {
 public:
  Draft(const State& state, const Context& context) : state_(state), context_(context) {}

  // As it was before the command; use get() for an entity as it is in the draft.
  const State& state() const { return state_; }
  const Context& context() const { return context_; }
  std::int64_t now_ms() const { return context_.now_ms; }

  // The entity as drafted; nullptr if it isn't there, or no more.
  template <typename T>
  const T* get(std::string_view id) const {
    if (const auto found = drafted_.find(key<T>(id)); found != drafted_.end()) {
      return found->second == nullptr ? nullptr : &Traits<T>::of(std::as_const(*found->second));
    }
    return Traits<T>::find(state_, id);
  }

  // To change the entity in place.
  template <typename T>
  T& edit(std::string_view id) {
    const auto found = drafted_.find(key<T>(id));
    if (found != drafted_.end()) {
      assert(found->second != nullptr);
      return Traits<T>::of(*found->second);
    }
    const T* before = Traits<T>::find(state_, id);
    assert(before != nullptr);
    return put(*before);
  }

  template <typename T>
  T& put(T entity) {
    auto& slot = drafted_[key<T>(entity.id())];
    slot = std::make_unique<v1::Entity>();
    T& kept = Traits<T>::of(*slot);
    kept = std::move(entity);
    return kept;
  }

  template <typename T>
  void remove(std::string_view id) {
    drafted_[key<T>(id)] = nullptr;
  }

  v1::Session& edit_session() { return edit<v1::Session>(state_.session()->id()); }

  // A new id, which follows from the context's seed: 26 characters, the same for the same decision.
  std::string fresh_id();

  // The requests of a queue as drafted, in order (Q1). Held ones stand in it too. Walks the whole
  // queue.
  std::vector<const v1::Request*> queue(std::string_view room_id,
                                        std::string_view item_id = {}) const;
  // Every entity of a type as drafted, in the order of ids.
  template <typename T>
  std::vector<const T*> all(const Table<T>& table) const {
    std::map<std::string_view, const T*> found;
    for (const auto& [id, entity] : table)
      found[id] = entity.get();
    overlay<T>([&](std::string_view id, const T* entity) { found[id] = entity; });
    std::vector<const T*> list;
    for (const auto& [id, entity] : found) {
      if (entity != nullptr) list.push_back(entity);
    }
    return list;
  }

  // The changes: only what differs from the state; puts, then removals, in the order of kind and
  // id.
  Decision finish(std::string created_id = {}) const;

 private:
  using Key = std::pair<v1::EntityKind, std::string>;

  template <typename T>
  static Key key(std::string_view id) {
    return {Traits<T>::kind, std::string(id)};
  }

  // Calls visit(id, entity or nullptr) for what was drafted of a type.
  template <typename T, typename Visit>
  void overlay(Visit visit) const {
    for (auto at = drafted_.lower_bound({Traits<T>::kind, {}});
         at != drafted_.end() && at->first.first == Traits<T>::kind; ++at) {
      visit(std::string_view(at->first.second),
            at->second == nullptr ? nullptr : &Traits<T>::of(std::as_const(*at->second)));
    }
  }

  const State& state_;
  const Context& context_;
  std::map<Key, std::unique_ptr<v1::Entity>> drafted_;  // nullptr: removed
  std::uint64_t ids_made_ = 0;
};

}  // namespace plenary::core
