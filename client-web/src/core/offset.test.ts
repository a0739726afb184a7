import { describe, expect, it } from 'vitest';
import { seeded } from '../testing/make';
import { noEstimate, serverTime, withRoundTrip, withStamp } from './offset';

describe('offset of clocks', () => {
  it('T1: is known to half the round trip, and the best one counts', () => {
    const first = withRoundTrip(noEstimate, 1000, 1400, 51_200);
    expect(first).toMatchObject({ offsetMs: 50_000, errorMs: 200 });
    const better = withRoundTrip(first, 2000, 2020, 52_030);
    expect(better).toMatchObject({ offsetMs: 50_020, errorMs: 10 });
    expect(withRoundTrip(better, 3000, 3500, 53_300)).toBe(better);
  });

  it('T1: a clock that was set by hours is followed at once', () => {
    const known = withRoundTrip(noEstimate, 0, 20, 10);
    const hour = 3600_000;
    const set = withRoundTrip(known, 1000, 1100, 1050 + hour);
    expect(set.offsetMs).toBe(hour);
    expect(withRoundTrip(set, 2000, 2100, 2050).offsetMs).toBe(0);
  });

  it('T1: a late stamp says nothing; one from the future says that the clock was set', () => {
    const known = withRoundTrip(noEstimate, 0, 20, 10);
    expect(withStamp(known, 5000, 3000)).toBe(known);
    expect(withStamp(known, 5000, 9000).offsetMs).toBe(4000);
    expect(withStamp(noEstimate, 5000, 9000).offsetMs).toBe(4000);
  });

  it('T1: an own clock that ran backwards in between gives no sample', () => {
    expect(withRoundTrip(noEstimate, 2000, 1000, 5)).toBe(noEstimate);
  });

  it('T1: stays within 250 ms under delays up to 400 ms each way and hours of skew', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = seeded(seed);
      const skew = (random() - 0.5) * 48 * 3600_000;
      let estimate = noEstimate;
      let own = 1_000_000;
      for (let n = 0; n < 6; n += 1) {
        const out = 5 + random() * 395;
        const back = 5 + random() * 395;
        estimate = withRoundTrip(estimate, own, own + out + back, own + out + skew);
        own += 1000 + out + back;
      }
      const wrong = Math.abs(serverTime(estimate, own) - (own + skew));
      expect(wrong, `seed ${seed}`).toBeLessThanOrEqual(Math.min(250, estimate.errorMs + 1));
    }
  });
});
