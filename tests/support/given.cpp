#include "support/given.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <set>

#include "core/entities.hpp"

namespace plenary::test {
namespace {

[[noreturn]] void end_test(std::string_view what, std::string_view id) {
  std::cerr << what << " " << id << "\n";
  std::abort();
}

template <typename T>
const T& need(const T* found, std::string_view what, std::string_view id) {
  if (found == nullptr) end_test(what, id);
  return *found;
}

template <typename T>
v1::Entity to_entity(const T& entity) {
  v1::Entity made;
  core::Traits<T>::of(made) = entity;
  return made;
}

}  // namespace

void parse_into(google::protobuf::Message& message, std::string_view text) {
  if (!google::protobuf::TextFormat::ParseFromString(std::string(text), &message)) {
    end_test("not a " + message.GetTypeName() + ":", text);
  }
}

v1::Command to_command(const google::protobuf::Message& body) {
  v1::Command command;
  const auto* descriptor = v1::Command::descriptor();
  for (int at = 0; at < descriptor->field_count(); ++at) {
    const auto* field = descriptor->field(at);
    if (field->message_type() != body.GetDescriptor()) continue;
    v1::Command::GetReflection()->MutableMessage(&command, field)->CopyFrom(body);
    return command;
  }
  end_test("no command:", body.GetTypeName());
}

void check_decision(const core::State& before, const core::Decision& decision) {
  std::set<std::pair<int, std::string>> seen;
  const auto once = [&](const v1::EntityRef& ref) {
    EXPECT_FALSE(ref.id().empty());
    EXPECT_TRUE(seen.emplace(ref.kind(), ref.id()).second) << "twice in changes: " << ref.id();
  };
  for (const auto& entity : decision.changes.put())
    once(core::entity_ref(entity));
  for (const auto& ref : decision.changes.removed())
    once(ref);
  core::State there = before;
  const auto back = core::inverse(there, decision.changes);
  core::apply(there, decision.changes);
  core::apply(there, back);
  EXPECT_EQ(snapshot_bytes(there), snapshot_bytes(before)) << "inverse() does not restore";
}

std::string snapshot_bytes(const core::State& state) {
  v1::Snapshot snapshot;
  core::append_entities(state, snapshot);
  return snapshot.SerializeAsString();
}

When::When(Given& given, v1::Command command) : given_(given), command_(std::move(command)) {}

When& When::by(std::string_view person_id) {
  actor_.set_kind(v1::ACTOR_KIND_PERSON);
  actor_.set_person_id(std::string(person_id));
  return *this;
}

When& When::by_organizer() {
  actor_.set_kind(v1::ACTOR_KIND_ORGANIZER);
  return *this;
}

When& When::by_system() {
  actor_.set_kind(v1::ACTOR_KIND_SYSTEM);
  return *this;
}

When& When::by_edge() {
  actor_.set_kind(v1::ACTOR_KIND_EDGE);
  return *this;
}

When& When::at(std::int64_t since_start_ms) {
  given_.now_ms_ = kStartMs + since_start_ms;
  return *this;
}

std::expected<core::Decision, v1::Refusal> When::decision() {
  core::Context context;
  context.now_ms = given_.now_ms_;
  context.actor = actor_;
  const std::uint64_t count = ++given_.decided_;
  for (std::size_t at = 0; at < 8; ++at) {
    context.seed[at] = static_cast<std::uint8_t>(count >> (8 * at));
  }
  auto decided = core::decide(given_.state_, command_, context);
  if (decided) {
    check_decision(given_.state_, *decided);
    const auto again = core::decide(given_.state_, command_, context);
    EXPECT_TRUE(again && again->changes.SerializeAsString() == decided->changes.SerializeAsString())
        << "the same decision did not come again";
  } else {
    EXPECT_NE(decided.error().code(), v1::REFUSAL_CODE_UNSPECIFIED);
  }
  return decided;
}

std::string When::then_accepted() {
  const auto decided = decision();
  if (!decided) {
    ADD_FAILURE() << "refused: " << decided.error().ShortDebugString() << "\nof "
                  << command_.ShortDebugString();
    return {};
  }
  core::apply(given_.state_, decided->changes);
  return decided->created_id;
}

void When::then_nothing() {
  const auto decided = decision();
  if (!decided) {
    ADD_FAILURE() << "refused: " << decided.error().ShortDebugString();
    return;
  }
  EXPECT_EQ(decided->changes.put_size() + decided->changes.removed_size(), 0)
      << decided->changes.ShortDebugString();
}

void When::then_refused(v1::RefusalCode code, std::string_view field) {
  const auto decided = decision();
  if (decided) {
    ADD_FAILURE() << "accepted: " << command_.ShortDebugString() << "\nwith "
                  << decided->changes.ShortDebugString();
    return;
  }
  EXPECT_EQ(v1::RefusalCode_Name(decided.error().code()), v1::RefusalCode_Name(code))
      << decided.error().ShortDebugString();
  if (!field.empty()) {
    EXPECT_EQ(decided.error().field(), field);
  }
}

template <typename T>
Given& Given::put(const T& entity) {
  state_.put(to_entity(entity));
  return *this;
}
template Given& Given::put(const v1::Session&);
template Given& Given::put(const v1::Room&);
template Given& Given::put(const v1::AgendaItem&);
template Given& Given::put(const v1::Delegation&);
template Given& Given::put(const v1::Person&);
template Given& Given::put(const v1::Request&);
template Given& Given::put(const v1::Speech&);
template Given& Given::put(const v1::Announcement&);
template Given& Given::put(const v1::Invitation&);
template Given& Given::put(const v1::Act&);

Given& Given::phase(v1::SessionPhase phase) {
  v1::Session changed = session();
  changed.set_phase(phase);
  return put(changed);
}

Given& Given::person(std::string_view id, std::string_view delegation_id,
                     std::initializer_list<std::string_view> grants) {
  v1::Person person;
  person.set_id(std::string(id));
  person.set_name("Name of " + std::string(id));
  person.set_delegation_id(std::string(delegation_id));
  person.set_delegation_confirmed(true);
  person.set_admitted(true);
  person.set_room_id("plenary");
  person.set_entered_at_ms(kStartMs);
  for (const auto grant : grants) {
    auto* added = person.add_grants();
    const auto colon = grant.find(':');
    added->set_role(grant.substr(0, colon) == "moderator" ? v1::ROLE_MODERATOR
                                                          : v1::ROLE_NOTE_TAKER);
    if (colon != std::string_view::npos) added->set_room_id(std::string(grant.substr(colon + 1)));
  }
  return put(person);
}

Given& Given::settings(std::string_view room_id, std::string_view text) {
  v1::Room changed = room(room_id);
  changed.mutable_settings()->MergeFrom(make<v1::RoomSettings>(text));
  return put(changed);
}

Given& Given::item(std::string_view id, std::string_view room_id, std::string_view text) {
  auto item = make<v1::AgendaItem>(text);
  item.set_id(std::string(id));
  item.set_room_id(std::string(room_id));
  if (item.kind() == v1::ITEM_KIND_UNSPECIFIED) item.set_kind(v1::ITEM_KIND_OTHER);
  if (item.title().text().empty()) item.mutable_title()->set_text("Item " + std::string(id));
  if (item.planned_ms() == 0) item.set_planned_ms(600'000);
  item.set_position(static_cast<std::int32_t>(state_.items().size()));
  return put(item);
}

Given& Given::running(std::string_view item_id, std::int64_t since_ms) {
  v1::AgendaItem changed = item(item_id);
  auto* run = changed.add_runs();
  run->set_id("run-" + std::string(item_id));
  run->set_started_at_ms(kStartMs + since_ms);
  run->add_intervals()->set_from_ms(kStartMs + since_ms);
  v1::Room of = room(changed.room_id());
  of.set_current_item_id(changed.id());
  of.set_current_run_id(run->id());
  return put(changed).put(of);
}

Given& Given::waiting(std::string_view id, std::string_view person_id, std::string_view room_id,
                      v1::RequestKind kind, std::int32_t band) {
  v1::Session counted = session();
  v1::Request request;
  request.set_id(std::string(id));
  request.set_room_id(std::string(room_id));
  request.set_kind(kind);
  request.set_holder_person_id(std::string(person_id));
  request.set_speaker_person_id(std::string(person_id));
  request.set_raised_by_person_id(std::string(person_id));
  request.set_band(band);
  request.set_sequence(counted.next_sequence());
  request.set_order_key(counted.next_sequence() << 24);
  request.set_raised_at_ms(now_ms_);
  counted.set_next_sequence(counted.next_sequence() + 1);
  return put(counted).put(request);
}

const v1::Session& Given::session() const {
  return need(state_.session(), "no", "session");
}
const v1::Room& Given::room(std::string_view id) const {
  return need(state_.room(id), "no room", id);
}
const v1::AgendaItem& Given::item(std::string_view id) const {
  return need(state_.item(id), "no item", id);
}
const v1::Person& Given::person_of(std::string_view id) const {
  return need(state_.person(id), "no person", id);
}
const v1::Request& Given::request(std::string_view id) const {
  return need(state_.request(id), "no request", id);
}
const v1::Speech& Given::speech(std::string_view id) const {
  return need(state_.speech(id), "no speech", id);
}

std::vector<std::string> Given::queue(std::string_view room_id, std::string_view item_id) const {
  std::vector<std::string> ids;
  for (const auto& key : state_.queue(room_id, item_id))
    ids.push_back(key.request_id);
  return ids;
}

Given sample_session() {
  Given given;
  given.put(make<v1::Session>(
      "id: 'session1' join_code: '12345678' title { text: 'Sample' } phase: SESSION_PHASE_LIVE "
      "date: '2027-05-12' planned_start: '09:00' zone: 'Europe/Brussels' languages: 'en' "
      "languages: 'fr' entry: ENTRY_POLICY_OPEN retention_days: 365 next_sequence: 1 "
      "created_at_ms: 1800000000000 opened_at_ms: 1800000000000"));
  given.put(make<v1::Room>(
      "id: 'plenary' name { text: 'Plenary' } plenary: true queue_open: true settings { preset: "
      "PRESET_FORMAL holder: HOLDER_KIND_PERSON overrun: OVERRUN_COUNT_UP warning_ms: 30000 }"));
  given.put(make<v1::Room>(
      "id: 'lab' name { text: 'Lab' } queue_open: true position: 1 settings { preset: "
      "PRESET_WORKSHOP holder: HOLDER_KIND_PERSON overrun: OVERRUN_COUNT_UP warning_ms: 30000 }"));
  given.put(make<v1::Room>(
      "id: 'hall' name { text: 'Hall' } queue_open: true position: 2 settings { preset: "
      "PRESET_SIMPLE holder: HOLDER_KIND_PERSON overrun: OVERRUN_COUNT_UP warning_ms: 30000 }"));
  given.put(make<v1::Delegation>("id: 'fr' name { text: 'France' }"));
  given.put(make<v1::Delegation>("id: 'de' name { text: 'Germany' } position: 1"));
  given.put(make<v1::Delegation>("id: 'jp' name { text: 'Japan' } position: 2"));
  given.item("i1", "plenary").item("i2", "plenary", "inscription_ahead: true");
  given.item("i3", "plenary").item("w1", "lab").item("w2", "lab").item("h1", "hall");
  given.person("chair", {}, {"moderator:"}).person("notes", {}, {"note_taker:"});
  given.person("lead", {}, {"moderator:lab"});
  given.person("ana", "fr").person("abe", "fr").person("ben", "de").person("joe", "jp");
  given.person("zoe");
  return given;
}

}  // namespace plenary::test
