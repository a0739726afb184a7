// Speaking time, kept by person, delegation, kind, room and item (T5).
#include <gtest/gtest.h>

#include "core/project.hpp"
#include "support/queue_steps.hpp"

namespace plenary::test {
namespace {

using Totals = google::protobuf::RepeatedPtrField<v1::TimeTotal>;

std::string told(const Totals& totals) {
  std::string text;
  for (const auto& total : totals) {
    text += total.key() + ":" + std::to_string(total.speeches()) + "/" +
            std::to_string(total.total_ms()) + " ";
  }
  return text;
}

v1::SpeakingTimes sums(const Given& given) {
  v1::Question question;
  question.mutable_sum_speaking_times();
  v1::Actor chair;
  chair.set_kind(v1::ACTOR_KIND_PERSON);
  chair.set_person_id("chair");
  return core::answer(given.state(), question, chair, {}, given.now_ms()).speaking_times();
}

// The floor of the plenary for so long.
void speak(Given& given, std::string_view person_id, v1::RequestKind kind, std::int64_t length_ms) {
  const auto begin_ms = given.now_ms() - kStartMs;
  v1::EndSpeech end;
  end.set_speech_id(grant(given, raise(given, person_id, "plenary", kind)));
  given.when(end).by("chair").at(begin_ms + length_ms).then_accepted();
}

TEST(Clock, T5_SpeakingTimeIsKeptPerPersonDelegationKindRoomAndItem) {
  auto given = sample_session().running("i1");
  speak(given, "ana", v1::REQUEST_KIND_INTERVENTION, 10'000);
  speak(given, "abe", v1::REQUEST_KIND_POINT_OF_ORDER, 3'000);
  speak(given, "ana", v1::REQUEST_KIND_INTERVENTION, 5'000);
  speak(given, "ben", v1::REQUEST_KIND_INTERVENTION, 2'000);
  // Granted by mistake: counted nowhere (Q15).
  grant(given, raise(given, "joe", "plenary", v1::REQUEST_KIND_INTERVENTION));
  undo(given, v1::ACT_KIND_GRANT);
  const auto times = sums(given);
  const auto has = [](const Totals& totals, const std::string& total) {
    return told(totals).find(total) != std::string::npos;
  };
  EXPECT_TRUE(has(times.people(), "ana:2/15000 ")) << told(times.people());
  EXPECT_TRUE(has(times.people(), "abe:1/3000 "));
  EXPECT_FALSE(has(times.people(), "joe:"));
  EXPECT_TRUE(has(times.delegations(), "fr:3/18000 ")) << told(times.delegations());
  EXPECT_TRUE(has(times.delegations(), "de:1/2000 "));
  EXPECT_TRUE(has(times.kinds(), std::to_string(v1::REQUEST_KIND_INTERVENTION) + ":3/17000 "))
      << told(times.kinds());
  EXPECT_EQ(told(times.rooms()), "plenary:4/20000 ");
  EXPECT_EQ(told(times.items()), "i1:4/20000 ");
}

}  // namespace
}  // namespace plenary::test
