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

export type NextUp =
  | { readonly kind: 'named'; readonly speaker: NamedSpeaker; readonly entryId: string }
  | { readonly kind: 'entry'; readonly entry: EntryView }
  | { readonly kind: 'nobody' };

interface Situation {
  readonly room: Pick<RoomView, 'itemUnspoken' | 'duePersonIds'>;
  readonly item: AgendaItem | undefined; // the current one
  readonly speaking: boolean;
  readonly entries: readonly EntryView[];
}

export const isBreak = (item: AgendaItem | undefined): boolean => item?.kind === ItemKind.BREAK;

// Whom the item names and who has not had the floor for it, as the server says.
export function dueSpeakers(
  room: Pick<RoomView, 'duePersonIds'>,
  item: AgendaItem | undefined,
): readonly NamedSpeaker[] {
  return room.duePersonIds.flatMap(
    (id) => item?.speakers.find(({ personId }) => personId === id) ?? [],
  );
}

// An item begins with whom the agenda names for it, with a hand up or without: a hand left up from
// the item before must not take that slot. A point of order goes before everybody. Once somebody
// has spoken, hands go before those who are named as well. Nobody is called into a break.
export function nextUp({ room, item, speaking, entries }: Situation): NextUp {
  if (isBreak(item) && !speaking) return { kind: 'nobody' };
  const entry = entries.find(({ place }) => place === 1);
  const [speaker] = dueSpeakers(room, item);
  const opens = room.itemUnspoken && !speaking && entry?.kind !== RequestKind.POINT_OF_ORDER;
  if (speaker && (opens || !entry)) {
    return { kind: 'named', speaker, entryId: entryOf(speaker, entries)?.id ?? '' };
  }
  return entry ? { kind: 'entry', entry } : { kind: 'nobody' };
}

const entryOf = ({ personId }: NamedSpeaker, entries: readonly EntryView[]) =>
  entries.find((entry) => entry.personId === personId && entry.place > 0);

// The list behind whoever is next: the entries that can be called, but for the own one of somebody
// who goes before the list.
export function listBehind(next: NextUp, entries: readonly EntryView[]): readonly EntryView[] {
  const own = next.kind === 'named' ? next.entryId : '';
  return entries.filter(({ id, place }) => place > 0 && id !== own);
}

// How many those are, of all who wait.
export const waitingBehind = (next: NextUp, { waitingCount }: Pick<RoomView, 'waitingCount'>) =>
  waitingCount - (next.kind === 'named' && next.entryId !== '' ? 1 : 0);

// Whom a chair can give the floor to as well: who is due, is not next and has no hand up.
export function alsoDue(
  due: readonly NamedSpeaker[],
  next: NextUp,
  entries: readonly EntryView[],
): readonly NamedSpeaker[] {
  const lead = next.kind === 'named' ? next.speaker.personId : '';
  return due.filter(
    (speaker) => speaker.personId !== lead && entryOf(speaker, entries) === undefined,
  );
}
