// The list of recent acts (Q15): the server says which can be undone still; the page remembers the
// others, so that nothing vanishes from under a hand.
import type { ActView } from '../../wire';

export interface RecentAct {
  readonly act: ActView;
  // undone: by this page. past: it can't be undone any more, whatever the reason: another act on
  // the same thing, the end of its item or of the session, another moderator's undo.
  readonly state: 'open' | 'undone' | 'past';
}

const kept = 20;

// The latest first. `undone`: ids of the acts whose undo was answered to this page. The view says
// only that an act is no longer there.
export function remember(
  before: readonly RecentAct[],
  acts: readonly ActView[],
  undone: ReadonlySet<string>,
): readonly RecentAct[] {
  const known = new Set(before.map(({ act }) => act.id));
  const open = new Set(acts.map(({ id }) => id));
  const came = acts.filter(({ id }) => !known.has(id));
  const old = before.map(({ act }): RecentAct => {
    if (open.has(act.id)) return { act, state: 'open' };
    return { act, state: undone.has(act.id) ? 'undone' : 'past' };
  });
  return [...came.map((act): RecentAct => ({ act, state: 'open' })), ...old]
    .sort((a, b) => b.act.atMs - a.act.atMs)
    .slice(0, kept);
}
