// What the chair is most likely to do next: the page offers it as its one large button.
import { SessionPhase, type AgendaItem, type NamedSpeaker, type TimeTotal } from '../../wire';
import { isBreak, namedFor, type NextUp } from '../next-up';

export type MainAct =
  | { readonly kind: 'open' } // the session
  | { readonly kind: 'start'; readonly item: AgendaItem } // no item is current, or a break
  | { readonly kind: 'named'; readonly speaker: NamedSpeaker } // who is due goes first
  | { readonly kind: 'next' } // who is first in the queue, or nobody yet
  | { readonly kind: 'wait' } // until somebody else opens the session
  | { readonly kind: 'over' }; // closing or closed

interface Situation {
  readonly phase: SessionPhase;
  readonly whole: boolean; // the reader moderates the session, not one room
  readonly current: AgendaItem | undefined;
  readonly speaking: boolean;
  readonly todo: AgendaItem | undefined; // the next item that has not run
  readonly next: NextUp;
}

export function mainAct(now: Situation): MainAct {
  if (now.phase === SessionPhase.DRAFT) return { kind: now.whole ? 'open' : 'wait' };
  if (now.phase !== SessionPhase.LIVE && now.phase !== SessionPhase.PAUSED) return { kind: 'over' };
  // A break ends with the next item; whoever is to speak in it is called from the list.
  const nobody = now.next.kind === 'nobody' && (!now.current || isBreak(now.current));
  if (nobody && !now.speaking && now.todo) return { kind: 'start', item: now.todo };
  return now.next.kind === 'named' ? now.next : { kind: 'next' };
}

// Named speakers of the current item who have not had the floor for it: whoever is named for
// several items is due once in each. While nobody has spoken for it, all of them are.
export function dueSpeakers(
  items: readonly AgendaItem[],
  current: AgendaItem | undefined,
  totals: readonly Pick<TimeTotal, 'key' | 'speeches'>[] | 'unspoken',
  busyIds: ReadonlySet<string>, // who has the floor, is suspended or waits already
): readonly NamedSpeaker[] {
  const named = namedFor(current, busyIds);
  if (totals === 'unspoken') return named;
  const begun = items.filter((item) => item.runs.length > 0);
  return named.filter(({ personId }) => {
    const spoken = totals.find(({ key }) => key === personId)?.speeches ?? 0;
    const items = begun.filter(({ speakers }) => speakers.some((one) => one.personId === personId));
    return spoken < items.length;
  });
}
