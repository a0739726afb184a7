// What a scene of the gallery can say: everything left out is as in a usual hour of the sample
// meeting.
import type { EndReason } from '../../connection/types';
import type { EntryPolicy, ItemKind, Overrun, OwnRequest, Preset, SessionPhase } from '../../wire';

export type Speaking =
  'calm' | 'short' | 'over' | 'paused' | 'suspended' | 'awaiting' | 'unlimited' | 'none' | 'mine';

export interface Scene {
  readonly phase?: SessionPhase;
  readonly waiting?: number; // hands up in the plenary
  readonly speaking?: Speaking;
  readonly overrun?: Overrun;
  readonly hands?: readonly Partial<OwnRequest>[]; // the reader's own
  readonly pending?: 'sent' | 'kept'; // a hand of the reader's on its way
  readonly withdrawn?: boolean; // a hand that can still go back up
  readonly connection?: 'live' | 'slow' | 'connecting' | 'offline' | 'catching_up' | EndReason;
  readonly viewed?: false; // nothing has arrived yet
  readonly preset?: Preset;
  readonly topic?: string;
  readonly names?: 'usual' | 'long' | 'scripts' | 'hidden';
  readonly queueOpen?: false;
  readonly admitted?: false;
  readonly muted?: true;
  readonly staff?: boolean; // whether the reader is a moderator
  readonly item?: ItemKind.BREAK | 'none';
  readonly late?: true;
  readonly rooms?: number;
  readonly people?: number;
  readonly nextAway?: true;
  readonly due?: true; // nobody has spoken for the item yet, and it names somebody
  readonly announcements?: readonly string[];
  readonly zone?: string;
  readonly entry?: EntryPolicy;
  readonly query?: string; // of the address
}

// 10:12:40 in Brussels, the sample meeting being an hour old.
export const startMs = Date.UTC(2027, 4, 12, 8, 12, 40);
export const minuteMs = 60_000;
export const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
