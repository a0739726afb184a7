import type { Outcome } from '../connection/types';
import { m } from '../i18n';
import { refusalText } from '../i18n/refusals';

// What to say about an outcome beside the button that asked for it; "" where the page shows it by
// itself.
export function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'refused':
      return refusalText(outcome.refusal);
    case 'cannot_act':
      return m.cannot_act_now();
    case 'unknown':
      return m.outcome_unknown();
    case 'done':
    case 'cancelled':
      return '';
  }
}
