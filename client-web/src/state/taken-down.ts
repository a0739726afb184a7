// Hands of the reader's that others took away: gone without the floor having come, and without a
// withdrawal, which can be undone and is told by itself.
import type { OwnRequest, PersonalView } from '../wire';

type Own = Pick<PersonalView, 'personId' | 'requests' | 'floors' | 'acts'>;

// Up for the same: of its kind in the same room, or for the same later item.
export const isOfAKind = (a: OwnRequest, b: OwnRequest): boolean =>
  a.roomId === b.roomId && a.kind === b.kind && a.itemId === b.itemId;

export function takenDown(before: Own, now: Own): readonly OwnRequest[] {
  const up = new Set(now.requests.map(({ requestId }) => requestId));
  const known = new Set(before.acts.map(({ id }) => id));
  const withdrawn = now.acts.filter(({ id }) => !known.has(id));
  return before.requests.filter((one) => {
    if (up.has(one.requestId) || one.speakerPersonId !== now.personId) return false;
    if (one.itemId === '' && now.floors.some(({ roomId }) => roomId === one.roomId)) return false;
    if (withdrawn.some(({ roomId }) => roomId === one.roomId)) return false;
    // Of two people who were merged the better of two hands of a kind stays (P7).
    return !now.requests.some((other) => isOfAKind(other, one));
  });
}
