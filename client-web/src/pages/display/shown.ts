// What the display shows of a room, whoever opened it: a moderator's own browser gets names that
// the room hides, and who is held (P5, P8).
import type { SessionFace } from '../../components/face';
import { listBehind, nextUp, waitingBehind } from '../../core/next-up';
import { m } from '../../i18n';
import type { EntryView, RoomSettings, SpeechView } from '../../wire';

type Settings = Pick<RoomSettings, 'namesHidden'> | undefined;
type Named = Pick<
  EntryView | SpeechView,
  'name' | 'delegationId' | 'delegationName' | 'delegationUnconfirmed'
>;

export const shownName = (settings: Settings, { name }: Named): string =>
  settings?.namesHidden ? '' : name;

// "" for one that nobody has confirmed.
export const shownDelegation = (
  session: Pick<SessionFace, 'delegationName'>,
  { delegationUnconfirmed, delegationId, delegationName }: Named,
): string => (delegationUnconfirmed ? '' : session.delegationName(delegationId, delegationName));

export const shownSpeaker = (
  session: Pick<SessionFace, 'delegationName'>,
  settings: Settings,
  one: Named,
): string => shownName(settings, one) || shownDelegation(session, one) || m.name_hidden();

export interface ShownNext {
  readonly lead: string; // whom the agenda names for the item, and who goes before the list
  readonly entries: readonly EntryView[]; // that can be called
  readonly waiting: number; // of all these
}

type Seen = Pick<SessionFace, 'room' | 'currentItem' | 'floorOf' | 'queueOf'>;

// Who is next, as a display link has it: staff's view says in other fields as well who is held
// and, where names are hidden, whose an entry is and who of the agenda's speakers has spoken.
export function shownNext(session: Seen, roomId: string): ShownNext {
  const room = session.room(roomId);
  if (!room) return { lead: '', entries: [], waiting: 0 };
  const hidden = room.settings?.namesHidden ?? false;
  const queue = session.queueOf(roomId);
  const entries = queue
    .filter(({ held }) => !held)
    .map((entry) => (hidden ? { ...entry, personId: '' } : entry));
  const next = nextUp({
    room: hidden && !room.itemUnspoken ? { ...room, duePersonIds: [] } : room,
    item: session.currentItem(roomId),
    speaking: session.floorOf(roomId) !== undefined,
    entries,
  });
  // Staff's count has those who are held. A view carries the first 50 entries: those held behind
  // them cannot be told, and are counted.
  const waitingCount = room.waitingCount - (queue.length - entries.length);
  return {
    lead: next.kind === 'named' ? next.speaker.name : '',
    entries: listBehind(next, entries),
    waiting: waitingBehind(next, { waitingCount }),
  };
}
