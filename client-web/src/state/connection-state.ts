// What to say about the connection (C3).
import type { EndReason, Machine } from '../connection/types';

// `sinceMs`: server time at which it was last live; undefined: never yet.
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'slow' } // live, but a sign of life is overdue: the network may be gone
  | { readonly kind: 'catching_up'; readonly sinceMs: number }
  | {
      readonly kind: 'offline';
      readonly sinceMs: number | undefined;
      readonly why: WhyOffline | undefined;
    }
  | { readonly kind: 'ended'; readonly reason: EndReason };

// The server says something every 10 s at least.
export const slowAfterMs = 12_000;

// As the server said before it closed; it may have had no time to.
export type WhyOffline = 'restarting' | 'unavailable' | 'full';

const whyOf: Readonly<Record<number, WhyOffline>> = {
  4001: 'restarting',
  4004: 'unavailable',
  4007: 'full',
};

export function connectionStateOf({
  status,
  lostAtMs,
  lostFor,
  attempt,
  clock,
}: Machine): ConnectionState {
  const sinceMs = lostAtMs === undefined ? undefined : lostAtMs + clock.offsetMs;
  switch (status.kind) {
    case 'live':
      return { kind: 'live' };
    case 'ended':
      return { kind: 'ended', reason: status.reason };
    case 'catching_up':
      // Who was never live has missed nothing: the first view is on its way.
      return sinceMs === undefined ? { kind: 'connecting' } : { kind: 'catching_up', sinceMs };
    default:
      // The very first try; later ones are part of being offline.
      if (status.kind !== 'offline' && attempt === 0 && lostAtMs === undefined) {
        return { kind: 'connecting' };
      }
      return { kind: 'offline', sinceMs, why: whyOf[lostFor] };
  }
}
