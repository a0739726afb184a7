import { describe, expect, it } from 'vitest';
import { make } from '../testing/make';
import { Audience, ViewKind, type Position } from '../wire';
import { applyChange, wholeView, type ViewState } from './view';

const position = (seq: number, chain = 0): Position => ({
  seq,
  id: Uint8Array.of(seq & 255, chain),
});
const room = (id: string, queueOpen = true) => ({
  kind: { case: 'room' as const, value: make.room({ id, queueOpen }) },
});
const item = (id: string) => ({
  kind: { case: 'item' as const, value: make.item({ item: { id } }) },
});
const entry = (id: string) => ({ kind: { case: 'entry' as const, value: make.entry({ id }) } });

function start(): ViewState {
  return wholeView({
    position: position(3),
    audience: Audience.EVERYONE,
    entities: [room('plenary'), room('crisis'), item('welcome'), entry('one')],
  });
}
const change = (from: Position | undefined, to: Position | undefined, rest = {}) =>
  ({ from, to, put: [], removed: [], ...rest }) as Parameters<typeof applyChange>[1];

describe('view', () => {
  it('C1: a change is applied at exactly its from, and only once', () => {
    const once = applyChange(start(), change(position(3), position(5), { put: [entry('two')] }));
    expect(once.kind).toBe('applied');
    if (once.kind !== 'applied') return;
    expect([...once.view.entries.keys()]).toEqual(['one', 'two']);
    expect(once.view.position).toEqual(position(5));
    const twice = applyChange(once.view, change(position(3), position(5), { put: [entry('x')] }));
    expect(twice.kind).toBe('dropped');
  });

  it('C1: a hole, an overlap and another history are a mismatch', () => {
    expect(applyChange(start(), change(position(4), position(5))).kind).toBe('mismatch');
    expect(applyChange(start(), change(position(2), position(4))).kind).toBe('mismatch');
    expect(applyChange(start(), change(position(3, 9), position(4))).kind).toBe('mismatch');
    expect(applyChange(start(), change(position(2), position(3, 9))).kind).toBe('mismatch');
    expect(applyChange(start(), change(undefined, position(4))).kind).toBe('mismatch');
    expect(applyChange(start(), change(position(3), undefined)).kind).toBe('mismatch');
  });

  it('C1: what was reached is dropped, however late it comes', () => {
    expect(applyChange(start(), change(position(1), position(2))).kind).toBe('dropped');
    expect(applyChange(start(), change(position(1), position(3))).kind).toBe('dropped');
  });

  it('C1: removals and puts, and only the maps that changed are new', () => {
    const before = start();
    const result = applyChange(
      before,
      change(position(3), position(4), {
        put: [room('plenary', false)],
        removed: [
          { kind: ViewKind.ENTRY, id: 'one' },
          { kind: ViewKind.SPEECH, id: 'never there' },
          { kind: 99 as ViewKind, id: 'of a newer server' },
        ],
      }),
    );
    if (result.kind !== 'applied') throw new Error(result.kind);
    expect(result.view.entries.size).toBe(0);
    expect(result.view.rooms.get('plenary')?.queueOpen).toBe(false);
    expect(result.view.rooms.get('crisis')).toBe(before.rooms.get('crisis'));
    expect(result.view.items).toBe(before.items);
    expect(result.view.speeches).toBe(before.speeches);
    expect(before.entries.has('one')).toBe(true); // the one before is untouched
    expect(before.rooms.get('plenary')?.queueOpen).toBe(true);
  });

  it('C1: an empty change only moves the position', () => {
    const before = start();
    const result = applyChange(before, change(position(3), position(9)));
    if (result.kind !== 'applied') throw new Error(result.kind);
    expect({ ...result.view, position: before.position }).toEqual(before);
  });

  it('C1: a whole view replaces everything', () => {
    const session = { kind: { case: 'session' as const, value: make.session({ id: 's' }) } };
    const view = wholeView({
      position: position(7),
      audience: Audience.STAFF,
      entities: [session, room('plenary')],
    });
    expect(view.session?.id).toBe('s');
    expect(view.rooms.size).toBe(1);
    expect(view.entries.size).toBe(0);
  });
});
