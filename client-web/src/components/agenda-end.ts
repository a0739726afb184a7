// When an agenda is expected to end; the day too, unless it is this one (S3, S7).
import { isOtherDay, shortDayText } from '../core/chair/agenda-hours';
import { currentLanguage, m } from '../i18n';
import { hourText } from './times';

export function expectedEndText(endMs: number, zone: string, nowMs: number): string {
  const language = currentLanguage();
  const time = hourText(endMs, zone, language);
  if (!isOtherDay(endMs, zone, nowMs)) return m.agenda_expected_end({ time });
  const date = shortDayText(endMs, zone, language === 'en' ? 'en-GB' : language);
  return m.agenda_expected_end_on({ date, time });
}
