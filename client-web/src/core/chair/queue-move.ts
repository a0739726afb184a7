// Where an entry goes when it is dragged or moved by keys: always "before that one", so that a list
// that changes meanwhile spoils nothing. '' is the end.

export interface RowBox {
  readonly id: string;
  readonly top: number;
  readonly bottom: number;
}

// The entry that something dropped at this height is put before. The dragged row itself counts as
// its own place.
export function targetAt(rows: readonly RowBox[], y: number): string {
  return rows.find(({ top, bottom }) => y < (top + bottom) / 2)?.id ?? '';
}

// Whether putting it there changes anything: before itself or before its successor does not.
export function isMove(ids: readonly string[], movingId: string, beforeId: string): boolean {
  const at = ids.indexOf(movingId);
  if (at < 0 || beforeId === movingId) return false;
  return beforeId !== (ids[at + 1] ?? '');
}

// The next target above (-1) or below (+1) of a move by keys. A target that has gone meanwhile
// counts as where the entry stands.
export function stepTarget(
  ids: readonly string[],
  movingId: string,
  beforeId: string,
  step: -1 | 1,
): string {
  const at = ids.indexOf(movingId);
  const others = ids.filter((id) => id !== movingId);
  const found = beforeId === '' ? others.length : others.indexOf(beforeId);
  const gap = (found < 0 ? at : found) + step;
  return others[Math.max(0, Math.min(others.length, gap))] ?? '';
}

// One place up or down; undefined at the end of the list.
export function neighbourTarget(
  ids: readonly string[],
  movingId: string,
  step: -1 | 1,
): string | undefined {
  const at = ids.indexOf(movingId);
  const present = ids[at + 1] ?? '';
  const target = stepTarget(ids, movingId, present, step);
  return at < 0 || target === present ? undefined : target;
}

// The place, counted from 1, that the entry would have among those shown.
export function placeAt(ids: readonly string[], movingId: string, beforeId: string): number {
  const others = ids.filter((id) => id !== movingId);
  const gap = beforeId === '' ? others.length : others.indexOf(beforeId);
  return (gap < 0 ? others.length : gap) + 1;
}
