// When a break is over, as the display and the phones say it (D1).
import type { AgendaTimes } from '../core/agenda';
import { currentLanguage, m } from '../i18n';
import { hourText } from './times';

// "" if nothing follows, or not at an hour.
export function resumesText(plan: AgendaTimes | undefined, nowMs: number, zone: string): string {
  const startMs = plan?.next?.startMs;
  if (startMs === undefined) return '';
  if (startMs <= nowMs) return m.display_resumes_now();
  return m.display_resumes({ time: hourText(startMs, zone, currentLanguage()) });
}
