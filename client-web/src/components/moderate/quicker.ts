// Two moderators press at once: one act is done, the other refused as stale (Q5). If what the
// second one wanted is what the first one did, that is what to say.
import { RefusalCode } from '../../wire/refusal-codes';
import { outcomeText, type Outcome } from '../around';

// Words that may change while they stand: the refusal can be here before what made it so.
export type Said = string | (() => string);

// `already`: what to say of it once it is done; "" as long as it is not.
export function saidOf(outcome: Outcome, already: () => string): Said {
  const why = outcomeText(outcome);
  if (outcome.kind !== 'refused' || outcome.refusal.code !== RefusalCode.STALE) return why;
  return () => already() || why;
}
