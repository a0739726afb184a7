// The hours of an item as a chair reads them: when it began or is expected to, and what was planned
// where that differs (S3, S7).
import type { ItemTimes } from '../agenda';
import { isZone } from '../zone';

export interface RowHours {
  readonly startMs: number | undefined;
  readonly plannedMs: number | undefined; // undefined where it is the same minute
  readonly otherDay: boolean; // the start is not on the day that it is now
}

const minuteMs = 60_000;

export function hoursOf(
  row: Pick<ItemTimes, 'startMs' | 'plannedStartMs'>,
  zone: string,
  nowMs: number,
): RowHours {
  const { startMs, plannedStartMs } = row;
  const differs =
    startMs !== undefined &&
    plannedStartMs !== undefined &&
    Math.floor(startMs / minuteMs) !== Math.floor(plannedStartMs / minuteMs);
  return {
    startMs,
    plannedMs: differs ? plannedStartMs : undefined,
    otherDay: startMs !== undefined && isOtherDay(startMs, zone, nowMs),
  };
}

const formats = new Map<string, Intl.DateTimeFormat>(); // making one is slow

function dayFormat(zone: string): Intl.DateTimeFormat {
  const made =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en', { timeZone: known(zone), dateStyle: 'short' });
  formats.set(zone, made);
  return made;
}

export function isOtherDay(atMs: number, zone: string, nowMs: number): boolean {
  const dayOf = dayFormat(zone);
  return dayOf.format(atMs) !== dayOf.format(nowMs);
}

// "12 May": the day there, without its year.
export function shortDayText(atMs: number, zone: string, language: string): string {
  const format = { timeZone: known(zone), day: 'numeric', month: 'short' } as const;
  return new Intl.DateTimeFormat(language, format).format(atMs);
}

const known = (zone: string) => (isZone(zone) ? zone : 'UTC');
