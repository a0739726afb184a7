import { describe, expect, it } from 'vitest';
import { make } from '../../testing/make';
import { ItemKind, SessionPhase } from '../../wire';
import { dueSpeakers, mainAct } from './main-act';

const item = (id: string, more: Parameters<typeof make.agendaItem>[0] = {}) =>
  make.agendaItem({ id, kind: ItemKind.REMARKS, plannedMs: 600_000, ...more });
const ran = [{ id: 'r', startedAtMs: 1000, endedAtMs: 2000 }];
const now = {
  phase: SessionPhase.LIVE,
  whole: true,
  currentItemId: 'i1',
  speaking: false,
  waiting: false,
  todo: item('i2'),
  due: [],
};
const chair = { name: 'The Deputy Chair', personId: 'p1' };
const guest = { name: 'The Director', personId: 'p2' };

describe('the one large button', () => {
  it('S1: opens the session first, then starts the first item, then calls', () => {
    const draft = { ...now, phase: SessionPhase.DRAFT };
    expect(mainAct(draft).kind).toBe('open');
    expect(mainAct({ ...draft, whole: false }).kind).toBe('wait'); // a moderator of one room (P2)
    expect(mainAct({ ...now, currentItemId: '' })).toMatchObject({
      kind: 'start',
      item: { id: 'i2' },
    });
    expect(mainAct(now).kind).toBe('next');
    expect(mainAct({ ...now, phase: SessionPhase.PAUSED }).kind).toBe('next');
    for (const phase of [SessionPhase.CLOSING, SessionPhase.CLOSED]) {
      expect(mainAct({ ...now, phase }).kind).toBe('over');
    }
  });

  it('S2: between items it calls whoever waits or leaves the speaker the floor', () => {
    expect(mainAct({ ...now, currentItemId: '', waiting: true }).kind).toBe('next');
    expect(mainAct({ ...now, currentItemId: '', speaking: true }).kind).toBe('next');
    expect(mainAct({ ...now, currentItemId: '', todo: undefined }).kind).toBe('next');
  });

  it('P6: a named speaker is offered while nobody waits, never before who is told “next”', () => {
    expect(mainAct({ ...now, due: [chair] })).toEqual({ kind: 'named', speaker: chair });
    expect(mainAct({ ...now, due: [chair], waiting: true }).kind).toBe('next');
  });

  it('P6: named speakers are due until they spoke, once for each item that names them', () => {
    const first = item('i1', { speakers: [chair, guest], runs: ran });
    const last = item('i2', { speakers: [chair] });
    const spoken = (key: string, speeches: number) => ({ key, speeches });
    const due = (current: typeof first, totals: ReturnType<typeof spoken>[], busy: string[] = []) =>
      dueSpeakers([first, last], current, totals, new Set(busy)).map(({ personId }) => personId);
    expect(due(first, [])).toEqual(['p1', 'p2']);
    expect(due(first, [spoken('p1', 1)])).toEqual(['p2']);
    expect(due(first, [], ['p1', 'p2'])).toEqual([]);
    const closing = item('i2', { speakers: [chair], runs: ran });
    const again = dueSpeakers([first, closing], closing, [spoken('p1', 1)], new Set());
    expect(again).toMatchObject([chair]);
    expect(dueSpeakers([first, closing], closing, [spoken('p1', 2)], new Set())).toEqual([]);
    expect(dueSpeakers([first], undefined, [], new Set())).toEqual([]);
  });

  it('P6: a name that stands twice in an item is one person, who is due once', () => {
    const twice = item('i1', { speakers: [guest, chair, chair], runs: ran });
    expect(dueSpeakers([twice], twice, [], new Set())).toMatchObject([guest, chair]);
  });
});
