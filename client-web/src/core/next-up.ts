// Who has the floor next: the chair's large button, the display and the phones all say it, and they
// must say the same.
import {
  ItemKind,
  RequestKind,
  type AgendaItem,
  type EntryView,
  type NamedSpeaker,
  type RoomView,
} from '../wire';
import { onceEach } from './once';

export type NextUp =
  | { readonly kind: 'named'; readonly speaker: NamedSpeaker }
  | { readonly kind: 'entry'; readonly entry: EntryView }
  | { readonly kind: 'nobody' };

interface Situation {
  readonly item: AgendaItem | undefined; // the current one
  readonly speaking: boolean;
  readonly unspoken: boolean; // nobody has spoken for this item yet
  readonly due: readonly NamedSpeaker[];
  readonly entries: readonly EntryView[];
}

export const isBreak = (item: AgendaItem | undefined): boolean => item?.kind === ItemKind.BREAK;

// An item begins with whom the agenda names for it: a hand left up from the item before must not
// take that slot. A point of order goes before everybody. Once somebody has spoken, hands go before
// those who are named as well. Nobody is called into a break.
export function nextUp({ item, speaking, unspoken, due, entries }: Situation): NextUp {
  if (isBreak(item) && !speaking) return { kind: 'nobody' };
  const entry = entries.find(({ place }) => place === 1);
  const [speaker] = due;
  const opens = unspoken && !speaking && entry?.kind !== RequestKind.POINT_OF_ORDER;
  if (speaker && (opens || !entry)) return { kind: 'named', speaker };
  return entry ? { kind: 'entry', entry } : { kind: 'nobody' };
}

// Who is named for an item that nobody has spoken for: all who neither speak nor wait already. One
// name that stands twice is one person.
export function namedFor(
  item: AgendaItem | undefined,
  busyIds: ReadonlySet<string>,
): readonly NamedSpeaker[] {
  if (item === undefined || isBreak(item)) return [];
  return onceEach(item.speakers, ({ personId }) => personId).filter(
    ({ personId }) => personId !== '' && !busyIds.has(personId),
  );
}

export interface Watched {
  readonly roomId: string;
  readonly itemId: string;
  readonly unspoken: boolean;
}

type WatchedRoom = Pick<
  RoomView,
  | 'id'
  | 'currentItemId'
  | 'currentSpeechId'
  | 'suspendedSpeechIds'
  | 'topicSpeechId'
  | 'medianSpeechMs'
>;

// A view has no speech that is over, so a page knows that nobody has spoken for an item only if it
// was there when the item began, or if nobody has spoken in the room at all. What it did not see it
// does not claim: then the queue's own order stands.
export function watch(
  before: Watched | undefined,
  room: WatchedRoom,
  item: AgendaItem | undefined,
  live: boolean,
): Watched {
  const now = { roomId: room.id, itemId: room.currentItemId };
  const spoken =
    room.currentSpeechId !== '' || room.suspendedSpeechIds.length > 0 || room.topicSpeechId !== '';
  if (!item || spoken || !live) return { ...now, unspoken: false };
  if (room.medianSpeechMs === 0) return { ...now, unspoken: true };
  if (before?.roomId !== room.id) return { ...now, unspoken: false };
  const began = before.itemId !== now.itemId && item.runs.length === 1;
  return { ...now, unspoken: began || (before.itemId === now.itemId && before.unspoken) };
}
