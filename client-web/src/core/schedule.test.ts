import { describe, expect, it } from 'vitest';
import { make } from '../testing/make';
import { ItemKind, SessionPhase } from '../wire';
import { agendaOf } from './agenda';
import { longerThanWorkshop, scheduleOf, stepTarget } from './schedule';

const minute = 60_000;
const day = {
  date: '2027-05-12',
  plannedStart: '09:00',
  zone: 'Europe/Brussels',
  phase: SessionPhase.DRAFT,
  closingSinceMs: 0,
  closedAtMs: 0,
};
const now = Date.parse('2027-05-01T00:00:00Z');
const at = (text: string) => Date.parse(`2027-05-12T${text}:00+02:00`);

function planned(...items: [minutes: number, start?: string, kind?: ItemKind][]) {
  const agenda = items.map(([minutes, fixedStart = '', kind = ItemKind.OTHER], position) =>
    make.agendaItem({
      id: `i${position}`,
      plannedMs: minutes * minute,
      fixedStart,
      kind,
      position,
    }),
  );
  return scheduleOf(agendaOf(agenda, '', day, now), day);
}

describe('the planned day', () => {
  it('S3: hours add up from the planned start', () => {
    const { rows, startMs, endMs, totalMs, freeMs } = planned([10], [15], [90]);
    expect(rows.map((row) => row.startMs)).toEqual([at('09:00'), at('09:10'), at('09:25')]);
    expect([startMs, endMs]).toEqual([at('09:00'), at('10:55')]);
    expect([totalMs, freeMs]).toEqual([115 * minute, 0]);
  });

  it('S2 S3: a fixed start leaves time free, or is missed', () => {
    const { rows, endMs, freeMs } = planned([60], [30, '10:30'], [45, '10:45'], [5, '11:45']);
    expect(rows.map((row) => row.freeBeforeMs / minute)).toEqual([0, 30, 0, 0]);
    expect(rows.map((row) => row.lateByMs / minute)).toEqual([0, 0, 15, 0]);
    expect(endMs).toBe(at('11:50'));
    expect(freeMs).toBe(30 * minute);
  });

  it('S2: a fixed start after midnight is the day after', () => {
    const { rows } = planned([15 * 60], [10, '00:30']);
    expect(rows[1]?.startMs).toBe(at('09:00') + 15.5 * 60 * minute);
    expect(rows[1]?.freeBeforeMs).toBe(30 * minute);
  });

  it('S7: a workshop’s programme is held against the plenary’s item', () => {
    const plenary = planned([10], [75, '', ItemKind.WORKSHOP], [10]);
    const items = [40, 45].map((minutes) => make.agendaItem({ plannedMs: minutes * minute }));
    const own = scheduleOf(agendaOf(items, '', day, now, at('09:10')), day);
    expect(longerThanWorkshop(own, plenary)).toBe(10 * minute);
    expect(longerThanWorkshop(plenary, planned([10]))).toBe(0);
  });

  it('an empty day has no end', () => {
    expect(planned()).toMatchObject({ startMs: undefined, endMs: undefined, totalMs: 0 });
  });
});

describe('moving an item in its room', () => {
  const ids = ['a', 'b', 'c'];
  it.each([
    ['a', 'up', undefined],
    ['b', 'up', 'a'],
    ['a', 'down', 'c'],
    ['b', 'down', ''],
    ['c', 'down', undefined],
    ['x', 'up', undefined],
  ] as const)('S4: %s goes %s, before %s', (id, step, target) =>
    expect(stepTarget(ids, id, step)).toBe(target),
  );
});
