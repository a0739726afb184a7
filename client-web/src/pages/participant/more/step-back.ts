// Whether somebody can let the next one go first: only within a band (Q8).
import type { EntryView, OwnRequest, RoomView } from '../../../wire';

export function canStepBack(
  { kind, place, itemId }: Pick<OwnRequest, 'kind' | 'place' | 'itemId'>,
  { kinds, waitingCount }: Pick<RoomView, 'kinds' | 'waitingCount'>,
  entries: readonly Pick<EntryView, 'kind' | 'place'>[],
): boolean {
  if (itemId !== '' || place === 0 || place >= waitingCount) return false;
  const next = entries.find((entry) => entry.place === place + 1);
  const bandOf = (of: typeof kind) => kinds.find((offered) => offered.kind === of)?.band;
  // A view has the first of a long queue alone; so far behind stand those of one band.
  if (next === undefined) return entries.length < waitingCount;
  return bandOf(next.kind) === bandOf(kind);
}
