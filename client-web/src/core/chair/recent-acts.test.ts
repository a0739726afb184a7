import { describe, expect, it } from 'vitest';
import { make } from '../../testing/make';
import { remember, type RecentAct } from './recent-acts';

const act = (id: string, atMs: number) => make.act({ id, atMs });
const none: ReadonlySet<string> = new Set();
const states = (list: readonly RecentAct[]) => list.map(({ act, state }) => `${act.id} ${state}`);

describe('recent acts', () => {
  it('Q15: stand with the latest first, and stay when they cannot be undone any more', () => {
    let list = remember([], [act('a', 1), act('b', 2)], none);
    expect(states(list)).toEqual(['b open', 'a open']);
    list = remember(list, [act('a', 1), act('c', 3)], none); // c took the place of b
    expect(states(list)).toEqual(['c open', 'b past', 'a open']);
  });

  it('Q15: only what this page undid is called undone; one that is back can be undone', () => {
    let list = remember([], [act('a', 1), act('b', 2)], none);
    list = remember(list, [act('a', 1)], none); // the item that b belongs to has ended
    expect(states(list)).toEqual(['b past', 'a open']);
    list = remember(list, [act('a', 1)], new Set(['b'])); // the answer came after the view
    expect(states(list)).toEqual(['b undone', 'a open']);
    list = remember(list, [act('a', 1), act('b', 2)], new Set(['b']));
    expect(states(list)).toEqual(['b open', 'a open']);
  });

  it('Q15: the list is bounded', () => {
    let list: readonly RecentAct[] = [];
    for (let at = 1; at <= 50; at += 1) list = remember(list, [act(`a${at}`, at)], none);
    expect(list).toHaveLength(20);
    expect(list[0]?.act.id).toBe('a50');
  });
});
