// Q3, Q15, T2: the limit of one request; what acts remember when the preset changes; how much is
// kept.
#include <gtest/gtest.h>

#include "adapters/sqlite/limits.hpp"
#include "core/limits.hpp"
#include "core/project.hpp"
#include "support/queue_steps.hpp"

namespace plenary::test {
namespace {

constexpr auto kHand = v1::REQUEST_KIND_HAND;
constexpr auto kIntervention = v1::REQUEST_KIND_INTERVENTION;
constexpr std::int64_t kMinuteMs = 60'000;

TEST(Limit, T2_TheLimitIsTheRequestsWhereStaffSaidOne) {
  Given given = sample_session().settings("hall", "speech_limit_ms: 120000");
  v1::RequestFloor up = hand("hall", kHand);
  up.set_limit_ms(5 * kMinuteMs);
  given.when(up).by("ana").then_refused(v1::REFUSAL_CODE_FORBIDDEN, "limit_ms");
  up.set_for_person_id("ana");
  up.set_limit_ms(core::kMaxLimitMs + 1);
  given.when(up).by("notes").then_refused(v1::REFUSAL_CODE_BAD_FIELD, "limit_ms");
  up.set_limit_ms(5 * kMinuteMs);
  const auto place = given.when(up).by("notes").then_accepted();
  // Who raises it again for oneself changes nothing of it.
  given.when(hand("hall", kHand, "note")).by("ana").then_accepted();
  EXPECT_EQ(given.request(place).limit_ms(), 5 * kMinuteMs);
  const core::ViewPart hall{core::ViewPart::Kind::room, "hall"};
  EXPECT_EQ(core::project(v1::AUDIENCE_STAFF, given.state(), hall).at(1).entry().limit_ms(),
            5 * kMinuteMs);
  EXPECT_EQ(core::project(v1::AUDIENCE_EVERYONE, given.state(), hall).at(1).entry().limit_ms(), 0);
  EXPECT_EQ(given.speech(grant(given, place)).limit_ms(), 5 * kMinuteMs);
  undo(given, v1::ACT_KIND_GRANT);
  EXPECT_EQ(given.request(place).limit_ms(), 5 * kMinuteMs);
}

TEST(Limit, T2_WhatTheChairSaysWhenCallingGoesBeforeAll) {
  Given given = sample_session().settings("hall", "speech_limit_ms: 120000");
  const auto first = raise(given, "ana", "hall", kHand);
  const auto second = raise(given, "ben", "hall", kHand);
  v1::GrantFloor call = grant_of(first);
  call.set_limit_ms(-1);
  given.when(call).by("chair").then_refused(v1::REFUSAL_CODE_BAD_FIELD, "limit_ms");
  call.set_limit_ms(kMinuteMs);
  const auto speech = given.when(call).by("chair").then_accepted();
  EXPECT_EQ(given.speech(speech).limit_ms(), kMinuteMs);
  v1::NextSpeaker next = next_of("hall", speech, second);
  next.set_limit_ms(3 * kMinuteMs);
  EXPECT_EQ(given.speech(given.when(next).by("chair").then_accepted()).limit_ms(), 3 * kMinuteMs);
}

TEST(Limit, Q3_ANewPresetForgetsWhatActsWouldPutIntoOldBands) {
  Given given = sample_session();
  const auto speaks = raise(given, "zoe", "plenary", v1::REQUEST_KIND_POINT_OF_ORDER);
  const auto gone = raise(given, "ana", "plenary", kIntervention);
  v1::RemoveRequest remove;
  remove.set_request_id(gone);
  given.when(remove).by("chair").then_accepted();
  given.when(make<v1::StartItem>("item_id: 'i1'")).by("chair").then_accepted();
  given.when(make<v1::ChangeRoom>("room_id: 'plenary' settings { preset: PRESET_WORKSHOP }"))
      .by("chair")
      .then_accepted();
  EXPECT_EQ(act_of(given, v1::ACT_KIND_REMOVE), "");
  EXPECT_NE(act_of(given, v1::ACT_KIND_START_ITEM), "") << "holds no entries, and can be undone";
  EXPECT_EQ(given.queue("plenary"), std::vector<std::string>{speaks});
}

TEST(Limit, Q3_ANewPresetTakesAMoveIntoAnotherBandBack) {
  Given given = sample_session();
  const auto order = raise(given, "ben", "plenary", v1::REQUEST_KIND_POINT_OF_ORDER);
  const auto later = raise(given, "ana", "plenary", v1::REQUEST_KIND_POINT_OF_ORDER);
  v1::Request moved = given.request(later);
  moved.set_band(1);  // as behind the interventions
  given.put(moved);
  given.when(make<v1::ChangeRoom>("room_id: 'plenary' settings { preset: PRESET_WORKSHOP }"))
      .by("chair")
      .then_accepted();
  EXPECT_EQ(given.request(later).band(), 0);
  EXPECT_EQ(given.queue("plenary"), (std::vector<std::string>{order, later}));
}

TEST(Limit, Q4_TheNotesOfARoomAreBoundedTogether) {
  Given given = sample_session();
  const auto place = raise(given, "joe", "plenary", kIntervention);
  v1::Request long_one = given.request(place);
  long_one.set_note(std::string(core::kMaxNoteBytesOfRoom - 4, 'n'));
  given.put(long_one);
  given.when(hand("plenary", kIntervention, "12345"))
      .by("ana")
      .then_refused(v1::REFUSAL_CODE_LIMIT_REACHED, "note");
  given.when(hand("plenary", kIntervention, "1234")).by("ana").then_accepted();
  EXPECT_EQ(given.state().note_bytes("plenary"), core::kMaxNoteBytesOfRoom);
  given.when(hand("plenary", kIntervention)).by("ben").then_accepted();
  given.when(hand("lab", v1::REQUEST_KIND_NEW_TOPIC, "elsewhere")).by("ana").then_accepted();
  v1::MoveRequest move = move_of(given.queue("plenary")[2], place);
  move.set_reason("why");
  given.when(move).by("chair").then_refused(v1::REFUSAL_CODE_LIMIT_REACHED, "reason");
  v1::WithdrawRequest down;
  down.set_request_id(place);
  given.when(down).by("joe").then_accepted();
  EXPECT_EQ(given.state().note_bytes("plenary"), 4U);
  given.when(move_of(given.queue("plenary")[1], given.queue("plenary")[0]))
      .by("chair")
      .then_accepted();
}

// Everything that a room can hold, cleared with the start of an item and brought back, fits into
// records that the log takes. An eighth of all is looked at, as sizes grow with numbers.
TEST(Limit, Q15_TheLargestClearAndItsUndoFitIntoARecord) {
  constexpr std::size_t kPart = 8;
  Given given = sample_session();
  core::State full = given.state();
  std::size_t notes = 0;
  const auto fill = [&](const std::string& item_id) {
    for (std::size_t n = 0; n < core::kMaxRequestsOfRoom / kPart; ++n) {
      v1::Entity entity;
      v1::Request& request = *entity.mutable_request();
      request.set_id("a-request-with-a-usual-id" + item_id + std::to_string(n));
      request.set_room_id("plenary");
      request.set_item_id(item_id);
      request.set_kind(kIntervention);
      request.set_band(1);
      request.set_holder_person_id("a-person-with-a-usual-id" + item_id + std::to_string(n));
      request.set_speaker_person_id("ana");
      request.set_raised_by_person_id(request.holder_person_id());
      request.set_sequence(static_cast<std::int64_t>(n) + 1);
      request.set_order_key(request.sequence() << 40);
      request.set_raised_at_ms(kStartMs);
      if (notes < core::kMaxNoteBytesOfRoom / kPart) {
        request.set_note(std::string(4 * core::kMaxNoteLength, 'n'));
        notes += request.note().size();
      }
      full.put(entity);
    }
  };
  fill("");
  fill("i2");
  given = Given(full);
  const auto start = make<v1::StartItem>("item_id: 'i2' waiting: WAITING_CLEAR");
  const auto cleared = given.when(start).by("chair").decision();
  ASSERT_TRUE(cleared.has_value());
  EXPECT_LT(kPart * cleared->changes.ByteSizeLong(), adapters::kMaxRecordBytes);
  core::apply(full, cleared->changes);
  v1::Undo back;
  back.set_act_id(full.acts().begin()->first);
  Given after(full);
  const auto undone = after.when(back).by("chair").decision();
  ASSERT_TRUE(undone.has_value());
  EXPECT_LT(kPart * undone->changes.ByteSizeLong(), adapters::kMaxRecordBytes);
  EXPECT_GE(undone->changes.put_size(), static_cast<int>(2 * core::kMaxRequestsOfRoom / kPart));
}

}  // namespace
}  // namespace plenary::test
