// The agenda as it is planned: hours that add up, time left free and time claimed twice (S2, S3,
// S7).
import { ItemKind, type SessionInfo } from '../wire';
import { fixedStartOf, type AgendaTimes, type ItemTimes } from './agenda';

export interface PlannedRow {
  readonly row: ItemTimes;
  readonly startMs: number | undefined; // as planned
  readonly endMs: number | undefined;
  readonly freeBeforeMs: number; // nothing is planned for so long before it
  readonly lateByMs: number; // what is before it ends so long after its fixed start
}

export interface Schedule {
  readonly rows: readonly PlannedRow[];
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
  readonly totalMs: number; // of the items, without what is free between them
  readonly freeMs: number;
}

export function scheduleOf(
  agenda: AgendaTimes,
  day: Pick<SessionInfo, 'date' | 'plannedStart' | 'zone'>,
): Schedule {
  let endMs: number | undefined = agenda.items[0]?.plannedStartMs;
  const rows = agenda.items.map((row): PlannedRow => {
    const startMs = row.plannedStartMs;
    const before = endMs;
    endMs = startMs === undefined ? undefined : startMs + row.item.plannedMs;
    const gapMs = startMs === undefined || before === undefined ? 0 : startMs - before;
    const fixed = fixedStartOf(row.item, day);
    const lateByMs = fixed === undefined || startMs === undefined ? 0 : startMs - fixed;
    return { row, startMs, endMs, freeBeforeMs: gapMs, lateByMs: Math.max(0, lateByMs) };
  });
  return {
    rows,
    startMs: rows[0]?.startMs,
    endMs,
    totalMs: rows.reduce((sum, { row }) => sum + row.item.plannedMs, 0),
    freeMs: rows.reduce((sum, { freeBeforeMs }) => sum + freeBeforeMs, 0),
  };
}

// By how much a room's programme is longer than the plenary's workshop item that stands for it.
export function longerThanWorkshop(own: Schedule, plenary: Schedule): number {
  const item = plenary.rows.find(({ row }) => row.item.kind === ItemKind.WORKSHOP);
  if (item?.endMs === undefined || own.endMs === undefined) return 0;
  return Math.max(0, own.endMs - item.endMs);
}

// Where an item goes when it moves one place up or down in its room: before which item of the whole
// agenda. Undefined: it cannot.
export function stepTarget(
  ids: readonly string[],
  id: string,
  step: 'up' | 'down',
): string | undefined {
  const at = ids.indexOf(id);
  if (at < 0) return undefined;
  if (step === 'up') return ids[at - 1];
  return at === ids.length - 1 ? undefined : (ids[at + 2] ?? '');
}
