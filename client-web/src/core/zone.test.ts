import { describe, expect, it } from 'vitest';
import { dateText, instantOf, timeText, zoneNote } from './zone';

const utc = (text: string) => Date.parse(text);

describe('local times of a zone', () => {
  it('S7: in winter and in summer', () => {
    expect(instantOf('2027-01-12', '09:00', 'Europe/Brussels')).toBe(utc('2027-01-12T08:00Z'));
    expect(instantOf('2027-05-12', '09:00', 'Europe/Brussels')).toBe(utc('2027-05-12T07:00Z'));
  });

  it('S7: when summer time begins, before, in and after the hour that is skipped', () => {
    const day = '2027-03-28'; // 02:00 becomes 03:00
    expect(instantOf(day, '01:59', 'Europe/Brussels')).toBe(utc('2027-03-28T00:59Z'));
    // Shows 03:30
    expect(instantOf(day, '02:30', 'Europe/Brussels')).toBe(utc('2027-03-28T01:30Z'));
    expect(instantOf(day, '03:00', 'Europe/Brussels')).toBe(utc('2027-03-28T01:00Z'));
    expect(instantOf(day, '09:00', 'Europe/Brussels')).toBe(utc('2027-03-28T07:00Z'));
  });

  it('S7: on the day that it ends, an hour that happens twice is the first', () => {
    const day = '2027-10-31'; // 03:00 becomes 02:00
    expect(instantOf(day, '02:30', 'Europe/Brussels')).toBe(utc('2027-10-31T00:30Z'));
    expect(instantOf(day, '03:00', 'Europe/Brussels')).toBe(utc('2027-10-31T02:00Z'));
    expect(instantOf(day, '09:00', 'Europe/Brussels')).toBe(utc('2027-10-31T08:00Z'));
  });

  it('S7: in zones with half hours, west of Greenwich, and far in the east', () => {
    expect(instantOf('2027-05-12', '09:00', 'Asia/Kolkata')).toBe(utc('2027-05-12T03:30Z'));
    expect(instantOf('2027-05-12', '21:00', 'America/New_York')).toBe(utc('2027-05-13T01:00Z'));
    expect(instantOf('2027-05-12', '00:15', 'Pacific/Kiritimati')).toBe(utc('2027-05-11T10:15Z'));
    // Lord Howe Island: summer time is half an hour.
    expect(instantOf('2027-10-03', '02:15', 'Australia/Lord_Howe')).toBe(utc('2027-10-02T15:45Z'));
  });

  it('S7: every quarter of an hour of a year comes back as it was, or was skipped', () => {
    for (const zone of ['Europe/Brussels', 'America/New_York', 'Australia/Lord_Howe']) {
      let skipped = 0;
      for (let day = 0; day < 365; day += 1) {
        const date = new Date(Date.UTC(2027, 0, 1 + day)).toISOString().slice(0, 10);
        for (const time of ['00:00', '01:45', '02:15', '02:45', '03:00', '12:00', '23:45']) {
          const instant = instantOf(date, time, zone) ?? NaN;
          const shown = new Intl.DateTimeFormat('en-GB', {
            timeZone: zone,
            dateStyle: 'short',
            timeStyle: 'short',
          }).format(instant);
          const [y, m, d] = date.split('-');
          if (shown !== `${d}/${m}/${y}, ${time}`) skipped += 1;
        }
      }
      expect(skipped, zone).toBeLessThanOrEqual(2); // 02:15 and 02:45 of one day
    }
  });

  it.each([
    ['', '09:00', 'UTC'],
    ['2027-05-12', '', 'UTC'],
    ['2027-05-12', '24:00', 'UTC'],
    ['2027-05-12', '09:00', 'Mars/Olympus'],
    ['2027-05-12', '09:00', ''],
  ])('S7: %s %s %s is no time', (date, time, zone) => {
    expect(instantOf(date, time, zone)).toBeUndefined();
  });

  it('S7: names the zone only where the reader’s own clock differs', () => {
    const noon = utc('2027-05-12T10:00Z');
    expect(zoneNote(noon, 'Europe/Brussels', 'Europe/Paris', 'en')).toBe('');
    expect(zoneNote(noon, 'Europe/Brussels', 'America/New_York', 'en')).not.toBe('');
    expect(timeText(noon, 'Europe/Brussels', 'fr')).toBe('12:00');
  });

  it('A2: a date is written as the reader’s language does', () => {
    expect(dateText('2027-05-12', 'fr')).toBe('12 mai 2027');
    expect(dateText('whenever', 'fr')).toBe('whenever');
  });
});
