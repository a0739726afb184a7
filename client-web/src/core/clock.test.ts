import { describe, expect, it } from 'vitest';
import { make } from '../testing/make';
import { Overrun, SpeechState } from '../wire';
import { elapsedOf, formatClock, formatCountdown, speechClock } from './clock';

const second = 1000;
const at = (seconds: number) => 1_800_000_000_000 + seconds * second;

function running(limitSeconds: number, more = {}) {
  return make.speech({
    state: SpeechState.RUNNING,
    limitMs: limitSeconds * second,
    intervals: [{ fromMs: at(0), toMs: 0 }],
    ...more,
  });
}
const room = { warningMs: 30 * second, overrun: Overrun.COUNT_UP };

describe('clock of a speech', () => {
  it('T1: counts from the grant in server time, less pauses', () => {
    const speech = running(180, {
      state: SpeechState.RUNNING,
      intervals: [
        { fromMs: at(0), toMs: at(40) },
        { fromMs: at(100), toMs: 0 },
      ],
    });
    const clock = speechClock(speech, room, at(115));
    expect(clock.elapsedMs).toBe(55 * second);
    expect(clock.remainingMs).toBe(125 * second);
    expect(clock.text).toBe('2:05');
  });

  it('T1: stands while paused and says so', () => {
    const intervals = [{ fromMs: at(0), toMs: at(40) }];
    const speech = running(180, { state: SpeechState.PAUSED, intervals });
    expect(speechClock(speech, room, at(41))).toEqual(speechClock(speech, room, at(4000)));
    expect(speechClock(speech, room, at(41)).phase).toBe('paused');
  });

  it('T2: warns before the limit, from exactly the warning on', () => {
    expect(speechClock(running(180), room, at(149.999)).mood).toBe('calm');
    expect(speechClock(running(180), room, at(150)).mood).toBe('short');
    expect(speechClock(running(180), room, at(179.999)).mood).toBe('short');
    expect(speechClock(running(180), room, at(180)).mood).toBe('over');
  });

  it('T2: shows an overrun as the room says: counting up, held at 0:00, or not at all', () => {
    const over = (overrun: Overrun) => speechClock(running(60), { ...room, overrun }, at(75.9));
    expect(over(Overrun.COUNT_UP).text).toBe('+0:15');
    expect(over(Overrun.UNSPECIFIED).text).toBe('+0:15');
    expect(over(Overrun.HOLD_AT_ZERO).text).toBe('0:00');
    expect(over(Overrun.HIDDEN).text).toBeUndefined();
    for (const kind of [Overrun.COUNT_UP, Overrun.HOLD_AT_ZERO, Overrun.HIDDEN]) {
      expect(over(kind)).toMatchObject({ mood: 'over', overMs: 15.9 * second, remainingMs: 0 });
    }
  });

  it('T2: without a limit there is no warning and the time counts up', () => {
    const clock = speechClock(running(0), room, at(3725));
    expect(clock).toMatchObject({ mood: 'calm', remainingMs: undefined, text: '1:02:05' });
    expect(clock.fraction).toBe(0);
  });

  it('T6: waits for Start: no interval, nothing counted', () => {
    const speech = running(60, { state: SpeechState.AWAITING_START, intervals: [] });
    expect(speechClock(speech, room, at(500))).toMatchObject({
      phase: 'waiting',
      elapsedMs: 0,
      text: '1:00',
    });
  });

  it('T6: an outage that a moderator took off does not count, and never makes it negative', () => {
    expect(speechClock(running(180, { deductedMs: 20_000 }), room, at(60)).elapsedMs).toBe(40_000);
    expect(speechClock(running(180, { deductedMs: 90_000 }), room, at(60)).elapsedMs).toBe(0);
  });

  it('T1: a reader whose clock is a little behind the grant shows the whole limit', () => {
    expect(speechClock(running(60), room, at(-0.2))).toMatchObject({ elapsedMs: 0, text: '1:00' });
  });
});

describe('intervals', () => {
  it('T6: are summed, the open one up to now', () => {
    expect(elapsedOf([], at(9))).toBe(0);
    expect(
      elapsedOf(
        [
          { fromMs: at(0), toMs: at(1) },
          { fromMs: at(5), toMs: 0 },
        ],
        at(7),
      ),
    ).toBe(3 * second);
  });
});

describe('formats', () => {
  it.each([
    [0, '0:00'],
    [59_999, '0:59'],
    [125_000, '2:05'],
    [3_600_000, '1:00:00'],
    [-5, '0:00'],
  ])('%d ms is %s', (ms, text) => expect(formatClock(ms)).toBe(text));

  it('T2: a countdown shows 0:00 only when nothing is left', () => {
    expect(formatCountdown(1)).toBe('0:01');
    expect(formatCountdown(1000)).toBe('0:01');
    expect(formatCountdown(1001)).toBe('0:02');
    expect(formatCountdown(0)).toBe('0:00');
  });
});
