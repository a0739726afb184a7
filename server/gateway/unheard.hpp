// Connections that have not said anything of use yet, in the order in which they came. When all
// places are taken the oldest of them makes room: silence costs others nothing.
// Threading: one core's io_context. Ownership: who is in here leaves before it ends.
#pragma once

#include <functional>
#include <list>
#include <utility>

namespace plenary::gateway {

class Unheard {
 public:
  // One connection's place; leaves with this object, or before.
  class Place {
   public:
    Place() = default;
    ~Place() { leave(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    // `close` ends the connection; it is called at most once, with the place left already.
    void enter(Unheard& all, std::function<void()> close) {
      all_ = &all;
      at_ = all.places_.insert(all.places_.end(), {this, std::move(close)});
    }
    void leave() {
      if (all_ == nullptr) return;
      all_->places_.erase(at_);
      all_ = nullptr;
    }

   private:
    friend class Unheard;
    struct Entry {
      Place* place;
      std::function<void()> close;
    };
    Unheard* all_ = nullptr;
    std::list<Entry>::iterator at_;
  };

  // False if there is none.
  bool close_oldest() {
    if (places_.empty()) return false;
    const auto close = std::move(places_.front().close);
    places_.front().place->leave();
    close();
    return true;
  }

 private:
  std::list<Place::Entry> places_;
};

}  // namespace plenary::gateway
