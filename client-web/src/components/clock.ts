// What the clock of a speech shows (T1, T2): derived from stored intervals and server time, so all screens agree.
import { Overrun, SpeechState, type RoomSettings, type SpeechView } from '../wire';

export type Tone = 'calm' | 'short' | 'over';

export interface ClockFace {
  readonly shown_ms: number; // what stands in large figures
  readonly counts: 'left' | 'over' | 'elapsed';
  readonly tone: Tone;
  readonly elapsed_ms: number;
  readonly portion: number; // of the limit, 0 to 1
  readonly hidden: boolean; // over time, and the room shows nothing then
}

export function elapsedMs(speech: SpeechView, now_ms: number): number {
  let sum = 0;
  for (const { fromMs, toMs } of speech.intervals) {
    sum += Math.max(0, (toMs === 0 ? now_ms : toMs) - fromMs);
  }
  return Math.max(0, sum - speech.deductedMs);
}

export function faceOf(
  speech: SpeechView,
  settings: RoomSettings | undefined,
  now_ms: number,
): ClockFace {
  const elapsed_ms = elapsedMs(speech, now_ms);
  const limit_ms = speech.limitMs;
  if (limit_ms === 0) {
    return {
      shown_ms: elapsed_ms,
      counts: 'elapsed',
      tone: 'calm',
      elapsed_ms,
      portion: 0,
      hidden: false,
    };
  }
  // Whole seconds are counted so that 0:00 is shown exactly when the time is up.
  const left_ms = limit_ms - elapsed_ms;
  const portion = Math.min(1, elapsed_ms / limit_ms);
  if (left_ms > 0) {
    const tone: Tone = left_ms <= (settings?.warningMs ?? 0) ? 'short' : 'calm';
    const shown_ms = Math.ceil(left_ms / 1000) * 1000;
    return { shown_ms, counts: 'left', tone, elapsed_ms, portion, hidden: false };
  }
  const overrun = settings?.overrun ?? Overrun.COUNT_UP;
  const counting = overrun === Overrun.COUNT_UP || overrun === Overrun.UNSPECIFIED;
  return {
    shown_ms: counting ? -left_ms : 0,
    counts: 'over',
    tone: 'over',
    elapsed_ms,
    portion,
    hidden: overrun === Overrun.HIDDEN,
  };
}

export const isStanding = (state: SpeechState): boolean => state !== SpeechState.RUNNING;
