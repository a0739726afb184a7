// What holds of every queue and floor, whatever people do: random sessions, from a printed seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>
#include <random>
#include <set>

#include "core/queue/order.hpp"
#include "core/time/clock.hpp"
#include "support/queue_steps.hpp"

namespace plenary::test {
namespace {

using Ids = std::vector<std::string>;

// PLENARY_SEED repeats one run; PLENARY_SEEDS makes more of them than the usual few.
std::uint64_t number_in(const char* variable, std::uint64_t otherwise) {
  const char* given = std::getenv(variable);
  return given == nullptr ? otherwise : std::strtoull(given, nullptr, 10);
}

// How many commands of each kind changed something.
using Counts = std::map<int, int>;

class Meeting {
 public:
  explicit Meeting(std::uint64_t seed) : random_(seed), given_(sample_session()) {
    given_.settings("lab", "interruption_suspends: true speech_limit_ms: 60000");
    given_.settings("plenary", "holder: HOLDER_KIND_DELEGATION");
    given_.person("deputy", {}, {"moderator:"}).running("w1");
    for (int number = 0; number < 12; ++number) {
      people_.push_back("p" + std::to_string(number));
      given_.person(people_.back());
    }
  }

  const Counts& changed() const { return changed_; }

  void step() {
    static constexpr void (Meeting::*kSteps[])() = {
        &Meeting::raise_hand, &Meeting::raise_hand, &Meeting::raise_hand, &Meeting::raise_hand,
        &Meeting::raise_hand, &Meeting::raise_hand, &Meeting::withdraw,   &Meeting::step_back,
        &Meeting::move,       &Meeting::move,       &Meeting::hold,       &Meeting::remove,
        &Meeting::next,       &Meeting::grant_one,  &Meeting::end,        &Meeting::pause,
        &Meeting::resume,     &Meeting::undo_one,   &Meeting::clear,      &Meeting::session,
        &Meeting::take_off,   &Meeting::start_item};
    now_ms_ += pick(4) == 0 ? 0 : pick(20'000);
    (this->*kSteps[static_cast<std::size_t>(pick(std::size(kSteps)))])();
    check();
  }

 private:
  template <typename Number>
  std::int64_t pick(Number below) {
    return std::uniform_int_distribution<std::int64_t>(
        0, static_cast<std::int64_t>(below) - 1)(random_);
  }
  template <typename List>
  auto one_of(const List& list) {
    return list[static_cast<std::size_t>(pick(std::size(list)))];
  }

  std::string somebody() { return one_of(people_); }
  // Mostly somebody who may.
  std::string owner(const std::string& request_id) {
    const v1::Request* request = given_.state().request(request_id);
    return request == nullptr || pick(8) == 0 ? somebody() : request->speaker_person_id();
  }
  const char* moderator() { return pick(2) == 0 ? "chair" : "deputy"; }
  std::string room() {
    static constexpr const char* kRooms[] = {"plenary", "lab", "lab", "hall"};
    return one_of(kRooms);
  }
  std::string entry(const std::string& room_id) {
    const Ids ids = given_.queue(room_id);
    return ids.empty() ? std::string("gone") : one_of(ids);
  }

  // Decided, and applied if it was accepted.
  bool decide(const google::protobuf::Message& command, std::string_view by) {
    core::Context context;
    context.now_ms = kStartMs + now_ms_;
    context.actor.set_kind(v1::ACTOR_KIND_PERSON);
    context.actor.set_person_id(std::string(by));
    const std::uint64_t count = ++decided_;
    std::memcpy(context.seed.data(), &count, sizeof count);
    const auto decided = core::decide(given_.state(), to_command(command), context);
    if (!decided) return false;
    if (decided->changes.put_size() + decided->changes.removed_size() > 0) {
      ++changed_[to_command(command).body_case()];
    }
    core::State state = given_.state();
    const auto back = core::inverse(state, decided->changes);
    core::apply(state, decided->changes);
    core::State there = state;
    core::apply(there, back);
    EXPECT_EQ(snapshot_bytes(there), snapshot_bytes(given_.state()));
    given_ = Given(std::move(state));
    return true;
  }

  void raise_hand() {
    const auto room_id = room();
    const auto kinds = core::offered_kinds(given_.room(room_id).settings());
    auto command = hand(room_id, one_of(kinds), "note");
    command.set_topic_speech_id(given_.room("lab").topic_speech_id());
    decide(command, somebody());
  }
  void withdraw() {
    v1::WithdrawRequest command;
    command.set_request_id(entry(room()));
    decide(command, owner(command.request_id()));
  }
  void step_back() {
    const auto room_id = room();
    v1::StepBack command;
    command.set_request_id(entry(room_id));
    const auto before = given_.queue(room_id);
    if (!decide(command, owner(command.request_id()))) return;
    expect_others_kept(before, given_.queue(room_id), command.request_id());
    const auto place = [&](const Ids& ids) {
      return std::find(ids.begin(), ids.end(), command.request_id()) - ids.begin();
    };
    EXPECT_GT(place(given_.queue(room_id)), place(before)) << "never forward";
  }
  void move() {
    const auto room_id = room();
    const auto command = move_of(entry(room_id), pick(3) == 0 ? "" : entry(room_id));
    const auto before = given_.queue(room_id);
    if (!decide(command, moderator())) return;
    const auto after = given_.queue(room_id);
    expect_others_kept(before, after, command.request_id());
    if (command.before_request_id().empty()) return;
    const auto at = std::find(after.begin(), after.end(), command.request_id());
    ASSERT_NE(std::next(at), after.end());
    EXPECT_EQ(*std::next(at), command.before_request_id());
  }
  void hold() {
    v1::HoldRequest command;
    command.set_request_id(entry(room()));
    command.set_held(pick(3) == 0);
    decide(command, moderator());
  }
  void remove() {
    v1::RemoveRequest command;
    command.set_request_id(entry(room()));
    decide(command, moderator());
  }
  void next() {
    const auto room_id = room();
    const auto command = next_of(room_id, given_.room(room_id).current_speech_id(), entry(room_id));
    const auto before = given_.queue(room_id);
    if (!decide(command, moderator())) return;
    for (const auto& id : before) {
      if (id == command.request_id()) break;
      EXPECT_TRUE(given_.request(id).held()) << "next skipped somebody";
    }
    EXPECT_FALSE(decide(command, moderator())) << "a double click";
  }
  void grant_one() {
    const auto room_id = room();
    const auto command = grant_of(entry(room_id), given_.room(room_id).current_speech_id());
    const auto before = queue_bytes(room_id);
    if (!decide(command, moderator()) || pick(2) == 0) return;
    v1::Undo undo;
    for (const auto& [at_ms, id] : given_.state().acts_of_room(room_id)) {
      const auto& act = *given_.state().act(id);
      if (act.kind() == v1::ACT_KIND_GRANT) undo.set_act_id(id);
    }
    ASSERT_TRUE(decide(undo, moderator()));
    EXPECT_EQ(queue_bytes(room_id), before) << "undo restores the queue exactly";
    EXPECT_EQ(given_.room(room_id).current_speech_id(), command.seen_speech_id());
  }
  void end() {
    v1::EndSpeech command;
    command.set_speech_id(any_speech());
    decide(command, moderator());
  }
  void pause() {
    v1::PauseSpeech command;
    command.set_speech_id(given_.room(room()).current_speech_id());
    decide(command, moderator());
  }
  void resume() {
    v1::ResumeSpeech command;
    command.set_speech_id(given_.room(room()).current_speech_id());
    decide(command, moderator());
  }
  void take_off() {
    v1::TakeOffTime command;
    command.set_speech_id(any_speech());
    command.set_deduct_ms(1 + pick(30'000));
    decide(command, moderator());
  }
  void undo_one() {
    Ids ids;
    for (const auto& [id, act] : given_.state().acts())
      ids.push_back(id);
    if (ids.empty()) return;
    v1::Undo command;
    command.set_act_id(one_of(ids));
    decide(command, pick(2) == 0 ? moderator() : somebody());
  }
  void clear() {
    if (pick(8) != 0) return;
    v1::ClearQueue command;
    command.set_room_id(room());
    decide(command, moderator());
  }
  void session() {
    if (given_.session().phase() == v1::SESSION_PHASE_PAUSED) {
      decide(v1::ResumeSession(), "chair");
    } else if (pick(8) == 0) {
      decide(v1::PauseSession(), "chair");
    }
  }
  void start_item() {
    v1::StartItem command;
    command.set_item_id(pick(2) == 0 ? "w1" : "w2");
    command.set_seen_run_id(given_.room("lab").current_run_id());
    command.set_waiting(static_cast<v1::StartItem::Waiting>(pick(3)));
    if (pick(3) == 0) decide(command, moderator());
  }

  std::string any_speech() {
    Ids ids;
    for (const auto& [id, speech] : given_.state().speeches())
      ids.push_back(id);
    return ids.empty() ? std::string("gone") : one_of(ids);
  }

  static void expect_others_kept(Ids before, Ids after, const std::string& moved) {
    before.erase(std::remove(before.begin(), before.end(), moved), before.end());
    after.erase(std::remove(after.begin(), after.end(), moved), after.end());
    EXPECT_EQ(before, after) << "a move changed the order of others";
  }

  Ids queue_bytes(const std::string& room_id) const {
    Ids bytes;
    for (const auto& id : given_.queue(room_id)) {
      bytes.push_back(given_.request(id).SerializeAsString());
    }
    return bytes;
  }

  void check() {
    check_requests();
    for (const auto& [id, room] : given_.state().rooms())
      check_floor(*room);
    check_order();
  }

  void check_requests() {
    std::set<std::int64_t> sequences;
    std::set<std::string> slots;
    for (const auto& [id, request] : given_.state().requests()) {
      EXPECT_TRUE(sequences.insert(request->sequence()).second) << "sequence issued twice";
      EXPECT_LT(request->sequence(), given_.session().next_sequence());
      EXPECT_LT(request->order_key(), given_.session().next_sequence() << 24);
      const auto slot = request->room_id() + "/" + request->item_id() + "/" +
                        request->holder_person_id() + "/" + request->holder_delegation_id() + "/" +
                        std::to_string(request->kind());
      EXPECT_TRUE(slots.insert(slot).second) << "two of one holder and kind: " << slot;
      const auto told = core::explain_place(given_.state(), *request, true);
      int before = 1;
      for (const auto& reason : told.reasons())
        before += reason.count();
      if (!request->held()) {
        EXPECT_EQ(before, told.place());
      }
    }
  }

  // One speech at most has the floor, and only it runs; no clock counts below nothing.
  void check_floor(const v1::Room& room) {
    std::set<std::string> open(room.suspended_speech_ids().begin(),
                               room.suspended_speech_ids().end());
    EXPECT_EQ(open.size(), static_cast<std::size_t>(room.suspended_speech_ids_size()));
    if (room.current_speech_id().empty()) {
      EXPECT_TRUE(open.empty());
    }
    EXPECT_FALSE(open.contains(room.current_speech_id()));
    open.insert(room.current_speech_id());
    for (const auto& [at_ms, id] : given_.state().speeches_of_room(room.id())) {
      const auto& speech = given_.speech(id);
      const bool over =
          speech.state() == v1::SPEECH_STATE_ENDED || speech.state() == v1::SPEECH_STATE_VOID;
      EXPECT_EQ(over, !open.contains(id)) << speech.ShortDebugString();
      EXPECT_EQ(over, speech.ended_at_ms() != 0);
      if (speech.state() == v1::SPEECH_STATE_RUNNING) {
        EXPECT_EQ(id, room.current_speech_id());
        EXPECT_EQ(given_.session().phase(), v1::SESSION_PHASE_LIVE);
      }
      for (int at = 0; at < speech.intervals_size(); ++at) {
        const auto& interval = speech.intervals(at);
        const bool is_open = interval.to_ms() == 0;
        EXPECT_TRUE(is_open || interval.to_ms() >= interval.from_ms());
        EXPECT_EQ(is_open,
                  at + 1 == speech.intervals_size() && speech.state() == v1::SPEECH_STATE_RUNNING);
      }
      EXPECT_GE(core::running_ms(speech.intervals(), kStartMs + now_ms_), speech.deducted_ms());
      EXPECT_GE(core::counted_ms(speech, kStartMs + now_ms_), 0);
    }
  }

  // The order is the same however the entries arrive, and a place is its number in it.
  void check_order() {
    std::vector<v1::Request> requests;
    for (const auto& [id, request] : given_.state().requests())
      requests.push_back(*request);
    std::shuffle(requests.begin(), requests.end(), random_);
    core::State other;
    for (const auto& request : requests) {
      v1::Entity entity;
      *entity.mutable_request() = request;
      other.put(entity);
    }
    for (const auto& [room_id, room] : given_.state().rooms()) {
      EXPECT_EQ(other.queue(room_id), given_.state().queue(room_id));
      int place = 0;
      for (const auto& id : given_.queue(room_id)) {
        const auto& request = given_.request(id);
        EXPECT_EQ(core::place_of(other, request), request.held() ? 0 : ++place);
      }
    }
  }

  std::mt19937_64 random_;
  Given given_;
  std::int64_t now_ms_ = 0;
  std::uint64_t decided_ = 0;
  Counts changed_;
  Ids people_ = {"ana", "abe", "ben", "joe", "zoe", "chair"};
};

TEST(Queue, Q1_Q5_Q15_HoldInRandomMeetings) {
  const bool one = number_in("PLENARY_SEED", 0) != 0;
  const std::uint64_t first = number_in("PLENARY_SEED", 1);
  const std::uint64_t count = one ? 1 : std::max<std::uint64_t>(25, number_in("PLENARY_SEEDS", 0));
  Counts changed;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    Meeting meeting(seed);
    for (int step = 0; step < 200; ++step) {
      meeting.step();
      if (testing::Test::HasFailure()) {
        FAIL() << "PLENARY_SEED=" << seed << " at step " << step;
      }
    }
    for (const auto& [kind, times] : meeting.changed())
      changed[kind] += times;
  }
  if (one) return;
  // Otherwise it would have shown nothing.
  using Command = v1::Command;
  for (const int kind :
       {Command::kRequestFloor, Command::kWithdrawRequest, Command::kStepBack,
        Command::kMoveRequest, Command::kHoldRequest, Command::kRemoveRequest, Command::kClearQueue,
        Command::kNextSpeaker, Command::kGrantFloor, Command::kEndSpeech, Command::kPauseSpeech,
        Command::kResumeSpeech, Command::kTakeOffTime, Command::kUndo, Command::kStartItem,
        Command::kPauseSession}) {
    EXPECT_GE(changed[kind], 10) << "of command " << kind;
  }
}

}  // namespace
}  // namespace plenary::test
