// What the chair is most likely to do next: the page offers it as its one large button.
import { SessionPhase, type AgendaItem, type NamedSpeaker } from '../../wire';
import { isBreak, type NextUp } from '../next-up';

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
