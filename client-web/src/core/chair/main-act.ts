// What the chair is most likely to do next: the page offers it as its one large button.
import {
  ItemKind,
  SessionPhase,
  type AgendaItem,
  type NamedSpeaker,
  type TimeTotal,
} from '../../wire';
import { onceEach } from '../once';

export type MainAct =
  | { readonly kind: 'open' } // the session
  | { readonly kind: 'start'; readonly item: AgendaItem } // no item is current
  | { readonly kind: 'named'; readonly speaker: NamedSpeaker } // nobody waits, somebody is due
  | { readonly kind: 'next' } // who is first in the queue, or nobody yet
  | { readonly kind: 'wait' } // until somebody else opens the session
  | { readonly kind: 'over' }; // closing or closed

interface Situation {
  readonly phase: SessionPhase;
  readonly whole: boolean; // the reader moderates the session, not one room
  readonly currentItemId: string;
  readonly speaking: boolean;
  readonly waiting: boolean; // somebody can be called
  readonly todo: AgendaItem | undefined; // the next item that has not run
  readonly due: readonly NamedSpeaker[];
}

export function mainAct(now: Situation): MainAct {
  if (now.phase === SessionPhase.DRAFT) return { kind: now.whole ? 'open' : 'wait' };
  if (now.phase !== SessionPhase.LIVE && now.phase !== SessionPhase.PAUSED) return { kind: 'over' };
  if (now.currentItemId === '' && !now.speaking && !now.waiting && now.todo) {
    return { kind: 'start', item: now.todo };
  }
  const [speaker] = now.due;
  if (!now.waiting && speaker) return { kind: 'named', speaker };
  return { kind: 'next' };
}

// Named speakers of the current item who have not had the floor for it: whoever is named for
// several items is due once in each, and so is one name that stands twice in an item: the server
// makes it one person. Breaks have no speakers.
export function dueSpeakers(
  items: readonly AgendaItem[],
  current: AgendaItem | undefined,
  totals: readonly Pick<TimeTotal, 'key' | 'speeches'>[],
  busyIds: ReadonlySet<string>, // who has the floor, is suspended or waits already
): readonly NamedSpeaker[] {
  if (current === undefined || current.kind === ItemKind.BREAK) return [];
  const begun = items.filter((item) => item.runs.length > 0);
  return onceEach(current.speakers, ({ personId }) => personId).filter(({ personId }) => {
    if (personId === '' || busyIds.has(personId)) return false;
    const spoken = totals.find(({ key }) => key === personId)?.speeches ?? 0;
    const named = begun.filter((item) => item.speakers.some((one) => one.personId === personId));
    return spoken < named.length;
  });
}
