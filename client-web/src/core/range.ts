// An estimated wait in whole minutes, as a range (Q11): "5 to 8 min". Rounded outwards, so that it
// is never too short a promise at either end.

export type WaitRange =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'soon' } // under a minute
  | { readonly kind: 'about'; readonly minutes: number }
  | { readonly kind: 'range'; readonly fromMinutes: number; readonly toMinutes: number };

export function waitRange(lowMs: number, highMs: number): WaitRange {
  if (lowMs <= 0 && highMs <= 0) return { kind: 'unknown' };
  const fromMinutes = Math.max(0, Math.floor(lowMs / 60_000));
  const toMinutes = Math.ceil(Math.max(lowMs, highMs) / 60_000);
  if (toMinutes <= 1) return { kind: 'soon' };
  if (fromMinutes === toMinutes) return { kind: 'about', minutes: toMinutes };
  return { kind: 'range', fromMinutes, toMinutes };
}
