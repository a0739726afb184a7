// How far the server's clock is from the browser's. Each exchange bounds it: what the server
// stamped between our sending and our hearing lies between the two, so the offset is known to half
// the round trip. The best round trip wins; a sample that its bounds contradict means that a clock
// was set, and starts anew (T1).

export interface ClockEstimate {
  readonly offsetMs: number; // server time = own time + this
  readonly errorMs: number; // at most this far off; Infinity before the first sample
  readonly atMs: number; // own time of the sample
}

export const noEstimate: ClockEstimate = { offsetMs: 0, errorMs: Infinity, atMs: 0 };

// Clocks of phones drift by less than 100 ppm.
const driftPerMs = 1e-4;

function errorNow(estimate: ClockEstimate, nowMs: number): number {
  return estimate.errorMs + Math.abs(nowMs - estimate.atMs) * driftPerMs;
}

// `serverMs` was stamped after `sentMs` and before `heardMs`.
export function withRoundTrip(
  estimate: ClockEstimate,
  sentMs: number,
  heardMs: number,
  serverMs: number,
): ClockEstimate {
  if (heardMs < sentMs) return estimate; // our own clock was set in between
  const sample: ClockEstimate = {
    offsetMs: serverMs - (sentMs + heardMs) / 2,
    errorMs: (heardMs - sentMs) / 2,
    atMs: heardMs,
  };
  const known = errorNow(estimate, heardMs);
  const apart = Math.abs(sample.offsetMs - estimate.offsetMs);
  // A clock was set; 1 ms: both count whole ones
  if (apart > known + sample.errorMs + 1) return sample;
  return sample.errorMs <= known ? sample : estimate;
}

// `serverMs` was stamped before `heardMs`, how long before is not known: says nothing but that the
// server's clock is at least that far. Corrects an estimate that this contradicts.
export function withStamp(
  estimate: ClockEstimate,
  heardMs: number,
  serverMs: number,
): ClockEstimate {
  const least = serverMs - heardMs;
  if (estimate.errorMs === Infinity) return { offsetMs: least, errorMs: 5000, atMs: heardMs };
  if (least > estimate.offsetMs + errorNow(estimate, heardMs) + 1) {
    return { offsetMs: least, errorMs: 5000, atMs: heardMs };
  }
  return estimate;
}

export function serverTime(estimate: ClockEstimate, ownMs: number): number {
  return ownMs + estimate.offsetMs;
}
