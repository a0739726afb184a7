#include "core/view/sums.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "core/time/clock.hpp"

namespace plenary::core {
namespace {

class Sums {
 public:
  void add(const std::string& key, const std::string& name, std::int64_t ms) {
    if (key.empty()) return;
    v1::TimeTotal& total = totals_[key];
    total.set_key(key);
    total.set_name(name);
    total.set_speeches(total.speeches() + 1);
    total.set_total_ms(total.total_ms() + ms);
  }

  void move_into(google::protobuf::RepeatedPtrField<v1::TimeTotal>& list) {
    std::vector<v1::TimeTotal> sorted;
    for (auto& [key, total] : totals_)
      sorted.push_back(std::move(total));
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& one, const auto& other) {
      return one.total_ms() > other.total_ms();
    });
    list.Assign(std::make_move_iterator(sorted.begin()), std::make_move_iterator(sorted.end()));
  }

 private:
  std::map<std::string, v1::TimeTotal> totals_;
};

template <typename T>
std::string name_or(const T* entity, const std::string& otherwise) {
  return entity == nullptr ? otherwise : entity->name().text();
}

}  // namespace

v1::SpeakingTimes sum_speaking_times(const State& state, std::int64_t now_ms) {
  Sums people, delegations, kinds, rooms, items;
  for (const auto& [id, speech] : state.speeches()) {
    if (speech->state() == v1::SPEECH_STATE_VOID || speech->intervals().empty()) continue;
    const std::int64_t ms = counted_ms(*speech, now_ms);
    const v1::Person* person = state.person(speech->person_id());
    people.add(speech->person_id(), person == nullptr ? speech->name() : person->name(), ms);
    const bool listed = !speech->delegation_id().empty();
    delegations.add(listed ? speech->delegation_id() : speech->delegation_name(),
                    name_or(state.delegation(speech->delegation_id()), speech->delegation_name()),
                    ms);
    kinds.add(std::to_string(speech->kind()), {}, ms);
    rooms.add(speech->room_id(), name_or(state.room(speech->room_id()), {}), ms);
    const v1::AgendaItem* item = state.item(speech->item_id());
    items.add(speech->item_id(), item == nullptr ? std::string() : item->title().text(), ms);
  }
  v1::SpeakingTimes times;
  people.move_into(*times.mutable_people());
  delegations.move_into(*times.mutable_delegations());
  kinds.move_into(*times.mutable_kinds());
  rooms.move_into(*times.mutable_rooms());
  items.move_into(*times.mutable_items());
  return times;
}

}  // namespace plenary::core
