// The list of recent acts (Q15): the server says which can be undone still; the page remembers the
// others, so that nothing vanishes from under a hand.
import type { ActView } from '../../wire';

export interface RecentAct {
  readonly act: ActView;
  readonly state: 'open' | 'undone' | 'past'; // past: something else happened to the same thing
}

const kept = 20;

// The latest first. An act that goes without another one coming was taken back.
export function remember(
  before: readonly RecentAct[],
  acts: readonly ActView[],
): readonly RecentAct[] {
  const known = new Set(before.map(({ act }) => act.id));
  const open = new Set(acts.map(({ id }) => id));
  const came = acts.filter(({ id }) => !known.has(id));
  const went = came.length === 0 ? 'undone' : 'past';
  const old = before.map(({ act, state }): RecentAct => {
    if (open.has(act.id)) return { act, state: 'open' };
    return { act, state: state === 'open' ? went : state };
  });
  return [...came.map((act): RecentAct => ({ act, state: 'open' })), ...old]
    .sort((a, b) => b.act.atMs - a.act.atMs)
    .slice(0, kept);
}
