// Clocks, all of them in server time, from stored instants (T1, T2, T6). Nothing here asks what
// time it is.
import { Overrun, SpeechState, type Interval, type RoomSettings, type SpeechView } from '../wire';

// [from, to) with to 0 still going on: what has passed of all of them at `nowMs`.
export function elapsedOf(intervals: readonly Interval[], nowMs: number): number {
  let sum = 0;
  for (const { fromMs, toMs } of intervals)
    sum += Math.max(0, (toMs === 0 ? nowMs : toMs) - fromMs);
  return sum;
}

export type ClockPhase = 'waiting' | 'running' | 'paused' | 'suspended' | 'ended';
// calm; short: the warning is on; over: the limit has passed.
export type ClockMood = 'calm' | 'short' | 'over';

export interface SpeechClock {
  readonly phase: ClockPhase;
  readonly mood: ClockMood;
  readonly elapsedMs: number;
  readonly limitMs: number; // 0: none
  readonly remainingMs: number | undefined; // never below 0; undefined without a limit
  readonly overMs: number;
  readonly fraction: number; // of the limit, 0 to 1; 0 without one
  // What to show: remaining time down to 0:00, then what the room says of overruns; without a limit
  // what has passed. Undefined: the room shows no overrun.
  readonly text: string | undefined;
}

const phases: Record<SpeechState, ClockPhase> = {
  [SpeechState.UNSPECIFIED]: 'ended',
  [SpeechState.AWAITING_START]: 'waiting',
  [SpeechState.RUNNING]: 'running',
  [SpeechState.PAUSED]: 'paused',
  [SpeechState.SUSPENDED]: 'suspended',
  [SpeechState.ENDED]: 'ended',
  [SpeechState.VOID]: 'ended',
};

export function speechClock(
  speech: Pick<SpeechView, 'intervals' | 'deductedMs' | 'limitMs' | 'state'>,
  settings: Pick<RoomSettings, 'warningMs' | 'overrun'> | undefined,
  nowMs: number,
): SpeechClock {
  const elapsedMs = Math.max(0, elapsedOf(speech.intervals, nowMs) - speech.deductedMs);
  const { limitMs } = speech;
  const base = { phase: phases[speech.state], elapsedMs, limitMs };
  if (limitMs <= 0) {
    const text = formatClock(elapsedMs);
    return { ...base, mood: 'calm', remainingMs: undefined, overMs: 0, fraction: 0, text };
  }
  const remainingMs = Math.max(0, limitMs - elapsedMs);
  const overMs = Math.max(0, elapsedMs - limitMs);
  const over = remainingMs === 0;
  const short = remainingMs <= (settings?.warningMs ?? 0);
  return {
    ...base,
    mood: over ? 'over' : short ? 'short' : 'calm',
    remainingMs,
    overMs,
    fraction: Math.min(1, elapsedMs / limitMs),
    text: over ? overrunText(overMs, settings?.overrun) : formatCountdown(remainingMs),
  };
}

function overrunText(overMs: number, overrun: Overrun | undefined): string | undefined {
  if (overrun === Overrun.HIDDEN) return undefined;
  if (overrun === Overrun.HOLD_AT_ZERO || overMs < 1000) return formatClock(0);
  return `+${formatClock(overMs)}`;
}

// 2:05, 1:02:05. Begun seconds do not count: 59,999 ms is 0:59.
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const tail = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

// Counting down, a begun second counts: 0:00 is shown when nothing is left, not a second before.
export function formatCountdown(ms: number): string {
  return formatClock(Math.ceil(Math.max(0, ms) / 1000) * 1000);
}
