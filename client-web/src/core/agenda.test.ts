import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { make } from '../testing/make';
import { ItemKind, SessionPhase } from '../wire';
import { agendaOf, workshopBegin } from './agenda';

const minute = 60_000;
const utc = (text: string) => Date.parse(`2027-05-12T${text}Z`); // Brussels is two hours ahead

// The day of the sample: 09:00 to 15:05 in Brussels, lunch at 12:00.
interface SampleItem {
  room: string;
  kind: string;
  title: string;
  planned_minutes: number;
  start?: string;
}
const file = new URL('../../../deploy/sample/partners-meeting.json', import.meta.url);
const sample = JSON.parse(readFileSync(file, 'utf8')) as { agenda: SampleItem[] };
const plenary = sample.agenda
  .filter((item) => item.room === 'plenary')
  .map((item, position) =>
    make.agendaItem({
      id: `item-${position}`,
      kind: ItemKind[item.kind.toUpperCase() as keyof typeof ItemKind],
      title: { text: item.title },
      plannedMs: item.planned_minutes * minute,
      fixedStart: item.start ?? '',
      position,
    }),
  );
const day = {
  date: '2027-05-12',
  plannedStart: '09:00',
  zone: 'Europe/Brussels',
  phase: SessionPhase.LIVE,
  closingSinceMs: 0,
  closedAtMs: 0,
};

function ran(index: number, ...runs: [from: number, to: number][]) {
  return plenary.map((item, i) =>
    i !== index
      ? item
      : {
          ...item,
          runs: runs.map(([fromMs, toMs], n) => ({
            id: `run-${n}`,
            startedAtMs: fromMs,
            endedAtMs: toMs,
            intervals: [{ fromMs, toMs }],
          })),
        },
  );
}

describe('agenda', () => {
  it('S3: the planned end keeps fixed starts and the gap before them', () => {
    const agenda = agendaOf(plenary, '', { ...day, phase: SessionPhase.DRAFT }, utc('06:00'));
    expect(agenda.plannedEndMs).toBe(utc('13:05'));
    expect(agenda.expectedEndMs).toBe(utc('13:05'));
    expect(agenda.latenessMs).toBe(0);
    const lunch = agenda.items.find(({ item }) => item.kind === ItemKind.BREAK);
    expect(lunch?.plannedStartMs).toBe(utc('10:00'));
  });

  it('S3: expected end = now + rest of the current item + planned time of the others', () => {
    const items = ran(0, [utc('07:00'), 0]);
    const agenda = agendaOf(items, 'item-0', day, utc('07:04'));
    expect(agenda.current).toMatchObject({ elapsedMs: 4 * minute, remainingMs: 6 * minute });
    expect(agenda.items[1]?.startMs).toBe(utc('07:10'));
    expect(agenda.latenessMs).toBe(0);
  });

  it('S3: an overrun item has 0 left, not less; lunch at its fixed hour absorbs it', () => {
    const items = ran(0, [utc('07:00'), 0]);
    const agenda = agendaOf(items, 'item-0', day, utc('07:35'));
    expect(agenda.current?.remainingMs).toBe(0);
    expect(agenda.items[1]?.startMs).toBe(utc('07:35'));
    expect(agenda.expectedEndMs).toBe(utc('13:05')); // 25 min late, 70 min of gap
    expect(agenda.latenessMs).toBe(0);
  });

  it('S3: later than the gap takes, the whole day ends later', () => {
    const items = ran(0, [utc('07:00'), 0]);
    const agenda = agendaOf(items, 'item-0', day, utc('08:40')); // 90 min over, 70 min of gap
    expect(agenda.items[4]?.startMs).toBe(utc('10:20'));
    expect(agenda.latenessMs).toBe(20 * minute);
    expect(agenda.expectedEndMs).toBe(utc('13:25'));
  });

  it('S3: ahead of the plan is no negative lateness', () => {
    const items = plenary.map((item, i) => ({ ...item, runs: i < 8 ? item.runs : [] }));
    const last = items.slice(-1);
    const agenda = agendaOf(last, '', { ...day, plannedStart: '14:55' }, utc('09:00'));
    expect(agenda.expectedEndMs).toBe(utc('09:10'));
    expect(agenda.latenessMs).toBe(0);
  });

  it('S3: an item that has run is not planned again, one that was skipped still is', () => {
    const items = ran(1, [utc('07:00'), utc('07:15')]);
    const agenda = agendaOf(items, '', day, utc('07:15'));
    expect(agenda.items[1]?.state).toBe('done');
    expect(agenda.items[0]).toMatchObject({ state: 'todo', startMs: utc('07:15') });
    expect(agenda.items[2]?.startMs).toBe(utc('07:25'));
  });

  it('S2: goes on to the item behind the current one, or to one that was left out', () => {
    const items = ran(1, [utc('07:00'), 0]);
    const nextOf = (all: typeof items, currentId: string) =>
      agendaOf(all, currentId, day, utc('07:01')).next?.item.id;
    expect(nextOf(items, 'item-1')).toBe('item-2');
    expect(nextOf(items.slice(0, 2), 'item-1')).toBe('item-0');
    expect(nextOf(items, '')).toBe('item-0');
    expect(nextOf(items.slice(1, 2), 'item-1')).toBeUndefined();
  });

  it('S3: what was left out is expected behind the others, so the next begins at once', () => {
    const items = ran(1, [utc('07:00'), 0]).slice(0, 3);
    const agenda = agendaOf(items, 'item-1', day, utc('07:00'));
    const [left, current, next] = agenda.items;
    expect(next).toBe(agenda.next);
    expect(next?.startMs).toBe(current?.endMs);
    expect(left).toMatchObject({ state: 'todo', startMs: next?.endMs });
    expect(agenda.expectedEndMs).toBe(left?.endMs);
  });

  it('S8: elapsed is the sum of the runs of a reopened item', () => {
    const items = ran(0, [utc('07:00'), utc('07:04')], [utc('08:00'), 0]);
    const agenda = agendaOf(items, 'item-0', day, utc('08:03'));
    expect(agenda.current).toMatchObject({ elapsedMs: 7 * minute, remainingMs: 3 * minute });
  });

  it('S1: a pause stops the item, so the expected end moves with the clock', () => {
    const items = ran(0, [utc('11:00'), utc('11:04')]).map((item, i) =>
      i === 0 ? { ...item, runs: item.runs.map((run) => ({ ...run, endedAtMs: 0 })) } : item,
    );
    const paused = { ...day, phase: SessionPhase.PAUSED };
    const before = agendaOf(items, 'item-0', paused, utc('11:10'));
    const after = agendaOf(items, 'item-0', paused, utc('11:15'));
    expect(after.expectedEndMs - before.expectedEndMs).toBe(5 * minute);
    expect(after.current?.elapsedMs).toBe(4 * minute);
  });

  it('S1: a draft is not expected to begin before its planned start, a late one begins now', () => {
    const draft = { ...day, phase: SessionPhase.DRAFT };
    expect(agendaOf(plenary, '', draft, utc('00:00')).items[0]?.startMs).toBe(utc('07:00'));
    expect(agendaOf(plenary, '', draft, utc('07:20')).items[0]?.startMs).toBe(utc('07:20'));
  });

  it('S6: a closed session stands still', () => {
    const closed = { ...day, phase: SessionPhase.CLOSED, closingSinceMs: utc('13:30') };
    const agenda = agendaOf([], '', { ...closed, closedAtMs: utc('13:40') }, utc('20:00'));
    expect(agenda.expectedEndMs).toBe(utc('13:30'));
  });

  it('S3 S6: what has not run when it closes is expected no more, and keeps its hour', () => {
    for (const phase of [SessionPhase.CLOSING, SessionPhase.CLOSED]) {
      const closed = { ...day, phase, closingSinceMs: utc('13:30') };
      const agenda = agendaOf(ran(0, [utc('07:40'), utc('07:50')]), '', closed, utc('20:00'));
      expect(agenda.over).toBe(true);
      const [welcome, keynote] = agenda.items;
      expect(welcome?.startMs).toBe(utc('07:40'));
      expect(keynote).toMatchObject({ state: 'todo', startMs: utc('07:10'), endMs: undefined });
    }
    expect(agendaOf(plenary, '', day, utc('07:00')).over).toBe(false);
  });

  it('S7: a fixed start before the session’s own is on the day after', () => {
    const night = make.agendaItem({ id: 'night', plannedMs: 30 * minute, fixedStart: '00:30' });
    const session = { ...day, plannedStart: '22:00' };
    const agenda = agendaOf([night], '', session, utc('20:00'));
    expect(agenda.items[0]?.plannedStartMs).toBe(utc('22:30'));
  });

  it('S3: without a date there is no planned end, and nothing is late', () => {
    const agenda = agendaOf(plenary.slice(0, 2), '', { ...day, date: '' }, utc('07:00'));
    expect(agenda.plannedEndMs).toBeUndefined();
    expect(agenda.expectedEndMs).toBe(utc('07:25'));
    expect(agenda.latenessMs).toBe(0);
  });

  it('S7: a workshop’s room is planned to begin with the plenary’s item for it', () => {
    const whole = agendaOf(plenary, '', day, utc('07:00'));
    expect(workshopBegin(whole)).toBe(utc('07:35'));
    const item = make.agendaItem({ id: 'crisis', plannedMs: 75 * minute });
    const room = agendaOf([item], '', day, utc('07:40'), workshopBegin(whole));
    expect(room.plannedEndMs).toBe(utc('08:50'));
    expect(room.latenessMs).toBe(5 * minute);
  });
});
