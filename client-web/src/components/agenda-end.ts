// When an agenda is expected to end; the day too, unless it is the one that `dayMs` is an instant
// of: now, or where a page is headed by the session's date, its planned start (S3, S7).
import { isOtherDay, shortDayText } from '../core/chair/agenda-hours';
import { currentLanguage, m } from '../i18n';
import { hourText } from './times';

export function expectedEndText(endMs: number, zone: string, dayMs: number): string {
  const language = currentLanguage();
  const time = hourText(endMs, zone, language);
  if (!isOtherDay(endMs, zone, dayMs)) return m.agenda_expected_end({ time });
  const date = shortDayText(endMs, zone, language === 'en' ? 'en-GB' : language);
  return m.agenda_expected_end_on({ date, time });
}
