import { describe, expect, it } from 'vitest';
import { isMove, neighbourTarget, placeAt, stepTarget, targetAt } from './queue-move';

const ids = ['a', 'b', 'c', 'd'];

describe('moving an entry of the queue', () => {
  it('Q8: a drop goes before the row whose middle is below the pointer', () => {
    const rows = ids.map((id, index) => ({ id, top: index * 40, bottom: index * 40 + 40 }));
    expect(targetAt(rows, -5)).toBe('a');
    expect(targetAt(rows, 19)).toBe('a');
    expect(targetAt(rows, 21)).toBe('b');
    expect(targetAt(rows, 139)).toBe('d');
    expect(targetAt(rows, 141)).toBe('');
    expect(targetAt([], 10)).toBe('');
  });

  it('Q8: a drop where it stands is no move', () => {
    expect(isMove(ids, 'b', 'b')).toBe(false);
    expect(isMove(ids, 'b', 'c')).toBe(false);
    expect(isMove(ids, 'b', 'd')).toBe(true);
    expect(isMove(ids, 'b', 'a')).toBe(true);
    expect(isMove(ids, 'd', '')).toBe(false);
    expect(isMove(ids, 'c', '')).toBe(true);
    expect(isMove(ids, 'gone', 'a')).toBe(false);
  });

  it('Q8: one place up or down names the entry that it is put before', () => {
    expect(neighbourTarget(ids, 'c', -1)).toBe('b');
    expect(neighbourTarget(ids, 'b', 1)).toBe('d');
    expect(neighbourTarget(ids, 'c', 1)).toBe('');
    expect(neighbourTarget(ids, 'a', -1)).toBeUndefined();
    expect(neighbourTarget(ids, 'd', 1)).toBeUndefined();
    expect(neighbourTarget(ids, 'gone', 1)).toBeUndefined();
    expect(neighbourTarget(['a'], 'a', 1)).toBeUndefined();
  });

  it('Q8: steps of a move by keys stop at both ends', () => {
    let target = 'c'; // where b stands
    const seen: string[] = [];
    for (const step of [1, 1, 1, -1, -1, -1, -1] as const) {
      target = stepTarget(ids, 'b', target, step);
      seen.push(target);
    }
    expect(seen).toEqual(['d', '', '', 'd', 'c', 'a', 'a']);
  });

  it('Q8: a target that has gone counts as where the entry stands', () => {
    expect(stepTarget(ids, 'c', 'gone', -1)).toBe('b');
    expect(stepTarget(ids, 'b', 'gone', 1)).toBe('d');
  });

  it('A1: the place to say counts the others only', () => {
    expect(placeAt(ids, 'b', 'a')).toBe(1);
    expect(placeAt(ids, 'b', 'c')).toBe(2);
    expect(placeAt(ids, 'b', '')).toBe(4);
  });
});
