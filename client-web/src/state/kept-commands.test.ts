import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PendingCommand } from '../connection/types';
import { RequestKind } from '../wire';
import { KeptCommands } from './kept-commands';

const me = { sessionId: 's1', token: 'header.claims.signature-of-nino-beridze', display: false };
const other = { ...me, token: 'header.claims.signature-of-zurab-lomidze' };
const minuteMs = 60_000;

const command = (digit: string, more: Partial<PendingCommand> = {}): PendingCommand => ({
  id: digit.repeat(32),
  body: { case: 'requestFloor', value: { roomId: 'plenary', kind: RequestKind.HAND, note: 'a' } },
  issuedAtMs: 1,
  issuedWallMs: 1000,
  keep: true,
  tries: 0,
  state: { kind: 'kept' },
  ...more,
});
const taken = (identity = me, wallMs = 1000) => new KeptCommands(identity).take(wallMs);

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  new KeptCommands(me).hold([command('0')]);
  const start = new KeptCommands(me);
  start.take(1000);
  start.hold([]); // empties what a test before left
});

describe('what is kept beyond the page', () => {
  it('C5: a hand on its way is there for the next page, with its id, age and note', () => {
    const first = command('1');
    const sent = command('2', { tries: 1, state: { kind: 'waiting', untilMs: 0 } });
    new KeptCommands(me).hold([first, sent]);
    expect(taken(me, 1000 + minuteMs)).toEqual([
      { body: first.body, earlier: { id: first.id, sent: false, ageMs: minuteMs } },
      { body: sent.body, earlier: { id: sent.id, sent: true, ageMs: minuteMs } },
    ]);
    expect(taken(me, 1000 - minuteMs)[0]?.earlier.ageMs).toBe(minuteMs);
  });

  it('C2: what is done, refused, cancelled or not the reader’s own is not kept', () => {
    const keeper = new KeptCommands(me);
    const position = { seq: 1, id: new Uint8Array() };
    const state = { kind: 'accepted', position, createdId: 'q', untilMs: 0 } as const;
    keeper.hold([command('1'), command('2', { keep: false })]);
    expect(taken()).toHaveLength(1);
    keeper.hold([command('1', { state })]);
    expect(taken()).toEqual([]);
    keeper.hold([command('1')]);
    keeper.hold([]);
    expect(taken()).toEqual([]);
  });

  it('P1: another person’s, and what is long past, is not taken', () => {
    new KeptCommands(me).hold([command('1')]);
    expect(taken(other)).toEqual([]);
    expect(taken(me, 1000 + 31 * minuteMs)).toEqual([]);
    expect(taken()).toHaveLength(1);
  });

  it('P3: two tabs of one person do not take each other’s away', () => {
    const [one, two] = [new KeptCommands(me), new KeptCommands(me)];
    one.hold([command('1')]);
    two.hold([command('2')]);
    two.hold([]);
    expect(taken().map(({ earlier }) => earlier.id)).toEqual(['1'.repeat(32)]);
  });

  it('whatever stands in the storage does no harm', () => {
    const good = { who: 'x', id: '1'.repeat(32), wallMs: 1 };
    const bad = [
      '{',
      '{}',
      '[null]',
      JSON.stringify([{ ...good, body: { case: 'undo', value: {} } }]),
      JSON.stringify([{ ...good, id: 'x', body: { case: 'requestFloor', value: {} } }]),
      JSON.stringify([{ ...good, body: { case: 'requestFloor', value: { kind: 'x' } } }]),
      JSON.stringify([{ ...good, body: { case: 'requestFloor', value: { roomId: {} } } }]),
    ];
    for (const text of bad) {
      localStorage.setItem('plenary.kept.s1', text);
      expect(taken({ ...me, token: 'x' })).toEqual([]);
    }
  });
});
