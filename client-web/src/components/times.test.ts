import { beforeEach, describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../i18n';
import { fullMinutesText, lengthText, rangeText, ranText, startText, zonedHourText } from './times';

const minute = 60_000;

beforeEach(() => {
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  setLanguage('en');
});

describe('lengths', () => {
  it('A2: minutes, and above an hour hours and minutes, none of them 0', () => {
    for (const language of ['en', 'fr'] as const) {
      setLanguage(language);
      const said = [0, 45, 59.6, 60, 61, 120, 198].map((minutes) => lengthText(minutes * minute));
      expect(said).toEqual(['0 min', '45 min', '1 h', '1 h', '1 h 1 min', '2 h', '3 h 18 min']);
    }
  });

  it('S3: of what still runs a minute counts when it is over', () => {
    expect(fullMinutesText(2 * minute - 1)).toBe('1 min');
    expect(fullMinutesText(60 * minute - 1)).toBe('59 min');
    expect(ranText(12.9 * minute, 30 * minute)).toBe('12 of 30 min');
    expect(ranText(12.9 * minute, 90 * minute)).toBe('12 min of 1 h 30 min');
    expect(ranText(75 * minute, 45 * minute)).toBe('1 h 15 min of 45 min');
    setLanguage('fr');
    expect(ranText(75 * minute, 60 * minute)).toBe('1 h 15 min sur 1 h');
  });

  it('Q11: a wait is a range that promises nothing too short', () => {
    expect(rangeText(0, 0)).toBe('');
    expect(rangeText(10_000, 59_000)).toBe('under a minute');
    expect(rangeText(5.5 * minute, 7.1 * minute)).toBe('5 to 8 min');
    expect(rangeText(4 * minute, 4 * minute)).toBe('about 4 min');
    expect(rangeText(0, 90_000)).toBe('0 to 2 min');
    expect(rangeText(50 * minute, 75 * minute)).toBe('50 min to 1 h 15 min');
  });
});

describe('hours', () => {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = 'Asia/Kathmandu'; // its quarter of an hour is nobody else’s
  const day = { date: '2027-05-12', plannedStart: '09:00' };

  it('S7: an hour that stands alone names its zone where the reader’s clock differs', () => {
    const atMs = Date.parse('2027-05-12T07:30:00Z');
    expect(zonedHourText(atMs, zone, 'en')).toBe('13:15 (Asia/Kathmandu)');
    expect(zonedHourText(atMs, own, 'en')).toMatch(/^\d\d:\d\d$/);
    expect(startText({ ...day, zone })).toBe('09:00 (Asia/Kathmandu)');
    expect(startText({ ...day, zone: own })).toBe('09:00');
    expect(startText({ date: '', plannedStart: '09:00', zone })).toBe('09:00');
  });
});
