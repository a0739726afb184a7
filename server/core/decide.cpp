// The one entry: what holds for every command, then one function per command.
#include "core/decide.hpp"

#include "core/agenda/commands.hpp"
#include "core/people/commands.hpp"
#include "core/phase.hpp"
#include "core/queue/commands.hpp"
#include "core/refusal.hpp"
#include "core/session/commands.hpp"
#include "core/time/commands.hpp"

namespace plenary::core {
namespace {

using Body = v1::Command::BodyCase;

// Who comes in, who has which right, how long the record stays: not proceedings, so that they can
// be changed when these are closed. Each of them says itself what closing means to it.
bool is_allowed_when_closed(Body body) {
  switch (body) {
    case v1::Command::kChangeSession:
    case v1::Command::kCloseSession:
    case v1::Command::kReopenSession:
    case v1::Command::kFinishClosing:
    case v1::Command::kEnterSession:
    case v1::Command::kAdmitPerson:
    case v1::Command::kConfirmDelegation:
    case v1::Command::kRemovePerson:
    case v1::Command::kGrantRole:
    case v1::Command::kRevokeRole:
    case v1::Command::kCreateInvitation:
    case v1::Command::kRevokeInvitation:
    case v1::Command::kEnterRoom:
    case v1::Command::kNoteSeen:
    case v1::Command::kOfferReturn:
      return true;
    default:
      return false;
  }
}

// The edge, the system and the organizer are ours; a person must be here.
Allowed check_actor(const State& state, Body body, const v1::Actor& actor) {
  switch (actor.kind()) {
    case v1::ACTOR_KIND_PERSON: {
      const v1::Person* person = state.person(actor.person_id());
      if (person == nullptr) return refuse(v1::REFUSAL_CODE_UNKNOWN_TOKEN);
      if (person->removed()) return refuse(v1::REFUSAL_CODE_REMOVED);
      if (!person->admitted()) return refuse(v1::REFUSAL_CODE_NOT_ADMITTED);
      return {};
    }
    case v1::ACTOR_KIND_ORGANIZER:
      return {};
    case v1::ACTOR_KIND_SYSTEM:
      if (body == v1::Command::kFinishClosing || body == v1::Command::kNoteSeen) return {};
      break;
    case v1::ACTOR_KIND_EDGE:
      if (body == v1::Command::kEnterSession) return {};
      break;
    default:
      break;
  }
  return refuse(v1::REFUSAL_CODE_FORBIDDEN);
}

Allowed check_every(const State& state, const v1::Command& command, const Context& context) {
  const Body body = command.body_case();
  if (body == v1::Command::BODY_NOT_SET) {
    return refuse(v1::REFUSAL_CODE_BAD_MESSAGE, "body", "a command that this server knows");
  }
  if (body == v1::Command::kCreateSession) {
    if (state.exists()) return refuse(v1::REFUSAL_CODE_ALREADY);
    if (context.actor.kind() == v1::ACTOR_KIND_ORGANIZER) return {};
    return refuse(v1::REFUSAL_CODE_FORBIDDEN, {}, "the organizer");
  }
  if (!state.exists()) return refuse(v1::REFUSAL_CODE_NOT_FOUND);
  if (auto allowed = check_actor(state, body, context.actor); !allowed) return allowed;
  return is_allowed_when_closed(body) ? Allowed() : need_not_closed(state);
}

using Decided = std::expected<Decision, v1::Refusal>;

// One function per area, which decide() chooses by number. A body of another area cannot come.
Decided decide_session(const State& state, const v1::Command& command, const Context& context) {
  switch (command.body_case()) {
    case v1::Command::kCreateSession:
      return decide_create_session(state, command.create_session(), context);
    case v1::Command::kChangeSession:
      return decide_change_session(state, command.change_session(), context);
    case v1::Command::kOpenSession:
      return decide_open_session(state, command.open_session(), context);
    case v1::Command::kPauseSession:
      return decide_pause_session(state, command.pause_session(), context);
    case v1::Command::kResumeSession:
      return decide_resume_session(state, command.resume_session(), context);
    case v1::Command::kCloseSession:
      return decide_close_session(state, command.close_session(), context);
    case v1::Command::kReopenSession:
      return decide_reopen_session(state, command.reopen_session(), context);
    case v1::Command::kFinishClosing:
      return decide_finish_closing(state, command.finish_closing(), context);
    case v1::Command::kAnnounce:
      return decide_announce(state, command.announce(), context);
    case v1::Command::kWithdrawAnnouncement:
      return decide_withdraw_announcement(state, command.withdraw_announcement(), context);
    case v1::Command::kChangeRoom:
      return decide_change_room(state, command.change_room(), context);
    case v1::Command::kAddDelegation:
      return decide_add_delegation(state, command.add_delegation(), context);
    case v1::Command::kChangeDelegation:
      return decide_change_delegation(state, command.change_delegation(), context);
    case v1::Command::kRemoveDelegation:
      return decide_remove_delegation(state, command.remove_delegation(), context);
    default:
      return refuse(v1::REFUSAL_CODE_BAD_MESSAGE, "body");
  }
}

Decided decide_agenda(const State& state, const v1::Command& command, const Context& context) {
  switch (command.body_case()) {
    case v1::Command::kImportAgenda:
      return decide_import_agenda(state, command.import_agenda(), context);
    case v1::Command::kAddItem:
      return decide_add_item(state, command.add_item(), context);
    case v1::Command::kChangeItem:
      return decide_change_item(state, command.change_item(), context);
    case v1::Command::kMoveItem:
      return decide_move_item(state, command.move_item(), context);
    case v1::Command::kRemoveItem:
      return decide_remove_item(state, command.remove_item(), context);
    case v1::Command::kStartItem:
      return decide_start_item(state, command.start_item(), context);
    case v1::Command::kEndItem:
      return decide_end_item(state, command.end_item(), context);
    default:
      return refuse(v1::REFUSAL_CODE_BAD_MESSAGE, "body");
  }
}

Decided decide_people(const State& state, const v1::Command& command, const Context& context) {
  switch (command.body_case()) {
    case v1::Command::kEnterSession:
      return decide_enter_session(state, command.enter_session(), context);
    case v1::Command::kAddPerson:
      return decide_add_person(state, command.add_person(), context);
    case v1::Command::kChangePerson:
      return decide_change_person(state, command.change_person(), context);
    case v1::Command::kAdmitPerson:
      return decide_admit_person(state, command.admit_person(), context);
    case v1::Command::kConfirmDelegation:
      return decide_confirm_delegation(state, command.confirm_delegation(), context);
    case v1::Command::kMutePerson:
      return decide_mute_person(state, command.mute_person(), context);
    case v1::Command::kRemovePerson:
      return decide_remove_person(state, command.remove_person(), context);
    case v1::Command::kGrantRole:
      return decide_grant_role(state, command.grant_role(), context);
    case v1::Command::kRevokeRole:
      return decide_revoke_role(state, command.revoke_role(), context);
    case v1::Command::kCreateInvitation:
      return decide_create_invitation(state, command.create_invitation(), context);
    case v1::Command::kRevokeInvitation:
      return decide_revoke_invitation(state, command.revoke_invitation(), context);
    case v1::Command::kEnterRoom:
      return decide_enter_room(state, command.enter_room(), context);
    case v1::Command::kNoteSeen:
      return decide_note_seen(state, command.note_seen(), context);
    case v1::Command::kOfferReturn:
      return decide_offer_return(state, command.offer_return(), context);
    case v1::Command::kMergePeople:
      return decide_merge_people(state, command.merge_people(), context);
    default:
      return refuse(v1::REFUSAL_CODE_BAD_MESSAGE, "body");
  }
}

Decided decide_queue(const State& state, const v1::Command& command, const Context& context) {
  switch (command.body_case()) {
    case v1::Command::kRequestFloor:
      return decide_request_floor(state, command.request_floor(), context);
    case v1::Command::kWithdrawRequest:
      return decide_withdraw_request(state, command.withdraw_request(), context);
    case v1::Command::kStepBack:
      return decide_step_back(state, command.step_back(), context);
    case v1::Command::kNameSpeaker:
      return decide_name_speaker(state, command.name_speaker(), context);
    case v1::Command::kMoveRequest:
      return decide_move_request(state, command.move_request(), context);
    case v1::Command::kHoldRequest:
      return decide_hold_request(state, command.hold_request(), context);
    case v1::Command::kRemoveRequest:
      return decide_remove_request(state, command.remove_request(), context);
    case v1::Command::kSetQueueOpen:
      return decide_set_queue_open(state, command.set_queue_open(), context);
    case v1::Command::kClearQueue:
      return decide_clear_queue(state, command.clear_queue(), context);
    case v1::Command::kAskToBeNext:
      return decide_ask_to_be_next(state, command.ask_to_be_next(), context);
    case v1::Command::kAnswerAsked:
      return decide_answer_asked(state, command.answer_asked(), context);
    case v1::Command::kNoteToldNext:
      return decide_note_told_next(state, command.note_told_next(), context);
    default:
      return refuse(v1::REFUSAL_CODE_BAD_MESSAGE, "body");
  }
}

Decided decide_floor(const State& state, const v1::Command& command, const Context& context) {
  switch (command.body_case()) {
    case v1::Command::kNextSpeaker:
      return decide_next_speaker(state, command.next_speaker(), context);
    case v1::Command::kGrantFloor:
      return decide_grant_floor(state, command.grant_floor(), context);
    case v1::Command::kStartSpeech:
      return decide_start_speech(state, command.start_speech(), context);
    case v1::Command::kPauseSpeech:
      return decide_pause_speech(state, command.pause_speech(), context);
    case v1::Command::kResumeSpeech:
      return decide_resume_speech(state, command.resume_speech(), context);
    case v1::Command::kAddTime:
      return decide_add_time(state, command.add_time(), context);
    case v1::Command::kTakeOffTime:
      return decide_take_off_time(state, command.take_off_time(), context);
    case v1::Command::kEndSpeech:
      return decide_end_speech(state, command.end_speech(), context);
    case v1::Command::kYieldFloor:
      return decide_yield_floor(state, command.yield_floor(), context);
    case v1::Command::kUndo:
      return decide_undo(state, command.undo(), context);
    default:
      return refuse(v1::REFUSAL_CODE_BAD_MESSAGE, "body");
  }
}

}  // namespace

std::expected<Decision, v1::Refusal> decide(const State& state, const v1::Command& command,
                                            const Context& asked) {
  // Who was merged meanwhile acts as who they are now (P7).
  Context context = asked;
  if (const v1::Person* person = state.who_is(asked.actor.person_id())) {
    context.actor.set_person_id(person->id());
  }
  if (auto allowed = check_every(state, command, context); !allowed) {
    return Refused(allowed.error());
  }
  // commands.proto numbers them by area.
  const int number = command.body_case();
  if (number < v1::Command::kImportAgenda) return decide_session(state, command, context);
  if (number < v1::Command::kEnterSession) return decide_agenda(state, command, context);
  if (number < v1::Command::kRequestFloor) return decide_people(state, command, context);
  if (number < v1::Command::kNextSpeaker) return decide_queue(state, command, context);
  return decide_floor(state, command, context);
}

}  // namespace plenary::core
