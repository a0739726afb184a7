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
  | { readonly kind: 'named'; readonly speaker: NamedSpeaker }
  | { readonly kind: 'entry'; readonly entry: EntryView }
  | { readonly kind: 'nobody' };

interface Situation {
  readonly room: Pick<RoomView, 'itemUnspoken' | 'duePersonIds'>;
  readonly item: AgendaItem | undefined; // the current one
  readonly speaking: boolean;
  readonly entries: readonly EntryView[];
}

export const isBreak = (item: AgendaItem | undefined): boolean => item?.kind === ItemKind.BREAK;

// Whom the item names and who has neither had the floor for it nor waits, as the server says.
export function dueSpeakers(
  room: Pick<RoomView, 'duePersonIds'>,
  item: AgendaItem | undefined,
): readonly NamedSpeaker[] {
  return room.duePersonIds.flatMap(
    (id) => item?.speakers.find(({ personId }) => personId === id) ?? [],
  );
}

// An item begins with whom the agenda names for it: a hand left up from the item before must not
// take that slot. A point of order goes before everybody. Once somebody has spoken, hands go before
// those who are named as well. Nobody is called into a break.
export function nextUp({ room, item, speaking, entries }: Situation): NextUp {
  if (isBreak(item) && !speaking) return { kind: 'nobody' };
  const entry = entries.find(({ place }) => place === 1);
  const [speaker] = dueSpeakers(room, item);
  const opens = room.itemUnspoken && !speaking && entry?.kind !== RequestKind.POINT_OF_ORDER;
  if (speaker && (opens || !entry)) return { kind: 'named', speaker };
  return entry ? { kind: 'entry', entry } : { kind: 'nobody' };
}
