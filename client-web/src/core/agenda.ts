// Planned and elapsed time of items, lateness and expected end (S3, S7, S8). All instants in server
// time.
import { ItemKind, SessionPhase, type AgendaItem, type SessionInfo } from '../wire';
import { elapsedOf } from './clock';
import { instantOf } from './zone';

export interface ItemTimes {
  readonly item: AgendaItem;
  readonly state: 'done' | 'current' | 'todo'; // done: has run and is not current
  readonly elapsedMs: number; // of all its runs (S8)
  readonly remainingMs: number; // at least 0
  readonly plannedStartMs: number | undefined; // undefined without date, start or zone
  readonly startMs: number | undefined; // when it began, or is expected to
  readonly endMs: number | undefined; // when its last run ended, or is expected to
}

export interface AgendaTimes {
  readonly items: readonly ItemTimes[];
  readonly current: ItemTimes | undefined;
  readonly next: ItemTimes | undefined; // what the chair goes on to, unless they choose another
  readonly plannedEndMs: number | undefined;
  readonly expectedEndMs: number;
  readonly latenessMs: number; // at least 0; 0 without a planned end
  readonly over: boolean; // the session is: what has not run is expected no more
}

type Plan = Pick<
  SessionInfo,
  'date' | 'plannedStart' | 'zone' | 'phase' | 'closingSinceMs' | 'closedAtMs'
>;

// CLOSING or CLOSED. In every other phase hands go up, and what has not run may.
export const isOver = (phase: SessionPhase | undefined): boolean =>
  phase === SessionPhase.CLOSING || phase === SessionPhase.CLOSED;

// The time that the forecast starts from: it stands still when the session is over, and a session
// that has not begun is not expected to before its planned start.
function startingPoint(session: Plan, nowMs: number, plannedStartMs: number | undefined): number {
  if (session.phase === SessionPhase.CLOSED)
    return session.closingSinceMs || session.closedAtMs || nowMs;
  if (session.phase === SessionPhase.CLOSING) return session.closingSinceMs || nowMs;
  if (session.phase === SessionPhase.DRAFT) return Math.max(nowMs, plannedStartMs ?? nowMs);
  return nowMs;
}

// A fixed start, on the session's day; one before the session's start is on the day after.
export function fixedStartOf(
  item: AgendaItem,
  session: Pick<Plan, 'date' | 'plannedStart' | 'zone'>,
): number | undefined {
  if (item.fixedStart === '') return undefined;
  const start = instantOf(session.date, item.fixedStart, session.zone);
  if (start === undefined || item.fixedStart >= session.plannedStart) return start;
  const dayAfter = new Date(Date.parse(`${session.date}T00:00:00Z`) + 24 * 3600_000);
  return instantOf(dayAfter.toISOString().slice(0, 10), item.fixedStart, session.zone);
}

// `items`: those of one room in the order of the agenda. `beginMs`: when the room is planned to
// begin (a workshop's room: when the plenary's workshop item does); undefined: the session's start.
export function agendaOf(
  items: readonly AgendaItem[],
  currentItemId: string,
  session: Plan,
  nowMs: number,
  beginMs?: number,
): AgendaTimes {
  const plannedStartMs = beginMs ?? instantOf(session.date, session.plannedStart, session.zone);
  const from = startingPoint(session, nowMs, plannedStartMs);
  const over = isOver(session.phase);
  const currentItem = items.find((item) => item.id === currentItemId);

  let planned = plannedStartMs;
  let expected = from;
  if (currentItem !== undefined) expected += remainingOf(currentItem, nowMs);
  const toCome = inOrderToCome(items, currentItem);
  const forecast = new Map<AgendaItem, { startMs: number; endMs: number }>();
  for (const item of toCome) {
    const startMs = Math.max(expected, fixedStartOf(item, session) ?? expected);
    expected = startMs + item.plannedMs;
    forecast.set(item, { startMs, endMs: expected });
  }

  const rows = items.map((item): ItemTimes => {
    const fixed = fixedStartOf(item, session);
    if (planned !== undefined) planned = Math.max(planned, fixed ?? planned);
    const plannedStart = planned;
    if (planned !== undefined) planned += item.plannedMs;

    const elapsedMs = elapsed(item, nowMs);
    const remainingMs = remainingOf(item, nowMs);
    const row = { item, elapsedMs, remainingMs, plannedStartMs: plannedStart };
    const began = item.runs[0]?.startedAtMs;
    if (item === currentItem) {
      return { ...row, state: 'current', startMs: began, endMs: from + remainingMs };
    }
    if (item.runs.length > 0) {
      return { ...row, state: 'done', startMs: began, endMs: item.runs.at(-1)?.endedAtMs };
    }
    if (over) return { ...row, state: 'todo', startMs: plannedStart, endMs: undefined };
    const { startMs, endMs } = forecast.get(item) ?? {};
    return { ...row, state: 'todo', startMs, endMs };
  });
  return {
    items: rows,
    current: rows.find((row) => row.state === 'current'),
    next: rows.find((row) => row.item === toCome[0]),
    plannedEndMs: planned,
    expectedEndMs: expected,
    over,
    latenessMs: planned === undefined ? 0 : Math.max(0, expected - planned),
  };
}

// What has not run: first what stands after the current item, then what was passed over.
function inOrderToCome(
  items: readonly AgendaItem[],
  current: AgendaItem | undefined,
): readonly AgendaItem[] {
  const after = current === undefined ? 0 : items.indexOf(current) + 1;
  return [...items.slice(after), ...items.slice(0, after)].filter(
    (item) => item !== current && item.runs.length === 0,
  );
}

function elapsed(item: AgendaItem, nowMs: number): number {
  return item.runs.reduce((sum, run) => sum + elapsedOf(run.intervals, nowMs), 0);
}

function remainingOf(item: AgendaItem, nowMs: number): number {
  return Math.max(0, item.plannedMs - elapsed(item, nowMs));
}

// When the rooms of the workshops are planned to begin, and expected to: with the plenary's first
// item of kind workshop, which stands for them (S7).
export function workshopBegin(plenary: AgendaTimes): number | undefined {
  return plenary.items.find((row) => row.item.kind === ItemKind.WORKSHOP)?.plannedStartMs;
}
