import { describe, expect, it } from 'vitest';
import { hoursOf, isOtherDay, shortDayText } from './agenda-hours';

const zone = 'Europe/Brussels';
const at = (text: string) => Date.parse(`${text}Z`);

describe('hours of the agenda', () => {
  it('S3: what was planned is named where it differs by the minute', () => {
    const plannedStartMs = at('2027-05-12T07:00:00');
    const now = at('2027-05-12T07:10:00');
    expect(hoursOf({ startMs: plannedStartMs + 59_000, plannedStartMs }, zone, now)).toEqual({
      startMs: plannedStartMs + 59_000,
      plannedMs: undefined,
      otherDay: false,
    });
    expect(hoursOf({ startMs: plannedStartMs + 60_000, plannedStartMs }, zone, now).plannedMs).toBe(
      plannedStartMs,
    );
    expect(hoursOf({ startMs: undefined, plannedStartMs: undefined }, zone, now)).toEqual({
      startMs: undefined,
      plannedMs: undefined,
      otherDay: false,
    });
  });

  it('S7: another day is that of the session’s zone', () => {
    const lateEvening = at('2027-05-12T21:59:00'); // 23:59 in Brussels
    expect(isOtherDay(at('2027-05-12T22:01:00'), zone, lateEvening)).toBe(true);
    expect(isOtherDay(at('2027-05-11T22:01:00'), zone, lateEvening)).toBe(false);
    expect(shortDayText(at('2027-05-12T22:01:00'), zone, 'en-GB')).toBe('13 May');
    expect(shortDayText(at('2027-05-12T22:01:00'), 'no zone', 'fr')).toBe('12 mai');
  });
});
