// Times as people read them: 2:05, "5 to 8 min", hours in the session's zone (S7).
import { dateText, instantOf, timeText, zoneNote } from '../core/zone';
import { m } from '../i18n';
import type { SessionInfo } from '../wire';

type Plan = Pick<SessionInfo, 'date' | 'plannedStart' | 'zone'>;

const minuteMs = 60_000;

// The wait as a range; the same minute twice is "about" it (Q11). "" when it is unknown.
export const rangeText = (lowMs: number, highMs: number): string => {
  if (highMs <= 0) return '';
  const low = Math.floor(lowMs / minuteMs);
  const high = Math.ceil(highMs / minuteMs);
  if (high <= 1 && low === 0) return m.minutes_under_one();
  if (high > 60) {
    return m.length_range({ low: lengthText(low * minuteMs), high: lengthText(high * minuteMs) });
  }
  return low === high ? m.minutes_about({ count: low }) : m.minutes_range({ low, high });
};

// "45 min", "1 h", "3 h 18 min"
export const lengthText = (lengthMs: number): string => {
  const inAll = Math.round(lengthMs / minuteMs);
  if (inAll < 60) return m.minutes_short({ count: inAll });
  const [hours, minutes] = [Math.floor(inAll / 60), inAll % 60];
  return minutes === 0 ? m.hours_short({ hours }) : m.hours_minutes({ hours, minutes });
};

// Of what still runs: a minute counts when it is over.
export const fullMinutesText = (lengthMs: number): string =>
  lengthText(wholeMinutes(lengthMs) * minuteMs);

// "12 of 30 min": how much of what was planned.
export const ranText = (elapsedMs: number, plannedMs: number): string => {
  const [elapsed, planned] = [wholeMinutes(elapsedMs), wholeMinutes(plannedMs)];
  if (Math.max(elapsed, planned) < 60) return m.agenda_ran({ elapsed, planned });
  return m.agenda_ran_long({
    elapsed: fullMinutesText(elapsedMs),
    planned: fullMinutesText(plannedMs),
  });
};

export const wholeMinutes = (lengthMs: number): number => Math.floor(lengthMs / minuteMs);

// "10:42" in the session's zone; British English and French both write 24 hours, as meetings do.
export const hourText = (atMs: number, zone: string, language: string): string =>
  timeText(atMs, zone, language === 'en' ? 'en-GB' : language);

export const dayText = (date: string, language: string): string =>
  dateText(date, language === 'en' ? 'en-GB' : language);

// Whether the reader's clock reads another hour than the session's (S7).
export const zoneDiffers = (zone: string, atMs: number): boolean =>
  zoneNote(atMs, zone, new Intl.DateTimeFormat().resolvedOptions().timeZone, 'en') !== '';

const named = (time: string, zone: string, differs: boolean): string =>
  differs ? m.time_in_zone({ time, zone }) : time;

// For an hour that stands alone: with the zone's name where the reader's clock reads another.
export const zonedHourText = (atMs: number, zone: string, language: string): string =>
  named(hourText(atMs, zone, language), zone, zoneDiffers(zone, atMs));

// When the session is planned to start, likewise.
export const startText = ({ date, plannedStart, zone }: Plan): string => {
  const atMs = instantOf(date, plannedStart, zone);
  return named(plannedStart, zone, atMs !== undefined && zoneDiffers(zone, atMs));
};
