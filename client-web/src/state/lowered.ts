// What stood behind a withdrawal that can be undone: an act names a person and not what the hand
// was for, so the page remembers the hands that it showed (Q15).
import type { ActView, OwnRequest } from '../wire';

export type Lowered = ReadonlyMap<string, OwnRequest>; // by the act's id

export function withLowered(
  known: Lowered,
  before: readonly OwnRequest[],
  now: readonly OwnRequest[],
  acts: readonly ActView[],
): Lowered {
  const fresh = acts.filter(({ id }) => !known.has(id));
  if (fresh.length === 0) return known;
  const up = new Set(now.map(({ requestId }) => requestId));
  const gone = before.filter(({ requestId }) => !up.has(requestId));
  const lowered = new Map(known);
  for (const { id, roomId, subject } of fresh) {
    const here = gone.filter((one) => one.roomId === roomId);
    // Another speaker may have been named in between, unseen: own values are overwritten (Q16).
    const request = here.find(({ speakerName }) => speakerName === subject) ?? here[0];
    if (request === undefined) continue;
    lowered.set(id, request);
    gone.splice(gone.indexOf(request), 1);
  }
  return lowered;
}
