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

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
