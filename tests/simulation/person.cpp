#include "simulation/person.hpp"

#include <gtest/gtest.h>

#include "host/limits.hpp"

namespace plenary::simulation {

namespace {

constexpr std::size_t kMaxOpen = 4;  // commands without an answer

bool perhaps_done(const v1::Reply& reply) {
  return reply.refusal().code() == v1::REFUSAL_CODE_UNAVAILABLE ||
         reply.refusal().code() == v1::REFUSAL_CODE_RATE_LIMITED;
}

}  // namespace

bool Sent::settled() const {
  for (const v1::Reply& reply : replies) {
    if (!perhaps_done(reply)) return true;
  }
  return false;
}

PersonPage::PersonPage(Cluster& cluster, std::string person_id, bool staff)
    : cluster_(cluster), person_id_(std::move(person_id)), staff_(staff) {}

void PersonPage::connect() {
  at_ = cluster_.random.below(cluster_.instances.size());
  cluster_.find(at_);
  host_ = cluster_.instances[at_]->host;
  if (!host_) return;
  page_ = std::make_shared<test::FakePage>();
  page_->view = view_;
  replies_seen_ = 0;
  ports::Claims claims;
  claims.session_id = cluster_.session_id;
  claims.person_id = person_id_;
  v1::Hello hello;
  if (view_.has_position) {
    *hello.mutable_position() = view_.position;
    hello.set_audience(view_.audience);
  }
  host_->join({page_, claims, hello});
}

void PersonPage::disconnect() {
  if (!page_) return;
  collect();
  if (page_) host_->leave(page_);
  page_ = nullptr;
  host_ = nullptr;
}

void PersonPage::crashed(std::size_t instance) {
  if (!page_ || at_ != instance) return;
  collect();
  page_ = nullptr;
  host_ = nullptr;
}

void PersonPage::collect() {
  for (; replies_seen_ < page_->replies.size(); ++replies_seen_) {
    const v1::Reply& reply = page_->replies[replies_seen_];
    const auto found = sent_.find(reply.id());
    ASSERT_NE(found, sent_.end()) << "a reply to nothing";
    found->second.replies.push_back(reply);
  }
  // The page holds what it shows on to its next connection.
  view_ = page_->view;
  EXPECT_EQ(view_.holes, 0) << person_id_ << " got a change that does not fit";
  if (page_->closed) {
    EXPECT_TRUE(page_->bye.retry()) << page_->bye.ShortDebugString();
    // The host has the session no more: the next look finds it again.
    Instance& instance = *cluster_.instances[at_];
    if (instance.host == host_ && page_->bye.code() != 4002) instance.host = nullptr;
    host_->leave(page_);
    page_ = nullptr;
    host_ = nullptr;
  }
}

void PersonPage::act() {
  if (!page_) {
    connect();
    return;
  }
  collect();
  if (!page_) return;
  if (page_->outbox().fell_behind()) host_->needs_view(page_);
  const std::uint64_t dice = cluster_.random.below(100);
  if (dice < 50) {
    send_new();
  } else if (dice < 70) {
    resend();
  } else if (dice < 80) {
    disconnect();
  } else if (dice < 88) {
    page_->reads = !page_->reads;
    if (page_->reads) page_->read();
  } else if (!page_->outbox().empty()) {
    page_->take(1 + cluster_.random.below(300));
  }
}

void PersonPage::transmit(const std::string& id, Sent& sent) {
  ++sent.attempts;
  host_->submit(page_, id, sent.submit);
}

void PersonPage::resend() {
  for (auto& [id, sent] : sent_) {
    if (!sent.settled() || (sent.attempts < 4 && cluster_.random.chance(10))) transmit(id, sent);
  }
}

void PersonPage::send_new() {
  std::size_t open = 0;
  for (const auto& [id, sent] : sent_)
    open += sent.settled() ? 0 : 1;
  if (open >= kMaxOpen) return resend();
  Sent sent;
  sent.person_id = person_id_;
  sent.submit.set_issued_at_ms(cluster_.time.server_now_ms());
  if (!pick_command(*sent.submit.mutable_command(), sent.always_changes)) return;
  const auto bytes = cluster_.ids.next();
  const std::string id(bytes.begin(), bytes.end());
  transmit(id, sent_.emplace(id, std::move(sent)).first->second);
}

// ---- what it does, from what it sees

std::string PersonPage::any(v1::ViewKind kind) {
  std::vector<std::string> ids;
  for (const auto& [key, bytes] : page_->view.entities) {
    if (key.first == kind) ids.push_back(key.second);
  }
  return ids.empty() ? std::string() : ids[cluster_.random.below(ids.size())];
}

const v1::RoomView* PersonPage::room(const std::string& id) {
  const auto found = page_->view.entities.find({v1::VIEW_KIND_ROOM, id});
  v1::ViewEntity entity;
  if (found == page_->view.entities.end() || !entity.ParseFromString(found->second)) return nullptr;
  room_ = entity.room();
  return &room_;
}

bool PersonPage::pick_command(v1::Command& command, bool& always_changes) {
  if (staff_ && cluster_.random.chance(60)) return pick_staff_command(command);
  switch (cluster_.random.below(6)) {
    case 0:
      command.mutable_withdraw_request()->set_request_id(any(v1::VIEW_KIND_ENTRY));
      return true;
    case 1:
      command.mutable_step_back()->set_request_id(any(v1::VIEW_KIND_ENTRY));
      return true;
    case 2:
      command.mutable_enter_room()->set_room_id(any(v1::VIEW_KIND_ROOM));
      return true;
    case 3:
      command.mutable_yield_floor()->set_speech_id(any(v1::VIEW_KIND_SPEECH));
      return true;
    default: {
      // A note of its own each time, so that an accepted one always changes something.
      v1::RequestFloor& hand = *command.mutable_request_floor();
      hand.set_room_id("plenary");
      hand.set_kind(cluster_.random.chance(20) ? v1::REQUEST_KIND_POINT_OF_ORDER
                                               : v1::REQUEST_KIND_INTERVENTION);
      hand.set_note(person_id_ + std::to_string(++notes_));
      always_changes = true;
      return true;
    }
  }
}

bool PersonPage::pick_staff_command(v1::Command& command) {
  const v1::RoomView* plenary = room("plenary");
  if (plenary == nullptr) return false;
  const std::string entry = any(v1::VIEW_KIND_ENTRY);
  switch (cluster_.random.below(12)) {
    case 0:
      if (cluster_.random.chance(70)) return false;
      if (cluster_.random.chance(50)) {
        command.mutable_pause_session();
      } else {
        command.mutable_resume_session();
      }
      return true;
    case 1: {
      v1::StartItem& start = *command.mutable_start_item();
      start.set_item_id(any(v1::VIEW_KIND_ITEM));
      start.set_seen_run_id(plenary->current_run_id());
      return true;
    }
    case 2:
      command.mutable_set_queue_open()->set_room_id("plenary");
      command.mutable_set_queue_open()->set_open(cluster_.random.chance(80));
      return true;
    case 3:
      command.mutable_announce()->set_text("hear " + std::to_string(++notes_));
      return true;
    case 4:
      command.mutable_withdraw_announcement()->set_announcement_id(any(v1::VIEW_KIND_ANNOUNCEMENT));
      return true;
    case 5:
      command.mutable_hold_request()->set_request_id(entry);
      command.mutable_hold_request()->set_held(cluster_.random.chance(50));
      return true;
    case 6:
      command.mutable_move_request()->set_request_id(entry);
      command.mutable_move_request()->set_before_request_id(any(v1::VIEW_KIND_ENTRY));
      return true;
    case 7:
      command.mutable_end_speech()->set_speech_id(plenary->current_speech_id());
      return true;
    case 8:
      command.mutable_undo()->set_act_id(any(v1::VIEW_KIND_ACT));
      return true;
    case 9: {
      // A role comes and goes: readers change their audience.
      v1::Grant grant;
      grant.set_role(v1::ROLE_NOTE_TAKER);
      const std::string whom = "p" + std::to_string(cluster_.random.below(3));
      const bool give = cluster_.random.chance(50);
      (give ? *command.mutable_grant_role()->mutable_person_id()
            : *command.mutable_revoke_role()->mutable_person_id()) = whom;
      (give ? *command.mutable_grant_role()->mutable_grant()
            : *command.mutable_revoke_role()->mutable_grant()) = grant;
      return true;
    }
    default: {
      if (entry.empty()) return false;
      v1::GrantFloor& grant = *command.mutable_grant_floor();
      grant.set_request_id(plenary->entry_ids_size() > 0 ? plenary->entry_ids(0) : entry);
      grant.set_seen_speech_id(plenary->current_speech_id());
      return true;
    }
  }
}

// ---- the end

bool PersonPage::come_to_rest() {
  if (!page_) connect();
  if (!page_) return false;
  page_->reads = true;
  page_->read();
  collect();
  if (!page_) return false;
  if (page_->outbox().fell_behind()) host_->needs_view(page_);
  bool rest = page_->welcome.has_value() && view_.has_position;
  for (auto& [id, sent] : sent_) {
    if (sent.settled()) continue;
    transmit(id, sent);
    rest = false;
  }
  return rest;
}

}  // namespace plenary::simulation
