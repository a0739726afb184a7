// The words of product.md for what the protocol says in numbers, in the reader's language.
import type { ClockPhase } from '../core/clock';
import { m } from '../i18n';
import {
  ActKind,
  ItemKind,
  RequestKind,
  Role,
  SessionPhase,
  type ActView,
  type Text,
} from '../wire';

export const kindWord = (kind: RequestKind): string =>
  ({
    [RequestKind.UNSPECIFIED]: m.kind_hand,
    [RequestKind.HAND]: m.kind_hand,
    [RequestKind.POINT_OF_ORDER]: m.kind_point_of_order,
    [RequestKind.CLARIFYING_QUESTION]: m.kind_clarifying_question,
    [RequestKind.REPLY]: m.kind_reply,
    [RequestKind.NEW_TOPIC]: m.kind_new_topic,
    [RequestKind.INTERVENTION]: m.kind_intervention,
    [RequestKind.RIGHT_OF_REPLY]: m.kind_right_of_reply,
  })[kind]();

export const kindHelp = (kind: RequestKind): string =>
  ({
    [RequestKind.UNSPECIFIED]: m.kind_hand_help,
    [RequestKind.HAND]: m.kind_hand_help,
    [RequestKind.POINT_OF_ORDER]: m.kind_point_of_order_help,
    [RequestKind.CLARIFYING_QUESTION]: m.kind_clarifying_question_help,
    [RequestKind.REPLY]: m.kind_reply_help,
    [RequestKind.NEW_TOPIC]: m.kind_new_topic_help,
    [RequestKind.INTERVENTION]: m.kind_intervention_help,
    [RequestKind.RIGHT_OF_REPLY]: m.kind_right_of_reply_help,
  })[kind]();

export const itemKindWord = (kind: ItemKind): string =>
  ({
    [ItemKind.UNSPECIFIED]: m.item_other,
    [ItemKind.WELCOME]: m.item_welcome,
    [ItemKind.REMARKS]: m.item_remarks,
    [ItemKind.BRIEFING]: m.item_briefing,
    [ItemKind.WORKSHOP]: m.item_workshop,
    [ItemKind.DEBRIEF]: m.item_debrief,
    [ItemKind.STATEMENTS]: m.item_statements,
    [ItemKind.CLOSING]: m.item_closing,
    [ItemKind.BREAK]: m.item_break,
    [ItemKind.OTHER]: m.item_other,
  })[kind]();

export const phaseWord = (phase: SessionPhase): string =>
  ({
    [SessionPhase.UNSPECIFIED]: m.phase_draft,
    [SessionPhase.DRAFT]: m.phase_draft,
    [SessionPhase.LIVE]: m.phase_live,
    [SessionPhase.PAUSED]: m.phase_paused,
    [SessionPhase.CLOSING]: m.phase_closing,
    [SessionPhase.CLOSED]: m.phase_closed,
  })[phase]();

export const roleWord = (role: Role): string =>
  ({
    [Role.UNSPECIFIED]: m.role_participant,
    [Role.PARTICIPANT]: m.role_participant,
    [Role.NOTE_TAKER]: m.role_note_taker,
    [Role.MODERATOR]: m.role_moderator,
    [Role.DISPLAY]: m.role_display,
  })[role]();

export const actWord = (act: ActView): string => {
  const subject = act.subject;
  switch (act.kind) {
    case ActKind.GRANT:
      return m.act_grant({ subject });
    case ActKind.END:
      return m.act_end({ subject });
    case ActKind.START_ITEM:
      return m.act_start_item({ subject });
    case ActKind.CLEAR:
      return m.act_clear();
    case ActKind.MOVE:
      return m.act_move({ subject });
    case ActKind.REMOVE:
      return m.act_remove({ subject });
    case ActKind.WITHDRAW:
      return m.act_withdraw({ subject });
    case ActKind.UNSPECIFIED:
      return subject;
  }
};

// A name in the reader's language, or its first form (S9).
export const textIn = (text: Text | undefined, language: string): string =>
  text?.translations.find((form) => form.language.split('-')[0] === language)?.text ??
  text?.text ??
  '';

// Why a clock stands; "" while it runs.
export const standingWord = (phase: ClockPhase): string => {
  switch (phase) {
    case 'waiting':
      return m.clock_awaiting();
    case 'paused':
      return m.clock_paused();
    case 'suspended':
      return m.clock_suspended();
    case 'running':
    case 'ended':
      return '';
  }
};
