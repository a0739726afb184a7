// Local times of a session in its IANA zone, as instants and back (S7), by Intl alone.

const formats = new Map<string, Intl.DateTimeFormat>();

function partsFormat(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}

export function isZone(zone: string): boolean {
  if (zone === '') return false;
  try {
    partsFormat(zone);
    return true;
  } catch {
    return false;
  }
}

// What a clock on the wall shows there, written as if it were UTC.
function wallMs(instantMs: number, zone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of partsFormat(zone).formatToParts(instantMs))
    part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return (
    Date.UTC(year, month - 1, day, hour, minute, second) + (((instantMs % 1000) + 1000) % 1000)
  );
}

const dayMs = 24 * 3600_000;

// "2027-05-12" and "09:00" there → the instant; undefined if either is not well formed. A time that
// a change to summer time skips is taken as long after the change as it stands after the hour that
// is skipped; one that happens twice is the first (the way of calendars, RFC 5545).
export function instantOf(date: string, time: string, zone: string): number | undefined {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  const clock = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (day === null || clock === null || !isZone(zone)) return undefined;
  const wall = Date.UTC(
    Number(day[1]),
    Number(day[2]) - 1,
    Number(day[3]),
    Number(clock[1]),
    Number(clock[2]),
  );
  // The offset on either side of any change
  const before = wallMs(wall - dayMs, zone) - (wall - dayMs);
  const after = wallMs(wall + dayMs, zone) - (wall + dayMs);
  if (wallMs(wall - before, zone) === wall) return wall - before;
  if (wallMs(wall - after, zone) === wall) return wall - after;
  return wall - before;
}

// "14:05" or "2:05 PM", as the reader's language writes it, in that zone.
export function timeText(instantMs: number, zone: string, language: string): string {
  const timeZone = isZone(zone) ? zone : 'UTC';
  return new Intl.DateTimeFormat(language, { timeZone, timeStyle: 'short' }).format(instantMs);
}

// "12 May 2027"; the date alone, whatever the reader's zone.
export function dateText(date: string, language: string): string {
  const instant = Date.parse(`${date}T12:00Z`);
  if (Number.isNaN(instant)) return date;
  return new Intl.DateTimeFormat(language, { timeZone: 'UTC', dateStyle: 'long' }).format(instant);
}

// The zone's name where the reader's own differs at that instant, else "" (S7).
export function zoneNote(instantMs: number, zone: string, own: string, language: string): string {
  if (zone === own || !isZone(zone)) return '';
  if (isZone(own) && wallMs(instantMs, zone) === wallMs(instantMs, own)) return '';
  const named = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'short' });
  const name = named.formatToParts(instantMs).find((part) => part.type === 'timeZoneName');
  return name === undefined ? zone : name.value;
}
