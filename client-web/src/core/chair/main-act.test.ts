import { describe, expect, it } from 'vitest';
import { make } from '../../testing/make';
import { ItemKind, SessionPhase } from '../../wire';
import { mainAct } from './main-act';

const item = (id: string, more: Parameters<typeof make.agendaItem>[0] = {}) =>
  make.agendaItem({ id, kind: ItemKind.REMARKS, plannedMs: 600_000, ...more });
const ran = [{ id: 'r', startedAtMs: 1000, endedAtMs: 2000 }];
const now = {
  phase: SessionPhase.LIVE,
  whole: true,
  current: item('i1', { runs: ran }),
  speaking: false,
  todo: item('i2'),
  next: { kind: 'nobody' },
} as const;
const waits = { kind: 'entry', entry: make.entry({ place: 1 }) } as const;
const chair = { name: 'The Deputy Chair', personId: 'p1' };

describe('the one large button', () => {
  it('S1: opens the session first, then starts the first item, then calls', () => {
    const draft = { ...now, phase: SessionPhase.DRAFT };
    expect(mainAct(draft).kind).toBe('open');
    expect(mainAct({ ...draft, whole: false }).kind).toBe('wait'); // a moderator of one room (P2)
    expect(mainAct({ ...now, current: undefined })).toMatchObject({
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
    expect(mainAct({ ...now, current: undefined, next: waits }).kind).toBe('next');
    expect(mainAct({ ...now, current: undefined, speaking: true }).kind).toBe('next');
    expect(mainAct({ ...now, current: undefined, todo: undefined }).kind).toBe('next');
  });

  it('P6: calls whoever is next for everybody', () => {
    const named = { kind: 'named', speaker: chair, entryId: '' } as const;
    expect(mainAct({ ...now, next: named })).toEqual(named);
    expect(mainAct({ ...now, next: waits }).kind).toBe('next');
  });

  it('S2: ends a break with the next item, calls nobody into it', () => {
    const coffee = { ...now, current: item('i1', { kind: ItemKind.BREAK, runs: ran }) };
    expect(mainAct(coffee)).toMatchObject({ kind: 'start', item: { id: 'i2' } });
    expect(mainAct({ ...coffee, speaking: true }).kind).toBe('next');
    expect(mainAct({ ...coffee, todo: undefined }).kind).toBe('next');
  });
});
