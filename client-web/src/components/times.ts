// Times as people read them: 2:05, "5 to 8 min", hours in the session's zone (S7).
import { m } from '../i18n';

const minute_ms = 60_000;

// 2:05, 1:02:05. Negative lengths show as their size; the words beside say "over".
export const clockText = (length_ms: number): string => {
  const seconds = Math.floor(Math.abs(length_ms) / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
};

// The wait as a range; the same minute twice is "about" it (Q11). "" when it is unknown.
export const rangeText = (low_ms: number, high_ms: number): string => {
  if (high_ms <= 0) return '';
  const low = Math.floor(low_ms / minute_ms);
  const high = Math.ceil(high_ms / minute_ms);
  if (high <= 1 && low === 0) return m.minutes_under_one();
  return low === high ? m.minutes_about({ count: low }) : m.minutes_range({ low, high });
};

export const lengthText = (length_ms: number): string => {
  const minutes = Math.round(length_ms / minute_ms);
  return minutes < 60
    ? m.minutes_short({ count: minutes })
    : m.hours_minutes({ hours: Math.floor(minutes / 60), minutes: minutes % 60 });
};

export const wholeMinutes = (length_ms: number): number => Math.floor(length_ms / minute_ms);

// "10:42" in `zone`, as the reader's language writes hours. An unknown zone falls back to the reader's own.
export const hourText = (at_ms: number, zone: string, language: string): string => {
  const options: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hour12: false };
  const locale = language === 'en' ? 'en-GB' : language;
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone || undefined }).format(
      at_ms,
    );
  } catch {
    return new Intl.DateTimeFormat(locale, options).format(at_ms);
  }
};

// A calendar day as text; `date` is "2027-05-12" and has no zone of its own.
export const dateText = (date: string, language: string): string => {
  const day = new Date(`${date}T12:00:00Z`);
  if (Number.isNaN(day.getTime())) return date;
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(day);
};

export const zoneDiffers = (zone: string): boolean =>
  zone !== '' && zone !== new Intl.DateTimeFormat().resolvedOptions().timeZone;
