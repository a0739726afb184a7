// An agenda item as the commands take it: whole (ChangeItem), made from what it was.
import { ItemKind, type AgendaEntry, type AgendaItem } from '../../wire';

export const kinds: readonly ItemKind[] = [
  ItemKind.WELCOME,
  ItemKind.REMARKS,
  ItemKind.BRIEFING,
  ItemKind.WORKSHOP,
  ItemKind.DEBRIEF,
  ItemKind.STATEMENTS,
  ItemKind.CLOSING,
  ItemKind.BREAK,
  ItemKind.OTHER,
];

// As the server has them: a week, and a day.
export const mostMinutes = 7 * 24 * 60;
export const mostLimitMinutes = 24 * 60;
// An emptied field is no number, and not none.
export const isMinutes = (minutes: number | null, most: number): boolean =>
  minutes !== null && minutes >= 0 && minutes <= most;

export const entryOf = (item: AgendaItem): AgendaEntry => ({
  roomId: item.roomId,
  kind: item.kind,
  ...(item.title ? { title: item.title } : {}),
  plannedMs: item.plannedMs,
  fixedStart: item.fixedStart,
  speakers: item.speakers.map(({ name }) => name),
  queueStartsClosed: item.queueStartsClosed,
  inscriptionAhead: item.inscriptionAhead,
  speechLimitMs: item.speechLimitMs,
});

// What was typed over the item as it was, laid over the item as it is now: what was not touched
// stays as others have made it meanwhile.
export function laidOver(typed: AgendaEntry, opened: AgendaEntry, now: AgendaEntry): AgendaEntry {
  const touched = Object.entries(typed).filter(
    ([field, value]) =>
      JSON.stringify(value) !== JSON.stringify(opened[field as keyof AgendaEntry]),
  );
  return { ...now, ...Object.fromEntries(touched) };
}

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
