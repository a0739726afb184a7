// The words of product.md for what the protocol says in numbers, in the reader's language. Those
// that every participant's page needs stand in speech-words.ts.
import { m } from '../i18n';
import { ActKind, ItemKind, Role, SessionPhase, type ActView } from '../wire';

export * from './speech-words';

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
