// Whom the display says to speak (P5, P8).
import type { SessionFace } from '../../components/face';
import { m } from '../../i18n';
import type { RoomSettings, SpeechView } from '../../wire';

type Settings = Pick<RoomSettings, 'namesHidden'> | undefined;

export const shownName = (settings: Settings, speech: SpeechView): string =>
  settings?.namesHidden ? '' : speech.name;

// "" for one that nobody has confirmed.
export const shownDelegation = (session: SessionFace, speech: SpeechView): string =>
  speech.delegationUnconfirmed
    ? ''
    : session.delegationName(speech.delegationId, speech.delegationName);

export const shownSpeaker = (
  session: SessionFace,
  settings: Settings,
  speech: SpeechView,
): string => shownName(settings, speech) || shownDelegation(session, speech) || m.name_hidden();
